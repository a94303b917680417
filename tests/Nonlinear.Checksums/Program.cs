using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nonlinear;
using Nonlinear.Checksums;

// Prints a checksum of the bits of everything that the library computes. A run with other vectors, on another processor or compiled ahead
// of time must print the same; the first line says what this one had.
string compiled = RuntimeFeature.IsDynamicCodeSupported ? "just in time" : "ahead of time";
System.Runtime.InteropServices.Architecture architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture;
Console.WriteLine(FormattableString.Invariant($"# {Widest()} bits, {compiled}, {architecture}"));

foreach (Activation activation in Catalog.Defaults.Concat(
    ((string[])["swish(beta=1.5)", "elu(alpha=0.3)", "leaky_relu(alpha=-2)", "maxout(pieces=5)"]).Select(Activation.Parse)))
{
    // Only floats have another tier, and numbers of 16 bits are widened to them: those of the tour stand for all.
    bool isTutorial = activation.Info.Family == ActivationFamily.Tutorial;
    foreach (Activation inTier in ((Activation[])[activation, activation.Fast]).Distinct())
    {
        new Operations<float>("float", x => (float)x).Print(inTier);
        if (inTier != activation && !isTutorial)
            continue;
        // Of doubles too, where an angle far out sends its vector another way.
        if (isTutorial || activation.Info.Name == "sine")
            new Operations<double>("double", x => x).Print(inTier);
        if (!isTutorial)
            continue;
        new Operations<Half>("half", x => (Half)x).Print(inTier);
        new Operations<BFloat16>("bfloat16", x => (BFloat16)x).Print(inTier);
    }
}
return Operations.Failures == 0 ? 0 : 1;

static int Widest() =>
    Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;
