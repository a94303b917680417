using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The loop of functions along an axis in the fast tier: over floats, for a few contiguous vectors together.</summary>
/// <remarks>
/// One vector is a chain of steps that wait for each other: maximum, exponentials, sum, quotient, products. So each step is done for all
/// vectors before the next begins, and no result depends on the others. The sum of the exponentials runs in sixteen interleaved strands
/// that are joined in a fixed order, so it does not depend on the lane width. Each keeps what its additions lose, so a rest that is tiny
/// beside the largest exponential, 1, keeps its digits.
/// </remarks>
internal static class FastSoftmaxLoop<F, S>
    where F : struct, IAlongAxis<F>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private const int Strands = FastSoftmaxRows.Strands;

    // No term is larger than a strand to which it is added, so what the addition loses is a number.
    private const float StrandStart = 2;

    // What a strand has lost is kept to a share of 2⁻²⁴, so the sum is good to the square of their number times 2⁻⁴⁹.
    private const int LongestBlock = 1024 * Strands;

    // Below it, many of the exponentials that make up the sum of all but the largest are subnormal.
    private const double LeastSum = 1e-30;

    // Up to here exponentials may be taken of the inputs themselves.
    private const float LargestScaled = 64;

    // Times a number, at least its distance to the next one.
    private const float OnePlace = 1f / (1 << 23);

    /// <summary>y = F(x) for as many vectors as there is room for in <see cref="FastSoftmaxRows"/>.</summary>
    /// <returns>A bit for each vector for which floats do not suffice; of those nothing is written.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // into a method that would clear its locals
    [SkipLocalsInit]
    public static uint Forward(ReadOnlySpan<float> x, Span<float> y, int length)
    {
        Unsafe.SkipInit(out FastSoftmaxRows rows);
        (rows.Count, rows.Length) = (x.Length / length, length);
        for (int row = 0; rows.HasTail && row < rows.Count; row++)
            PaddedTail<S>.Load(x, (row * length) + rows.Whole, length - rows.Whole, float.NegativeInfinity, ref rows.FirstOfTail(row));
        FindLargest(ref MemoryMarshal.GetReference(x), length, ref rows);
        return Forward(x, y, ref rows);
    }

    private static uint Forward(ReadOnlySpan<float> x, Span<float> y, ref FastSoftmaxRows rows)
    {
        int scaled = F.UsesExponential ? rows.CountWithin(LargestScaled) : 0;
        if (scaled == rows.Count)
            return Forward<OfInputs>(x, y, ref rows);
        if (scaled == 0)
            return Forward<OfDifferences>(x, y, ref rows);

        // Which exponentials a vector needs must not depend on its neighbours.
        uint undone = 0;
        for (int row = 0; row < rows.Count; row++)
            undone |= Forward(x.Slice(row * rows.Length, rows.Length), y.Slice(row * rows.Length, rows.Length), rows.Length) << row;
        return undone;
    }

    private static uint Forward<TExponential>(ReadOnlySpan<float> x, Span<float> y, ref FastSoftmaxRows rows)
        where TExponential : struct, IExponential
    {
        for (int row = 0; row < rows.Count; row++)
        {
            float max = rows.Max[row], reference = TExponential.Reference(max);
            rows.Reference[row] = reference;
            rows.Lowest[row] = max - float.MaxNative(111, MathF.Abs(max) * OnePlace); // what lies below adds nothing
            rows.Largest[row] = S.LargestLane(TExponential.Of(max, reference)); // all lanes are equal
        }
        ref float source = ref MemoryMarshal.GetReference(x), target = ref MemoryMarshal.GetReference(y);
        AddExponentials<TExponential>(ref source, ref target, ref rows);
        uint undone = Normalize(ref rows);
        Map(ref F.UsesExponential ? ref target : ref source, ref target, undone, ref rows);
        for (int row = 0; row < rows.Count; row++)
        {
            if ((undone >> row & 1) != 0)
                continue;
            int start = row * rows.Length;
            if (double.IsNaN(rows.Sum[row]))
                y.Slice(start, rows.Length).Fill(float.NaN);
            else if (rows.HasTail)
                PaddedTail<S>.Store(ref rows.FirstOfTail(row), rows.Length - rows.Whole, ref Unsafe.Add(ref target, start + rows.Whole));
        }
        return undone;
    }

    /// <summary>Exponentials that are at most 1.5 in a vector with a given maximum.</summary>
    private interface IExponential
    {
        static abstract float Reference(float max);

        static abstract S Of(S x, float reference);
    }

    /// <summary>e^(x - max), with the maximum for reference.</summary>
    private readonly struct OfDifferences : IExponential
    {
        public static float Reference(float max) => max;

        [MethodImpl(MethodImplOptions.AggressiveInlining)] public static S Of(S x, float reference) => FloatElementary.Decay(reference, x);
    }

    /// <summary>eˣ 2⁻ᵐ, with m for reference, the whole number nearest to log₂(e) times the maximum: in fewer steps.</summary>
    private readonly struct OfInputs : IExponential
    {
        public static float Reference(float max) => MathF.Round(max * FloatConstants.Log2E);

        [MethodImpl(MethodImplOptions.AggressiveInlining)] public static S Of(S x, float reference) =>
            FloatElementary.ScaledExp(x, reference);
    }

    // Of a vector with NaN, any. The last lanes may overlap with those before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindLargest(ref float x, int length, ref FastSoftmaxRows rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            ref float source = ref Unsafe.Add(ref x, row * length);
            if (length < S.Count)
            {
                float largest = source;
                for (int i = 1; i < length; i++)
                    largest = float.MaxNative(largest, Unsafe.Add(ref source, i));
                rows.Max[row] = largest;
                continue;
            }
            nuint end = (nuint)(length - S.Count);
            S all = S.Load(ref source, end);
            for (nuint i = 0; i < end; i += (nuint)S.Count)
                all = S.Larger(all, S.Load(ref source, i));
            rows.Max[row] = S.LargestLane(all);
        }
    }

    // In blocks that are short enough for the strands. Without one of the largest.
    private static void AddExponentials<TExponential>(ref float x, ref float y, ref FastSoftmaxRows rows)
        where TExponential : struct, IExponential
    {
        for (int row = 0; row < rows.Count; row++)
            (rows.Sum[row], rows.Lost[row]) = (-rows.Largest[row], 0);
        int start = 0;
        do
        {
            int length = Math.Min(LongestBlock, rows.Whole - start);
            bool ends = start + length == rows.Whole;
            AddExponentials<TExponential>(ref Unsafe.Add(ref x, start), ref Unsafe.Add(ref y, start), length, ends, ref rows);
            for (int row = 0; row < rows.Count; row++)
            {
                rows.Sum[row] += SixteenSum.Of(ref rows.FirstStrand(row)) - (Strands * StrandStart);
                rows.Lost[row] += SixteenSum.Of(ref rows.FirstLoss(row));
            }
            start += length;
        }
        while (start < rows.Whole);
    }

    // Without a call, so that everything stays in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddExponentials<TExponential>(ref float x, ref float y, int length, bool withTail, ref FastSoftmaxRows rows)
        where TExponential : struct, IExponential
    {
        withTail &= rows.HasTail;
        for (int row = 0; row < rows.Count; row++)
        {
            ref float source = ref Unsafe.Add(ref x, row * rows.Length), target = ref Unsafe.Add(ref y, row * rows.Length);
            ref float strands = ref rows.FirstStrand(row), losses = ref rows.FirstLoss(row);
            float lowest = rows.Lowest[row], reference = rows.Reference[row];
            S sum = StrandStart, loss = 0, otherSum = StrandStart, otherLoss = 0;
            if (2 * S.Count < Strands)
            {
                for (nuint i = 0; i < Strands; i += (nuint)S.Count)
                {
                    S.Store(StrandStart, ref strands, i);
                    S.Store(0, ref losses, i);
                }
            }
            nuint end = (nuint)length;
            bool isLast = !withTail;
            while (true)
            {
                for (nuint i = 0; i < end; i += (nuint)S.Count)
                {
                    S exponential = TExponential.Of(S.AtLeast(lowest, S.Load(ref source, i)), reference);
                    if (2 * S.Count < Strands)
                        (sum, loss) = (S.Load(ref strands, i % Strands), S.Load(ref losses, i % Strands));
                    S more = sum + exponential;
                    loss += exponential - (more - sum);
                    sum = more;
                    if (2 * S.Count < Strands)
                    {
                        S.Store(sum, ref strands, i % Strands);
                        S.Store(loss, ref losses, i % Strands);
                    }
                    if (F.UsesExponential)
                        S.Store(exponential, ref target, i);
                    if (2 * S.Count != Strands)
                        continue;

                    // The other half of the strands.
                    i += (nuint)S.Count;
                    S other = TExponential.Of(S.AtLeast(lowest, S.Load(ref source, i)), reference);
                    S otherMore = otherSum + other;
                    otherLoss += other - (otherMore - otherSum);
                    otherSum = otherMore;
                    if (F.UsesExponential)
                        S.Store(other, ref target, i);
                }
                if (isLast)
                    break;
                (isLast, end) = (true, Strands);
                source = ref rows.FirstOfTail(row);
                target = ref source;
            }
            if (2 * S.Count < Strands)
                continue;
            S.Store(sum, ref strands, 0);
            S.Store(loss, ref losses, 0);
            if (2 * S.Count == Strands)
            {
                S.Store(otherSum, ref strands, (nuint)S.Count);
                S.Store(otherLoss, ref losses, (nuint)S.Count);
            }
        }
    }

    // Which vectors are left undone.
    private static uint Normalize(ref FastSoftmaxRows rows)
    {
        uint undone = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            rows.Inverse[row] = 1.0 / rows.Largest[row];
            double sum = (rows.Sum[row] + rows.Lost[row]) * rows.Inverse[row];
            if (!F.UsesExponential && sum < LeastSum)
                undone |= 1u << row;
            rows.Sum[row] = double.IsFinite(sum) && float.IsFinite(rows.Max[row]) ? sum : double.NaN;
        }
        Normalizers<F>.Of(rows.Sums[..rows.Count]);
        return undone;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map(ref float x, ref float y, uint undone, ref FastSoftmaxRows rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            if ((undone >> row & 1) != 0)
                continue;
            ref float source = ref Unsafe.Add(ref x, row * rows.Length), target = ref Unsafe.Add(ref y, row * rows.Length);
            double normalizer = rows.Sum[row] * rows.Inverse[row];
            float rounded = (float)normalizer;
            S top = rows.Max[row], value = rounded, lost = normalizer - rounded;
            nuint end = (nuint)rows.Whole;
            bool isLast = !rows.HasTail;
            while (true)
            {
                for (nuint i = 0; i < end; i += (nuint)S.Count)
                {
                    S loaded = S.Load(ref source, i);
                    S.Store(F.UsesExponential ? S.Fma(loaded, value, loaded * lost) : loaded - top - value, ref target, i);
                }
                if (isLast)
                    break;
                (isLast, end) = (true, Strands);
                source = ref rows.FirstOfTail(row);
                target = ref source;
            }
        }
    }
}
