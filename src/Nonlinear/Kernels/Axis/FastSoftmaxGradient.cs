using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The gradient that a function along an axis carries back from its saved outputs, in the fast tier: over floats, for a few contiguous
/// vectors together.
/// </summary>
/// <remarks>
/// The sum runs in four times sixteen interleaved strands, which are joined in a fixed order, at last as doubles, after a few terms each,
/// so it does not depend on the lane width and is good to 2⁻²² of the sum of magnitudes at any length.
/// </remarks>
internal static class FastSoftmaxGradient<F, S>
    where F : struct, IAlongAxis<F>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private const int Strands = 16, AllStrands = 4 * Strands, Block = 8 * AllStrands;

    // Below it, terms are too close to the smallest float to keep their digits.
    private const double LeastSum = 1e-25;

    /// <summary>dx = Jᵀ dy for at most 16 vectors of one length.</summary>
    /// <returns>A bit for each vector for which floats do not suffice; of those nothing is written.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // into a method that would clear its locals
    [SkipLocalsInit]
    public static uint Run(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length)
    {
        int rows = y.Length / length, whole = length & -Strands;
        Unsafe.SkipInit(out Buffer16<Buffer16<float>> outputTails);
        Unsafe.SkipInit(out Buffer16<Buffer16<float>> gradientTails);
        Unsafe.SkipInit(out Buffer16<double> sums);
        bool hasTail = whole < length;
        ref float outputs = ref MemoryMarshal.GetReference(y), gradients = ref MemoryMarshal.GetReference(dy);
        ref float results = ref MemoryMarshal.GetReference(dx);
        for (int row = 0; row < rows; row++)
        {
            int start = row * length;
            sums[row] = Sum(ref Unsafe.Add(ref outputs, start), ref Unsafe.Add(ref gradients, start), whole);
            if (!hasTail)
                continue;
            PaddedTail<S>.Load(y, start + whole, length - whole, 0, ref outputTails[row][0]);
            PaddedTail<S>.Load(dy, start + whole, length - whole, 0, ref gradientTails[row][0]);
            sums[row] += BlockSum(ref outputTails[row][0], ref gradientTails[row][0], Strands);
        }

        uint undone = 0;
        for (int row = 0; row < rows; row++)
        {
            double sum = sums[row];
            if (sum != 0 && !(Math.Abs(sum) is > LeastSum and < float.MaxValue))
            {
                undone |= 1u << row;
                continue;
            }
            int start = row * length;
            Map(
                ref Unsafe.Add(ref outputs, start),
                ref Unsafe.Add(ref gradients, start),
                ref Unsafe.Add(ref results, start),
                whole,
                (float)sum);
            if (!hasTail)
                continue;
            Map(ref outputTails[row][0], ref gradientTails[row][0], ref gradientTails[row][0], Strands, (float)sum);
            PaddedTail<S>.Store(ref gradientTails[row][0], length - whole, ref Unsafe.Add(ref results, start + whole));
        }
        NaNs.Settle(dx); // also what is not yet written is then overwritten
        return undone;
    }

    private static double Sum(ref float y, ref float dy, int length)
    {
        double total = 0;
        for (int start = 0; start < length; start += Block)
            total += BlockSum(ref Unsafe.Add(ref y, start), ref Unsafe.Add(ref dy, start), Math.Min(length - start, Block));
        return total;
    }

    // The element at a position goes to the strand of that number, modulo 64. Strands are vectors that stay in registers: four or, of half
    // the width, eight.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static double BlockSum(ref float y, ref float dy, int length)
    {
        Unsafe.SkipInit(out Buffer64 strands);
        ref float strand = ref strands[0];
        nuint i = 0, end = (nuint)length;
        if (S.Count == Strands)
        {
            S first = 0, second = 0, third = 0, fourth = 0;
            for (; i + AllStrands <= end; i += AllStrands)
            {
                first += Term(ref y, ref dy, i);
                second += Term(ref y, ref dy, i + Strands);
                third += Term(ref y, ref dy, i + (2 * Strands));
                fourth += Term(ref y, ref dy, i + (3 * Strands));
            }
            if (i < end)
                first += Term(ref y, ref dy, i);
            if (i + Strands < end)
                second += Term(ref y, ref dy, i + Strands);
            if (i + (2 * Strands) < end)
                third += Term(ref y, ref dy, i + (2 * Strands));
            S.Store(first + second + (third + fourth), ref strand, 0);
            return SixteenSum.Of(ref strand);
        }
        if (2 * S.Count == Strands)
        {
            S first = 0, second = 0, third = 0, fourth = 0, upperFirst = 0, upperSecond = 0, upperThird = 0, upperFourth = 0;
            nuint half = (nuint)S.Count;
            for (; i + AllStrands <= end; i += AllStrands)
            {
                first += Term(ref y, ref dy, i);
                upperFirst += Term(ref y, ref dy, i + half);
                second += Term(ref y, ref dy, i + Strands);
                upperSecond += Term(ref y, ref dy, i + Strands + half);
                third += Term(ref y, ref dy, i + (2 * Strands));
                upperThird += Term(ref y, ref dy, i + (2 * Strands) + half);
                fourth += Term(ref y, ref dy, i + (3 * Strands));
                upperFourth += Term(ref y, ref dy, i + (3 * Strands) + half);
            }
            if (i < end)
            {
                first += Term(ref y, ref dy, i);
                upperFirst += Term(ref y, ref dy, i + half);
            }
            if (i + Strands < end)
            {
                second += Term(ref y, ref dy, i + Strands);
                upperSecond += Term(ref y, ref dy, i + Strands + half);
            }
            if (i + (2 * Strands) < end)
            {
                third += Term(ref y, ref dy, i + (2 * Strands));
                upperThird += Term(ref y, ref dy, i + (2 * Strands) + half);
            }
            S.Store(first + second + (third + fourth), ref strand, 0);
            S.Store(upperFirst + upperSecond + (upperThird + upperFourth), ref strand, half);
            return SixteenSum.Of(ref strand);
        }
        ((Span<float>)strands).Clear();
        for (; i < end; i += (nuint)S.Count)
            S.Store(S.Load(ref strand, i % AllStrands) + Term(ref y, ref dy, i), ref strand, i % AllStrands);
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            S.Store(S.Load(ref strand, lane) + S.Load(ref strand, lane + Strands) + (S.Load(ref strand, lane + (2 * Strands))
                + S.Load(ref strand, lane + (3 * Strands))), ref strand, lane);
        return SixteenSum.Of(ref strand);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Term(ref float y, ref float dy, nuint index) => F.BackwardTerm(S.Load(ref y, index), S.Load(ref dy, index));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map(ref float y, ref float dy, ref float dx, int length, float sum)
    {
        if (length == 0)
            return;
        S all = sum, output = S.Load(ref y, 0), gradient = S.Load(ref dy, 0);
        for (nuint i = 0; i < (nuint)length; i += (nuint)S.Count)
        {
            S result = F.Backward(output, gradient, all);
            nuint next = LoopDirection.Next(i, (nuint)S.Count, (nuint)length - (nuint)S.Count - i);
            (output, gradient) = (S.Load(ref y, next), S.Load(ref dy, next));
            S.Store(result, ref dx, i);
        }
    }

    [InlineArray(AllStrands)]
    private struct Buffer64
    {
        private float _element;
    }
}
