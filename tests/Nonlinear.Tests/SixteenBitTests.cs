using System.Runtime.Intrinsics;
using Nonlinear.Kernels;

namespace Nonlinear.Tests;

/// <summary>Half and BFloat16: conversions in vectors and results from tables are those of one number at a time.</summary>
public class SixteenBitTests
{
    private static readonly ushort[] AllBits = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];

    [Fact]
    public void Every_half_is_widened_and_rounded_right() => CheckConversions<Half, HalfConversion>();

    [Fact]
    public void Every_bfloat16_is_widened_and_rounded_right() => CheckConversions<BFloat16, BFloat16Conversion>();

    [Theory]
    [Trait("Speed", "slow")]
    [MemberData(nameof(TestCatalog.RouteNames), MemberType = typeof(TestCatalog))]
    public void Tables_of_halves_hold_what_short_calls_compute(string name) => CheckTables<Half, HalfConversion>(name);

    [Theory]
    [Trait("Speed", "slow")]
    [MemberData(nameof(TestCatalog.RouteNames), MemberType = typeof(TestCatalog))]
    public void Tables_of_bfloat16_hold_what_short_calls_compute(string name) => CheckTables<BFloat16, BFloat16Conversion>(name);

    private static void CheckConversions<T, TConversion>()
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        T[] all = [.. AllBits.Select(TConversion.FromBits)];
        float[] floats = new float[all.Length];
        double[] doubles = new double[all.Length];
        SixteenBit.Widen<T, TConversion>(all, floats);
        SixteenBit.Widen<T, TConversion>(all, doubles);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.Equal(TConversion.ToDouble(all[i]), doubles[i]);
            Assert.Equal((float)TConversion.ToDouble(all[i]), floats[i]);
        }
        // Numbers, the middles between them, and what lies a float or a double beside.
        double[] middles = [.. doubles.Zip(doubles.Skip(1), (low, high) => (low + high) / 2)];
        double[] near =
        [
            .. doubles.Concat(middles).Concat([65520, -65520, 3.3961775292304601e38]).SelectMany(x => (double[])
                [x, Math.BitIncrement(x), Math.BitDecrement(x), MathF.BitIncrement((float)x), MathF.BitDecrement((float)x)]),
        ];
        T[] narrowed = new T[near.Length];
        SixteenBit.Narrow<T, TConversion>(near, narrowed);
        for (int i = 0; i < near.Length; i++)
            AssertSame<T, TConversion>(TConversion.FromDouble(near[i]), narrowed[i], $"{near[i]:R}");
        foreach (double x in middles.Where(x => double.IsFinite(x)))
            Assert.True(IsDoubtful<T, TConversion>((float)x, 0) && IsDoubtful<T, TConversion>(MathF.BitIncrement((float)x), 1), $"{x:R}");
    }

    [Fact]
    public void Numbers_themselves_are_not_in_doubt()
    {
        Check<Half, HalfConversion>();
        Check<BFloat16, BFloat16Conversion>();

        static void Check<T, TConversion>()
            where T : unmanaged
            where TConversion : struct, ISixteenBit<T>
        {
            foreach (float x in AllBits.Select(bits => (float)TConversion.ToDouble(TConversion.FromBits(bits))).Where(float.IsFinite))
                Assert.False(IsDoubtful<T, TConversion>(x, 1), $"{x:R}");
        }
    }

    private static bool IsDoubtful<T, TConversion>(float value, uint ulps)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        TConversion.Round(Vector256.Create(value), ulps, out Vector256<uint> doubtful);
        return Vector256.EqualsAll(doubtful, Vector256<uint>.AllBitsSet);
    }

    // Every input, each with gradients of any size and with ordinary ones.
    private static void CheckTables<T, TConversion>(string name)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        ElementwiseKernel<T> kernel = (ElementwiseKernel<T>)activation.Kernels.Of<T>();
        T[] x = [.. AllBits.Select(TConversion.FromBits)], dy = new T[x.Length], whole = new T[x.Length], parts = new T[x.Length];
        Random random = new(11);
        Check("forward", (k, x, _, y) => k.Forward(x, y));
        for (int trial = 0; trial < 2; trial++)
        {
            for (int i = 0; i < dy.Length; i++)
                dy[i] = trial == 0
                    ? TConversion.FromBits((ushort)random.Next(1 << 16))
                    : TConversion.FromDouble(((random.NextDouble() * 2) - 1) * trial);
            Check("backward", (k, x, dy, dx) => k.Backward(x, dy, dx));
            if (activation.Info.DerivativeFromOutput)
                Check("backward from output", (k, x, dy, dx) => k.BackwardFromOutput(x, dy, dx));
        }

        void Check(string operation, Operation<T> compute)
        {
            compute(kernel, x, dy, whole);
            // A kernel of its own makes no table, as long as calls are short.
            ElementwiseKernel<T> fresh = (ElementwiseKernel<T>)activation.MakeKernels().Of<T>();
            for (int start = 0; start < x.Length; start += 1000)
            {
                int count = Math.Min(1000, x.Length - start);
                compute(fresh, x.AsSpan(start, count), dy.AsSpan(start, count), parts.AsSpan(start, count));
            }
            for (int i = 0; i < x.Length; i++)
                AssertSame<T, TConversion>(parts[i], whole[i], $"{activation} {operation} at {x[i]}, {dy[i]}");
        }
    }

    private delegate void Operation<T>(ElementwiseKernel<T> kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> output)
        where T : unmanaged;

    private static void AssertSame<T, TConversion>(T expected, T actual, string what)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        if (TConversion.ToBits(expected) != TConversion.ToBits(actual))
            Assert.Fail($"{what}: {actual} instead of {expected}");
    }
}
