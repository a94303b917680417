using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The gradient that a function along an axis carries back from its saved outputs, dx = Jᵀ dy, on floats in the exact tier: computed in
/// doubles, one contiguous vector after another.
/// </summary>
/// <remarks>
/// Converting floats to doubles is most of the work, so there is nothing else in the loops, and next to nothing between two vectors, which
/// may be short. A product of two floats is exact. The terms run in eight interleaved strands, joined pairwise, whatever the lane width.
/// </remarks>
internal static class FloatSoftmaxGradient<F, L>
    where F : struct, IAlongAxis<F>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const int Strands = PaddedBlocks<float>.Strands;

    /// <summary>dx = Jᵀ dy for vectors of one length, one behind the other; dx may be y or dy itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Run(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length)
    {
        int whole = length & -Strands, rest = length - whole;
        // A row's tail with zeros behind it, which add nothing to any sum.
        Buffer8<float> outputTail = default, gradientTail = default;
        Unsafe.SkipInit(out Buffer8<double> sums);
        for (int start = 0; start < y.Length; start += length)
        {
            ref float outputs = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), start);
            ref float gradients = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy), start);
            ref float results = ref Unsafe.Add(ref MemoryMarshal.GetReference(dx), start);
            for (int i = 0; i < rest; i++)
            {
                outputTail[i] = Unsafe.Add(ref outputs, whole + i);
                gradientTail[i] = Unsafe.Add(ref gradients, whole + i);
            }
            for (nuint lane = 0; lane < Strands; lane += 2 * (nuint)L.Count)
                AddTerms(ref outputs, ref gradients, ref outputTail[0], ref gradientTail[0], (nuint)whole, rest > 0, lane, ref sums[0]);
            double sum = EightSum.Of(sums);
            Map(ref outputs, ref gradients, ref results, (nuint)whole, sum);
            if (rest > 0)
            {
                Buffer8<float> resultTail = default;
                Map(ref outputTail[0], ref gradientTail[0], ref resultTail[0], Strands, sum);
                for (int i = 0; i < rest; i++)
                    Unsafe.Add(ref results, whole + i) = resultTail[i];
            }
            // Where a term is a product of both, a sum that is a number shows that they are, and so are the results.
            if (!F.UsesExponential || !double.IsFinite(sum))
                NaNs.Settle(dx.Slice(start, length));
        }
    }

    // The sums of up to two vectors of strands, from one of them on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTerms(
        ref float y, ref float dy, ref float outputTail, ref float gradientTail, nuint length, bool hasTail, nuint lane, ref double sums)
    {
        bool two = L.Count < Strands;
        nuint next = lane + (nuint)L.Count;
        L first = 0, second = 0;
        for (nuint i = 0; i < length; i += Strands)
        {
            first += Term(ref y, ref dy, i + lane);
            if (two)
                second += Term(ref y, ref dy, i + next);
        }
        if (hasTail)
        {
            first += Term(ref outputTail, ref gradientTail, lane);
            if (two)
                second += Term(ref outputTail, ref gradientTail, next);
        }
        L.Store(first, ref sums, lane);
        if (two)
            L.Store(second, ref sums, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Term(ref float y, ref float dy, nuint index) =>
        F.BackwardTerm(L.LoadFloat(ref y, index), L.LoadFloat(ref dy, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Map(ref float y, ref float dy, ref float dx, nuint length, double sum)
    {
        L all = sum;
        for (nuint i = 0; i < length; i += (nuint)L.Count)
            L.StoreFloat(F.Backward(L.LoadFloat(ref y, i), L.LoadFloat(ref dy, i), all), ref dx, i);
    }
}
