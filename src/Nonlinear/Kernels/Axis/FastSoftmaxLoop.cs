using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>The loop of functions along an axis in the fast tier: over floats, for one contiguous vector.</summary>
/// <remarks>
/// The sum of the exponentials runs in sixteen interleaved strands that are joined in a fixed order, so it does not depend on the lane
/// width. Each keeps what its additions lose, so a rest that is tiny beside the largest exponential, 1, keeps its digits.
/// </remarks>
internal static class FastSoftmaxLoop<F, S>
    where F : struct, IAlongAxis<F>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private const int Strands = 16;

    // No term is larger than a strand to which it is added, so what the addition loses is a number.
    private const float StrandStart = 2;

    // What a strand has lost is kept to a share of 2⁻²⁴, so the sum is good to the square of their number times 2⁻⁴⁹.
    private const int LongestBlock = 1024 * Strands;

    // Below it, many of the exponentials that make up the sum of all but the largest are subnormal.
    private const double LeastSum = 1e-30;

    // Up to here exponentials may be taken of the inputs themselves.
    private const float LargestScaled = 64;

    /// <summary>y = F(x); false, and nothing is written, where floats do not suffice.</summary>
    public static bool TryForward(ReadOnlySpan<float> x, Span<float> y)
    {
        float max = Largest(x);
        return F.UsesExponential && MathF.Abs(max) < LargestScaled
            ? TryForward<OfInputs>(x, y, max, MathF.Round(max * FloatConstants.Log2E))
            : TryForward<OfDifferences>(x, y, max, max);
    }

    [SkipLocalsInit]
    private static bool TryForward<TExponential>(ReadOnlySpan<float> x, Span<float> y, float max, float reference)
        where TExponential : struct, IExponential
    {
        int whole = x.Length / Strands * Strands, rest = x.Length - whole;
        Unsafe.SkipInit(out Buffer16<float> last); // what does not fill the strands, padded
        if (rest > 0)
        {
            ((Span<float>)last).Fill(float.NegativeInfinity);
            x[whole..].CopyTo(last);
        }

        float largest = S.LargestLane(TExponential.Of(max, reference)); // all lanes are equal
        double inverse = 1.0 / largest;
        double sum = SumExponentials<TExponential>(x[..whole], y, ref last, rest > 0, max, reference, largest) * inverse;
        if (!F.UsesExponential && sum < LeastSum)
            return false;
        if (!double.IsFinite(sum) || !float.IsFinite(max))
        {
            y.Fill(float.NaN);
            return true;
        }
        ref float output = ref MemoryMarshal.GetReference(y);
        ref float source = ref F.UsesExponential ? ref output : ref MemoryMarshal.GetReference(x);
        Map(ref source, ref output, whole, ref last[0], rest > 0, max, F.Normalizer<Lane>(sum).Value * inverse);
        ((ReadOnlySpan<float>)last)[..rest].CopyTo(y[whole..]);
        return true;
    }

    /// <summary>Exponentials that are at most 1.5 in a vector with a given maximum.</summary>
    private interface IExponential
    {
        static abstract S Of(S x, float reference);
    }

    /// <summary>e^(x - max), with the maximum for reference.</summary>
    private readonly struct OfDifferences : IExponential
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] public static S Of(S x, float reference) => FloatElementary.Decay(reference, x);
    }

    /// <summary>eˣ 2⁻ᵐ, with m for reference, the whole number nearest to log₂(e) times the maximum: in fewer steps.</summary>
    private readonly struct OfInputs : IExponential
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] public static S Of(S x, float reference) =>
            FloatElementary.ScaledExp(x, reference);
    }

    // Without one of the largest, in blocks that are short enough for the strands.
    [SkipLocalsInit]
    private static double SumExponentials<TExponential>(
        ReadOnlySpan<float> x, Span<float> y, ref Buffer16<float> last, bool hasLast, float max, float reference, float largest)
        where TExponential : struct, IExponential
    {
        Unsafe.SkipInit(out Buffer16<float> sums);
        Unsafe.SkipInit(out Buffer16<float> losses);
        float lowest = MathF.Min(max - 111, MathF.BitDecrement(max)); // what lies below adds nothing
        double high = -largest, low = 0;
        int start = 0;
        do
        {
            int length = Math.Min(LongestBlock, x.Length - start);
            bool ends = start + length == x.Length;
            if (S.Count < Strands)
            {
                ((Span<float>)sums).Fill(StrandStart);
                ((Span<float>)losses).Clear();
            }
            AddExponentials<TExponential>(
                ref MemoryMarshal.GetReference(x[start..]),
                ref MemoryMarshal.GetReference(y[start..]),
                length,
                ref last[0],
                ends && hasLast,
                lowest,
                reference,
                ref sums[0],
                ref losses[0]);
            high += Total(sums) - (Strands * StrandStart);
            low += Total(losses);
            start += length;
        }
        while (start < x.Length);
        return high + low;
    }

    // Of a vector with NaN, any. The last lanes may overlap with those before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Largest(ReadOnlySpan<float> x)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        float largest = float.NegativeInfinity;
        if (x.Length < S.Count)
        {
            foreach (float value in x)
                largest = float.MaxNative(largest, value);
            return largest;
        }
        nuint end = (nuint)(x.Length - S.Count);
        S all = S.Load(ref source, end);
        for (nuint i = 0; i < end; i += (nuint)S.Count)
            all = S.Larger(all, S.Load(ref source, i));
        return S.LargestLane(all);
    }

    // Without a call, so that everything stays in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddExponentials<TExponential>(
        ref float x, ref float y, int length, ref float last, bool hasLast, float lowest, float reference, ref float sums, ref float losses)
        where TExponential : struct, IExponential
    {
        S sum = StrandStart, loss = 0, ahead = 0;
        for (nuint i = 0; ; i = 0)
        {
            if (length > 0)
                ahead = S.Load(ref x, 0);
            for (; i < (nuint)length; i += (nuint)S.Count)
            {
                S input = ahead;
                ahead = S.Load(ref x, LoopDirection.Next(i, (nuint)S.Count, (nuint)length - (nuint)S.Count - i));
                S exponential = TExponential.Of(S.AtLeast(lowest, input), reference);
                if (F.UsesExponential)
                    S.Store(exponential, ref y, i);
                if (S.Count < Strands)
                    (sum, loss) = (S.Load(ref sums, i % Strands), S.Load(ref losses, i % Strands));
                S more = sum + exponential;
                loss += exponential - (more - sum);
                sum = more;
                if (S.Count < Strands)
                {
                    S.Store(sum, ref sums, i % Strands);
                    S.Store(loss, ref losses, i % Strands);
                }
            }
            if (!hasLast)
                break;
            (hasLast, length) = (false, Strands);
            x = ref last;
            y = ref last;
        }
        if (S.Count == Strands)
        {
            S.Store(sum, ref sums, 0);
            S.Store(loss, ref losses, 0);
        }
    }

    /// <summary>The sum of sixteen numbers, pairwise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(ReadOnlySpan<float> x) => Half(x) + Half(x[8..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Half(ReadOnlySpan<float> x) =>
        (((double)x[0] + x[1]) + ((double)x[2] + x[3])) + (((double)x[4] + x[5]) + ((double)x[6] + x[7]));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map(ref float source, ref float y, int length, ref float last, bool hasLast, float max, double normalizer)
    {
        float rounded = (float)normalizer;
        S top = max, value = rounded, lost = normalizer - rounded;
        for (nuint i = 0; ; i = 0)
        {
            for (; i < (nuint)length; i += (nuint)S.Count)
            {
                S loaded = S.Load(ref source, i);
                S.Store(F.UsesExponential ? S.Fma(loaded, value, loaded * lost) : loaded - top - value, ref y, i);
            }
            if (!hasLast)
                return;
            (hasLast, length) = (false, Strands);
            source = ref last;
            y = ref last;
        }
    }
}
