using Nonlinear.Numerics;

namespace Nonlinear.Tests;

/// <summary>
/// What is computed with lanes side by side is what one number alone gives, at every width, on special values of all kinds in each lane.
/// </summary>
public class LaneTests
{
    private const double Inf = double.PositiveInfinity;

    private static readonly double[] Special =
    [
        0, -0.0, 1, -1, 0.5, -3, 1e-45, -1e-45, 5e-324, -5e-324, 1.1754944e-38, -1.1754942e-38, 2.2250738585072014e-308, 1e30, -1e38, 3e38,
        1e308, -1.7e308, Inf, -Inf, double.NaN, 1.0000001, 16777217, 0.1, -1e-12, 65504, 6e-8,
    ];

    private delegate L Unary<L>(L x);

    private delegate L Binary<L>(L a, L b);

    [Fact]
    public void Doubles_at_every_width()
    {
        CheckDoubles<DoubleLanes1<Unchecked>>();
        CheckDoubles<DoubleLanes2<Unchecked>>();
        CheckDoubles<DoubleLanes4<Unchecked>>();
        CheckDoubles<DoubleLanes8<Unchecked>>();
    }

    [Fact]
    public void Floats_at_every_width()
    {
        CheckFloats<FloatLanes1>();
        CheckFloats<FloatLanes4>();
        CheckFloats<FloatLanes8>();
        CheckFloats<FloatLanes16>();
    }

    [Fact]
    public void Roundings_that_are_certain_are_stored_and_no_others()
    {
        CheckStores<DoubleLanes1<Checked>>();
        CheckStores<DoubleLanes2<Checked>>();
        CheckStores<DoubleLanes4<Checked>>();
        CheckStores<DoubleLanes8<Checked>>();
    }

    [Fact]
    public void What_lanes_of_floats_lack_is_named()
    {
        Lacks<FloatLanes1>();
        Lacks<FloatLanes16>();

        static void Lacks<S>()
            where S : struct, IReal<S>
        {
            Missing("logarithm", () => _ = S.Log(1));
            Missing("logarithm", () => _ = S.Log1p(1));
            Missing("sine", () => _ = S.Sin(1));
            Missing("cosine", () => _ = S.Cos(1));
            Missing("error function", () => _ = S.Erf(1));
        }

        static void Missing(string function, Action call) => Assert.Equal(
            $"Lanes of floats have no {function}: no function of the fast tier needs one.",
            Assert.Throws<NotSupportedException>(call).Message);
    }

    private static void CheckDoubles<L>()
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        double[] memory = new double[Special.Length + L.Count], results = new double[L.Count];
        for (int i = 0; i < memory.Length; i++)
            memory[i] = Special[i % Special.Length];
        for (int i = 0; i < Special.Length; i++)
        {
            L x = L.Load(ref memory[0], (nuint)i);
            One(i, "-x", x => -x, x => -x);
            One(i, "|x|", L.Abs, Math.Abs);
            One(i, "√x", L.Sqrt, Math.Sqrt);
            One(i, "positive part", L.PositivePart, x => Math.Max(x, 0));
            One(i, "where NaN", x => L.WhereNaN(x, 7, x), x => double.IsNaN(x) ? 7 : x);
            One(i, "at most", x => L.AtMost(0.5, x), x => x > 0.5 ? 0.5 : x);
            One(i, "at least", x => L.AtLeast(-3, x), x => x < -3 ? -3 : x);
            Assert.Equal(Enumerable.Range(i, L.Count).All(k => double.IsFinite(memory[k])), L.AllFinite(x));
            Assert.Equal(Enumerable.Range(i, L.Count).All(k => memory[k] < 1), L.All(x < 1));
            Assert.Equal(
                unchecked(Enumerable.Range(i, L.Count).Aggregate(0L, (sum, k) => sum + BitConverter.DoubleToInt64Bits(memory[k]))),
                L.TotalOfBits(x));
            for (int k = 0; k < L.Count; k++)
                results[k] = 1 << k;
            Assert.Equal((1 << L.Count) - 1, L.Total(L.Load(ref results[0], 0)));
            // Where an input or a result is not finite nothing is stored.
            bool stored = L.TryStore(x, 1, ref results[0], 0);
            Assert.Equal(L.AllFinite(x), stored);
            Assert.Equal(L.AllFinite(x), L.TryStore(1, x, ref results[0], 0));
            for (int shift = 0; shift < Special.Length; shift++)
            {
                double other = Special[shift];
                Two(i, other, "+", (a, b) => a + b, (a, b) => a + b);
                Two(i, other, "-", (a, b) => a - b, (a, b) => a - b);
                Two(i, other, "·", (a, b) => a * b, (a, b) => a * b);
                Two(i, other, "/", (a, b) => a / b, (a, b) => a / b);
                Two(i, other, "max", L.Max, Math.Max);
                Two(i, other, "min", L.Min, Math.Min);
                Two(i, other, "<", (a, b) => L.Select(a < b, 1, 2), (a, b) => a < b ? 1 : 2);
                Two(i, other, ">", (a, b) => L.Select(a > b, 1, 2), (a, b) => a > b ? 1 : 2);
                Two(i, other, "> at once", (a, b) => L.SelectGreater(a, b, 1, 2), (a, b) => a > b ? 1 : 2);
                Two(i, other, "open", (a, b) => L.OpenWhereGreater(a, b, 5), (a, b) => a > b ? double.NaN : 5);
                Two(i, other, "sign", L.CopySign, Math.CopySign);
                Two(i, other, "fma", (a, b) => L.Fma(a, b, -1), (a, b) => Math.FusedMultiplyAdd(a, b, -1));
                Two(i, other, "fms", (a, b) => L.Fms(a, b, 3), (a, b) => Math.FusedMultiplyAdd(a, b, -3));
                Two(i, other, "multiply and add", (a, b) => L.MultiplyAdd(a, b, 3), (a, b) => Math.FusedMultiplyAdd(a, b, 3));
                Two(i, other, "bits", L.AddBits, (a, b) => BitConverter.Int64BitsToDouble(
                    BitConverter.DoubleToInt64Bits(a) + BitConverter.DoubleToInt64Bits(b)));
            }
        }
        // Powers of 2, and the parts of normal numbers.
        for (int k = -1022; k <= 1023; k++)
        {
            L.Store(L.PowerOfTwo(DoubleElementary.Rounder + k), ref results[0], 0);
            Assert.All(results, power => Assert.Equal(Math.ScaleB(1, k), power));
            double x = Math.ScaleB(1 + (Math.Abs(k) / 1024.0), k);
            (L mantissa, L exponent) = L.Split(x);
            double[] mantissas = new double[L.Count];
            L.Store(mantissa, ref mantissas[0], 0);
            L.Store(exponent, ref results[0], 0);
            Assert.All(mantissas, m => Assert.InRange(m, Math.Sqrt(0.5), Math.Sqrt(2)));
            Assert.All(mantissas.Zip(results), pair => Assert.Equal(x, Math.ScaleB(pair.First, (int)pair.Second)));
        }

        void One(int start, string what, Unary<L> lanes, Unary<double> alone)
        {
            L.Store(lanes(L.Load(ref memory[0], (nuint)start)), ref results[0], 0);
            for (int k = 0; k < L.Count; k++)
                Same(alone(memory[start + k]), results[k], $"{what} of {memory[start + k]:R}, lane {k} of {L.Count}");
        }

        void Two(int start, double other, string what, Binary<L> lanes, Binary<double> alone)
        {
            L.Store(lanes(L.Load(ref memory[0], (nuint)start), other), ref results[0], 0);
            for (int k = 0; k < L.Count; k++)
                Same(alone(memory[start + k], other), results[k], $"{memory[start + k]:R} {what} {other:R}, lane {k} of {L.Count}");
        }
    }

    private static void CheckFloats<S>()
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        float[] memory = new float[Special.Length + S.Count], results = new float[S.Count];
        for (int i = 0; i < memory.Length; i++)
            memory[i] = (float)Special[i % Special.Length];
        for (int i = 0; i < Special.Length; i++)
        {
            S x = S.Load(ref memory[0], (nuint)i);
            One(i, "-x", x => -x, x => -x);
            One(i, "|x|", S.Abs, MathF.Abs);
            One(i, "√x", S.Sqrt, MathF.Sqrt);
            One(i, "positive part", S.PositivePart, x => MathF.Max(x, 0));
            One(i, "where NaN", x => S.WhereNaN(x, 7, x), x => float.IsNaN(x) ? 7 : x);
            One(i, "at most", x => S.AtMost(0.5f, x), x => x > 0.5f ? 0.5f : x);
            One(i, "at least", x => S.AtLeast(-3, x), x => x < -3 ? -3 : x);
            float[] lanes = memory[i..(i + S.Count)];
            Assert.Equal(lanes.All(value => value >= -1), S.AllAtLeast(x, -1));
            Assert.Equal(!lanes.Any(float.IsNaN), S.AllEqual(x, x));
            Assert.Equal(
                lanes.All(value => value == 0 || float.IsNaN(value) || MathF.Abs(value) >= 1e-40f), S.AllZeroOrAtLeast(1e-40f, S.Abs(x)));
            if (!lanes.Any(float.IsNaN))
                Assert.Equal(lanes.Max(), S.LargestLane(x));
            for (int k = 0; k < S.Count; k++)
                results[k] = 1 << k;
            Assert.Equal((1 << S.Count) - 1, S.Total(S.Load(ref results[0], 0)));
            for (int shift = 0; shift < Special.Length; shift++)
            {
                float other = (float)Special[shift];
                Two(i, other, "+", (a, b) => a + b, (a, b) => a + b);
                Two(i, other, "-", (a, b) => a - b, (a, b) => a - b);
                Two(i, other, "·", (a, b) => a * b, (a, b) => a * b);
                Two(i, other, "/", (a, b) => a / b, (a, b) => a / b);
                Two(i, other, "max", S.Max, MathF.Max);
                Two(i, other, "min", S.Min, MathF.Min);
                Two(i, other, "<", (a, b) => S.Select(a < b, 1, 2), (a, b) => a < b ? 1 : 2);
                Two(i, other, ">", (a, b) => S.Select(a > b, 1, 2), (a, b) => a > b ? 1 : 2);
                Two(i, other, "> at once", (a, b) => S.SelectGreater(a, b, 1, 2), (a, b) => a > b ? 1 : 2);
                Two(i, other, "sign", S.CopySign, MathF.CopySign);
                Two(i, other, "fma", (a, b) => S.Fma(a, b, -1), (a, b) => MathF.FusedMultiplyAdd(a, b, -1));
                Two(i, other, "fms", (a, b) => S.Fms(a, b, 3), (a, b) => MathF.FusedMultiplyAdd(a, b, -3));
                Two(i, other, "fnma", (a, b) => S.Fnma(a, b, 3), (a, b) => MathF.FusedMultiplyAdd(-a, b, 3));
                if (float.IsNaN(other))
                    continue;
                Two(i, other, "larger", (a, b) => S.WhereNaN(a, a, S.Larger(a, b)), (a, b) => float.IsNaN(a) ? a : MathF.Max(a, b), true);
                Two(i, other, "smaller", (a, b) => S.WhereNaN(a, a, S.Smaller(a, b)), (a, b) => float.IsNaN(a) ? a : MathF.Min(a, b), true);
            }
        }

        void One(int start, string what, Unary<S> lanes, Unary<float> alone)
        {
            S.Store(lanes(S.Load(ref memory[0], (nuint)start)), ref results[0], 0);
            for (int k = 0; k < S.Count; k++)
                Same(alone(memory[start + k]), results[k], $"{what} of {memory[start + k]:R}, lane {k} of {S.Count}");
        }

        // Which zero is the larger may be open.
        void Two(int start, float other, string what, Binary<S> lanes, Binary<float> alone, bool isAnyZero = false)
        {
            S.Store(lanes(S.Load(ref memory[0], (nuint)start), other), ref results[0], 0);
            for (int k = 0; k < S.Count; k++)
            {
                float expected = alone(memory[start + k], other);
                if (!isAnyZero || expected != 0 || results[k] != 0)
                    Same(expected, results[k], $"{memory[start + k]:R} {what} {other:R}, lane {k} of {S.Count}");
            }
        }
    }

    // A result next to the middle between two floats is in doubt, by itself or among others; so is one whose input is not finite.
    private static void CheckStores<L>()
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        const float Untouched = 77;
        double middle = 1 + Math.ScaleB(1, -24);
        (double Result, float Input, bool IsCertain)[] cases =
        [
            (0, 1, true), (-0.0, 1, true), (1.5, 2, true), (-2.25e-20, 1, true), (1e-46, 1, true), (middle, 1, false), (-middle, 1, false),
            (middle * (1 + 5e-13), 1, false), (middle * (1 - 5e-13), 1, false), (middle * (1 + 2e-12), 1, true),
            (middle * (1 - 2e-12), 1, true), (1.5, float.NaN, false), (1.5, float.PositiveInfinity, false),
            (1.5, float.NegativeInfinity, false), (double.NaN, 1, false), (Inf, 1, false), (-Inf, 1, false), (1e39, 1, false),
        ];
        foreach ((double result, float input, bool isCertain) in cases)
        {
            for (int lane = 0; lane < L.Count; lane++)
            {
                double[] results = [.. Enumerable.Range(0, L.Count).Select(k => k == lane ? result : k + 0.25)];
                float[] inputs = [.. Enumerable.Range(0, L.Count).Select(k => k == lane ? input : k)];
                float[] stored = [.. Enumerable.Repeat(Untouched, L.Count + 1)];
                string what = $"{result:R} of {input:R}, lane {lane} of {L.Count}";
                Assert.True(isCertain == L.TryStoreFloat(L.Load(ref results[0], 0), ref inputs[0], ref stored[0], 0), what);
                for (int k = 0; k < L.Count; k++)
                    Same(isCertain ? (float)results[k] : Untouched, stored[k], what);
                Assert.Equal(Untouched, stored[L.Count]);
                L doubt = L.StoreFloat(L.Load(ref results[0], 0) * ZivRoundingTest.Less, ref stored[0], 0, 0);
                Assert.True(isCertain == L.IsCertain(L.DoubtInfinities(ref inputs[0], 0, doubt)), what);
                doubt = L.StoreFloat(1, ref stored[0], 0, L.DoubtInfinities(ref inputs[0], 0, doubt));
                Assert.True(isCertain == L.IsCertain(doubt), what);
                L.StoreFloat(L.Load(ref results[0], 0), ref stored[0], 0);
                L.StoreFloat(L.LoadFloat(ref stored[0], 0), ref inputs[0], 0);
                for (int k = 0; k < L.Count; k++)
                {
                    Same((float)results[k], stored[k], what);
                    Same((float)results[k], inputs[k], what);
                }
                Assert.Equal(Untouched, stored[L.Count]);
            }
        }
    }

    private static void Same(double expected, double actual, string what)
    {
        if (double.IsNaN(expected)
            ? !double.IsNaN(actual)
            : BitConverter.DoubleToInt64Bits(expected) != BitConverter.DoubleToInt64Bits(actual))
            Assert.Fail($"{what}: {actual:R}, not {expected:R}");
    }
}
