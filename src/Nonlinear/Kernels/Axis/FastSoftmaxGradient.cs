using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The gradient that a function along an axis carries back from its saved outputs, in the fast tier: over floats, for one contiguous
/// vector.
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

    /// <summary>dx = Jᵀ dy; false, and nothing is written, where floats do not suffice.</summary>
    public static bool TryRun(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        int whole = y.Length / Strands * Strands, rest = y.Length - whole;
        ref float outputs = ref MemoryMarshal.GetReference(y), gradients = ref MemoryMarshal.GetReference(dy);
        Buffer16<float> lastOutputs = default, lastGradients = default; // what does not fill the strands
        double sum = Sum(ref outputs, ref gradients, whole);
        if (rest > 0)
        {
            y[whole..].CopyTo(lastOutputs);
            dy[whole..].CopyTo(lastGradients);
            sum += BlockSum(ref lastOutputs[0], ref lastGradients[0], Strands);
        }
        if (sum != 0 && !(Math.Abs(sum) is > LeastSum and < float.MaxValue))
            return false;
        Map(ref outputs, ref gradients, ref MemoryMarshal.GetReference(dx), whole, (float)sum);
        if (rest > 0)
        {
            Map(ref lastOutputs[0], ref lastGradients[0], ref lastGradients[0], Strands, (float)sum);
            ((ReadOnlySpan<float>)lastGradients)[..rest].CopyTo(dx[whole..]);
        }
        NaNs.Settle(dx);
        return true;
    }

    private static double Sum(ref float y, ref float dy, int length)
    {
        double total = 0;
        for (int start = 0; start < length; start += Block)
            total += BlockSum(ref Unsafe.Add(ref y, start), ref Unsafe.Add(ref dy, start), Math.Min(length - start, Block));
        return total;
    }

    // The element at a position goes to the strand of that number, modulo 64.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static double BlockSum(ref float y, ref float dy, int length)
    {
        Unsafe.SkipInit(out Buffer64 strands);
        ref float strand = ref strands[0];
        S first = 0, second = 0, third = 0, fourth = 0;
        nuint i = 0, end = (nuint)length;
        if (S.Count == Strands)
        {
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
            return FastSoftmaxLoop<F, S>.Total(((ReadOnlySpan<float>)strands)[..Strands]);
        }
        ((Span<float>)strands).Clear();
        for (; i < end; i += (nuint)S.Count)
            S.Store(S.Load(ref strand, i % AllStrands) + Term(ref y, ref dy, i), ref strand, i % AllStrands);
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            S.Store(S.Load(ref strand, lane) + S.Load(ref strand, lane + Strands) + (S.Load(ref strand, lane + (2 * Strands))
                + S.Load(ref strand, lane + (3 * Strands))), ref strand, lane);
        return FastSoftmaxLoop<F, S>.Total(((ReadOnlySpan<float>)strands)[..Strands]);
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
