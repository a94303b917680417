using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nonlinear;
using Nonlinear.Checksums;

// Prints a checksum of the bits of everything that the library computes. A run with other vectors, on another processor or compiled ahead
// of time must print the same; the first line says what this one had. Arguments are the functions of which all operations on all types are
// looked at; of the others it is results and gradients of floats, or nothing behind --only. Without arguments all is looked at.
string compiled = RuntimeFeature.IsDynamicCodeSupported ? "just in time" : "ahead of time";
System.Runtime.InteropServices.Architecture architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture;
Console.WriteLine(FormattableString.Invariant($"# {Widest()} bits, {compiled}, {architecture}"));

#if FEW
// The whole catalogue takes many minutes to compile ahead of time, or by an emulated processor: what is not named is not in the program.
IEnumerable<Activation> subjects = [Activation.Gelu(), Activation.Softmax()];
#else
IEnumerable<Activation> subjects = Catalog.Defaults.Concat(
    ((string[])["swish(beta=1.5)", "elu(alpha=0.3)", "leaky_relu(alpha=-2)", "maxout(pieces=5)"]).Select(Activation.Parse));
#endif
foreach (Activation activation in subjects)
{
    bool isWhole = args.Length == 0 || args.Contains(activation.Info.Name);
    if (!isWhole && args.Contains("--only"))
        continue;
    foreach (Activation inTier in ((Activation[])[activation, activation.Fast]).Distinct())
    {
        new Operations<float>("float", x => (float)x).Print(inTier, isWhole);
#if !FEW
        if (!isWhole)
            continue;
        new Operations<double>("double", x => x).Print(inTier, isWhole);
        // Numbers of 16 bits are widened to floats: those of the tour stand for all.
        if (activation.Info.Family != ActivationFamily.Tutorial)
            continue;
        new Operations<Half>("half", x => (Half)x).Print(inTier, isWhole);
        new Operations<BFloat16>("bfloat16", x => (BFloat16)x).Print(inTier, isWhole);
#endif
    }
}
#if !FEW
TrainedNetwork.Print();
#endif
return Operations.Failures == 0 ? 0 : 1;

static int Widest() =>
    Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;
