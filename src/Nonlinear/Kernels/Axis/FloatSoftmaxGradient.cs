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

    // For vectors below, making the constants of exponentials takes longer than it saves; the bits are the same.
    private const int LongEnough = 64;

    private static ReadOnlySpan<double> Positions => [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>dx = Jᵀ dy for vectors of one length, one behind the other; dx may be y or dy itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Run(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length)
    {
        int whole = length & -Strands, rest = length - whole;
        Buffer8<float> outputCopy = default, gradientCopy = default, results = default;
        for (int start = 0; start < y.Length; start += length)
        {
            ref float output = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), start);
            ref float gradient = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy), start);
            ref float result = ref Unsafe.Add(ref MemoryMarshal.GetReference(dx), start);
            scoped ref float outputTail = ref Unsafe.Add(ref output, whole), gradientTail = ref Unsafe.Add(ref gradient, whole);
            // Behind the last vectors there is nothing to read.
            if (rest > 0 && start + whole + Strands > y.Length)
            {
                y.Slice(start + whole, rest).CopyTo(outputCopy);
                dy.Slice(start + whole, rest).CopyTo(gradientCopy);
                outputTail = ref outputCopy[0];
                gradientTail = ref gradientCopy[0];
            }
            double sum = Sum(ref output, ref gradient, (nuint)whole, ref outputTail, ref gradientTail, rest);
            Map(ref output, ref gradient, ref result, (nuint)whole, sum);
            if (rest > 0)
            {
                Map(ref outputTail, ref gradientTail, ref results[0], Strands, sum);
                for (int i = 0; i < rest; i++)
                    Unsafe.Add(ref result, whole + i) = results[i];
            }
            // Where a term is a product of both, a sum that is a number shows that they are, and so are the results.
            if (!F.UsesExponential || !double.IsFinite(sum))
                NaNs.Settle(dx.Slice(start, length));
        }
    }

    // What lies behind a tail counts as 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(ref float y, ref float dy, nuint length, ref float outputTail, ref float gradientTail, int rest)
    {
        Unsafe.SkipInit(out Buffer8<double> sums);
        for (nuint lane = 0; lane < Strands; lane += 2 * (nuint)L.Count)
        {
            // Two vectors of strands in one loop, so that their additions need not wait for each other.
            nuint next = lane + (nuint)L.Count;
            L first = 0, second = 0;
            for (nuint i = 0; i < length; i += Strands)
            {
                first += Term(ref y, ref dy, i + lane);
                if (L.Count < Strands)
                    second += Term(ref y, ref dy, i + next);
            }
            if (rest > 0)
            {
                first += TermOfTail(ref outputTail, ref gradientTail, lane, rest);
                if (L.Count < Strands)
                    second += TermOfTail(ref outputTail, ref gradientTail, next, rest);
            }
            if (2 * L.Count >= Strands)
                return L.Total(L.Count < Strands ? first + second : first);
            L.Store(first, ref sums[0], lane);
            L.Store(second, ref sums[0], next);
        }
        return EightSum.Of(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Term(ref float y, ref float dy, nuint index) =>
        F.BackwardTerm(L.LoadFloat(ref y, index), L.LoadFloat(ref dy, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L TermOfTail(ref float y, ref float dy, nuint lane, int length) =>
        L.Select(L.Load(ref MemoryMarshal.GetReference(Positions), lane) < length, Term(ref y, ref dy, lane), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Map(ref float y, ref float dy, ref float dx, nuint length, double sum)
    {
        if (F.BackwardUsesExponential && length >= LongEnough)
        {
            MapWithExponentials(ref y, ref dy, ref dx, length, sum, ref LoopExponential<L>.Constants);
            return;
        }
        L all = sum;
        for (nuint i = 0; i < length; i += (nuint)L.Count)
            L.StoreFloat(F.Backward(L.LoadFloat(ref y, i), L.LoadFloat(ref dy, i), all), ref dx, i);
    }

    // By itself, so that the constants of the exponential have all registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapWithExponentials(ref float y, ref float dy, ref float dx, nuint length, double sum, ref double constants)
    {
        LoopExponential<L> exponential = new(ref constants);
        L all = sum;
        for (nuint i = 0; i < length; i += (nuint)L.Count)
            L.StoreFloat(F.BackwardWith(exponential.Of(L.LoadFloat(ref y, i)), L.LoadFloat(ref dy, i), all), ref dx, i);
    }
}
