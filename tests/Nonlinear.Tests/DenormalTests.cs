using System.Runtime.InteropServices;
using Nonlinear.Kernels;

namespace Nonlinear.Tests;

/// <summary>Some other library has told a thread's processor to take subnormal numbers for 0.</summary>
public class DenormalTests
{
    private delegate int Environment([In, Out] uint[] state);

    [Theory]
    [InlineData("relu")]
    [InlineData("gelu")]
    [InlineData("elu(alpha=0.3)")]
    [InlineData("exponential")]
    [InlineData("softmax")]
    public void Results_are_the_same_and_the_processor_is_left_as_it_was(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What C's library saves is laid out otherwise elsewhere.");
        Activation exact = Activation.Parse(name), several = exact.OnThreads(3);
        float[] x = [.. Enumerable.Range(1, 40_000).Select(i => BitConverter.Int32BitsToSingle(i * 200)), -100, -90, 1e-38f, 3e-45f];
        float[] usual = new float[x.Length], here = new float[x.Length], shared = new float[x.Length];
        double[] wide = [5e-324, -5e-324, 1e-310, -745, -740], usualWide = new double[wide.Length], hereWide = new double[wide.Length];
        exact.Forward<float>(x, usual);
        exact.Forward<double>(wide, usualWide);
        bool flushedBefore = false, flushedAfter = false;
        Thread thread = new(() =>
        {
            Flush();
            flushedBefore = Denormals.AreFlushed;
            exact.Forward<float>(x, here);
            several.Forward<float>(x, shared);
            exact.Forward<double>(wide, hereWide);
            flushedAfter = Denormals.AreFlushed;
        });
        thread.Start();
        thread.Join();
        Assert.True(flushedBefore && flushedAfter);
        Assert.False(Denormals.AreFlushed);
        Assert.Equal(Bits(usual), Bits(here));
        Assert.Equal(Bits(usual), Bits(shared));
        Assert.Equal(usualWide, hereWide);
        if (name == "relu")
            Assert.Contains(usual, y => y > 0 && float.IsSubnormal(y));
    }

    private static int[] Bits(float[] numbers) => MemoryMarshal.Cast<float, int>(numbers).ToArray();

    // The control word lies behind the older unit's state on x64, and first on Arm64.
    private static void Flush()
    {
        nint library = NativeLibrary.Load("libm.so.6");
        uint[] state = new uint[16];
        _ = Function("fegetenv")(state);
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
            state[7] |= 0x8040;
        else
            state[0] |= 0x0108_0000;
        _ = Function("fesetenv")(state);

        Environment Function(string name) =>
            Marshal.GetDelegateForFunctionPointer<Environment>(NativeLibrary.GetExport(library, name));
    }
}
