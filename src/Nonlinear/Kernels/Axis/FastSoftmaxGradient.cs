using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The gradient that a function along an axis carries back from its saved outputs, in the fast tier: over floats, for a few contiguous
/// vectors together.
/// </summary>
/// <remarks>
/// Each vector is dealt out to sixteen strands, longer ones to four times as many, which are joined in a fixed order, at last as doubles,
/// after a few terms each: so the sum does not depend on the lane width and is good to 2⁻²² of the sum of magnitudes at any length. Short
/// vectors that do not fill the strands are a strand each, and what their additions lose is kept.
/// </remarks>
internal static class FastSoftmaxGradient<F, S>
    where F : struct, IAlongAxis<F>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private const int Strands = SixteenStrands.Count, AllStrands = 4 * Strands, Block = 8 * AllStrands;

    // Up to here a strand has so few terms that one sum will do.
    private const int LongestInOneLoop = 128;

    // Below it, terms are too close to the smallest float to keep their digits; above it, what is subtracted from a sum may overflow.
    private const float LeastSum = 1e-25f, LargestSum = 1e30f;

    /// <summary>dx = Jᵀ dy for at most 16 vectors of one length.</summary>
    /// <returns>A bit for each vector for which floats do not suffice; of those nothing is written.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // into a method that would clear its locals
    [SkipLocalsInit]
    public static uint Run(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length)
    {
        // Turning them costs as much as the work, so they are turned where they would not fill the strands.
        bool areTurned = length <= SixteenStrands.LongestStrand && length % Strands != 0;
        uint undone = areTurned ? OfStrands(y, dy, dx, length)
            : length <= LongestInOneLoop && length % Strands == 0 ? OfWholeStrands(y, dy, dx, length)
            : OfVectors(y, dy, dx, length);
        // Where a term is a product of both, a sum that is a number shows that they are, and so are the results.
        if (!F.UsesExponential)
            NaNs.Settle(dx); // also what is not yet written is then overwritten
        return undone;
    }

    private static bool Suffices(float sum) => sum == 0 || MathF.Abs(sum) is > LeastSum and < LargestSum;

    // Vectors that are a strand each.
    [SkipLocalsInit]
    private static uint OfStrands(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length)
    {
        Span<float> outputs = CacheLine.Begin(stackalloc float[SixteenStrands.Room + CacheLine.FloatSlack]);
        Span<float> gradients = CacheLine.Begin(stackalloc float[SixteenStrands.Room + CacheLine.FloatSlack]);
        Unsafe.SkipInit(out Buffer16<float> sums);
        ref float source = ref MemoryMarshal.GetReference(outputs), target = ref MemoryMarshal.GetReference(gradients);
        int count = y.Length / length, elements = length * Strands;
        SixteenStrands.Interleave(y, length, ref source);
        SixteenStrands.Interleave(dy, length, ref target);
        bool all = true;
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            all &= MapStrands(ref source, ref target, lane, elements, ref sums[0]);
        uint undone = 0;
        if (!all)
        {
            for (int row = 0; row < count; row++)
                undone |= Suffices(sums[row]) ? 0 : 1u << row;
        }
        if (undone == 0)
        {
            SixteenStrands.Separate(ref target, length, dx);
            return 0;
        }
        for (int row = 0; row < count; row++)
        {
            for (int i = 0; (undone >> row & 1) == 0 && i < length; i++)
                dx[(row * length) + i] = Unsafe.Add(ref target, (i * Strands) + row);
        }
        return undone;
    }

    // Writes the results where the gradients were. Whether floats suffice for all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool MapStrands(ref float y, ref float dy, nuint lane, int elements, ref float sums)
    {
        S sum = 0, lost = 0;
        for (nuint i = lane; i < (nuint)elements; i += Strands)
        {
            S term = Term(ref y, ref dy, i), more = sum + term, part = more - sum;
            lost += sum - (more - part) + (term - part);
            sum = more;
        }
        sum += lost;
        S.Store(sum, ref sums, lane);
        for (nuint i = lane; i < (nuint)elements; i += Strands)
            S.Store(F.Backward(S.Load(ref y, i), S.Load(ref dy, i), sum), ref dy, i);
        S magnitude = S.Abs(sum);
        return S.AllZeroOrAtLeast(LeastSum, magnitude) && S.AllAtLeast(LargestSum, magnitude);
    }

    // Short vectors that fill the strands: with no call between them the processor begins the next while it waits for a sum.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static uint OfWholeStrands(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length)
    {
        uint undone = 0;
        for (int row = 0, start = 0; start < y.Length; row++, start += length)
        {
            ref float outputs = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), start);
            ref float gradients = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy), start);
            ref float results = ref Unsafe.Add(ref MemoryMarshal.GetReference(dx), start);
            float sum = WholeSum(ref outputs, ref gradients, (nuint)length);
            if (!Suffices(sum))
            {
                undone |= 1u << row;
                continue;
            }
            S all = sum;
            for (nuint i = 0; i < (nuint)length; i += (nuint)S.Count)
                S.Store(F.Backward(S.Load(ref outputs, i), S.Load(ref gradients, i), all), ref results, i);
        }
        return undone;
    }

    // By halves, in registers: vectors of sixteen lanes that are stored cannot be read in pieces at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float WholeSum(ref float y, ref float dy, nuint length)
    {
        S first = Strand(ref y, ref dy, 0, length);
        if (S.Count == Strands)
            return S.Total(first);
        S second = Strand(ref y, ref dy, Strands / 2, length);
        if (2 * S.Count == Strands)
            return S.Total(first + second);
        return OtherSum(ref y, ref dy, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float OtherSum(ref float y, ref float dy, nuint length)
    {
        Unsafe.SkipInit(out Buffer16<float> sums);
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            S.Store(Strand(ref y, ref dy, lane, length), ref sums[0], lane);
        for (int half = Strands / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                sums[i] += sums[i + half];
        }
        return sums[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Strand(ref float y, ref float dy, nuint lane, nuint length)
    {
        S sum = Term(ref y, ref dy, lane);
        for (nuint i = lane + Strands; i < length; i += Strands)
            sum += Term(ref y, ref dy, i);
        return sum;
    }

    // Vectors that are dealt out to all strands, one after another: each is then still in the first cache.
    private static uint OfVectors(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length)
    {
        uint undone = 0;
        for (int row = 0, start = 0; start < y.Length; row++, start += length)
        {
            ref float outputs = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), start);
            ref float gradients = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy), start);
            ref float results = ref Unsafe.Add(ref MemoryMarshal.GetReference(dx), start);
            float sum = (float)Sum(ref outputs, ref gradients, length);
            if (Suffices(sum))
                Map(ref outputs, ref gradients, ref results, length, sum);
            else
                undone |= 1u << row;
        }
        return undone;
    }

    private static double Sum(ref float y, ref float dy, int length)
    {
        double total = 0;
        int whole = length & -Strands;
        for (int start = 0; start < whole; start += Block)
            total += BlockSum(ref Unsafe.Add(ref y, start), ref Unsafe.Add(ref dy, start), Math.Min(whole - start, Block));
        if (whole == length)
            return total;
        // The last elements overlap those before, which count as 0.
        Unsafe.SkipInit(out Buffer16<float> terms);
        AddLastTerms(ref Unsafe.Add(ref y, length - Strands), ref Unsafe.Add(ref dy, length - Strands), length - whole, ref terms[0]);
        return total + SixteenSum.Of(ref terms[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddLastTerms(ref float y, ref float dy, int count, ref float terms)
    {
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            S.Store(S.Select(LanePositions<S>.From(lane) < Strands - count, 0, Term(ref y, ref dy, lane)), ref terms, lane);
    }

    // The element at a position goes to the strand of that number, modulo 64.
    [SkipLocalsInit]
    private static double BlockSum(ref float y, ref float dy, int length)
    {
        Unsafe.SkipInit(out Buffer16<float> strands);
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            AddTerms(ref y, ref dy, lane, length, ref strands[0]);
        return SixteenSum.Of(ref strands[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddTerms(ref float y, ref float dy, nuint lane, int length, ref float strands)
    {
        S first = 0, second = 0, third = 0, fourth = 0;
        nuint i = lane, end = (nuint)length;
        for (; i + (3 * Strands) < end; i += AllStrands)
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
        S.Store(first + second + (third + fourth), ref strands, lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Term(ref float y, ref float dy, nuint index) => F.BackwardTerm(S.Load(ref y, index), S.Load(ref dy, index));

    // dx may be y or dy: the last results, which overlap those before, are computed before and stored behind them.
    private static void Map(ref float y, ref float dy, ref float dx, int length, float sum)
    {
        Unsafe.SkipInit(out Buffer16<float> last);
        nuint whole = (nuint)(length & -Strands), end = (nuint)(length - Strands);
        bool overlaps = length % Strands != 0;
        if (overlaps)
            MapWhole(ref Unsafe.Add(ref y, end), ref Unsafe.Add(ref dy, end), ref last[0], Strands, sum);
        MapWhole(ref y, ref dy, ref dx, whole, sum);
        if (overlaps)
            ((ReadOnlySpan<float>)last).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref dx, end), Strands));
    }

    private static void MapWhole(ref float y, ref float dy, ref float dx, nuint length, float sum)
    {
        if (F.BackwardUsesExponential)
            MapWithExponentials(ref y, ref dy, ref dx, length, sum, ref FloatLoopExponential<S>.Constants);
        else
            MapPlainly(ref y, ref dy, ref dx, length, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapWithExponentials(ref float y, ref float dy, ref float dx, nuint length, float sum, ref float constants)
    {
        FloatLoopExponential<S> exponential = new(ref constants);
        S all = sum;
        for (nuint i = 0; i < length; i += (nuint)S.Count)
            S.Store(F.BackwardWith(exponential.OfAny(S.Load(ref y, i)), S.Load(ref dy, i), all), ref dx, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapPlainly(ref float y, ref float dy, ref float dx, nuint length, float sum)
    {
        S all = sum;
        LoopDirection course = LoopDirection.Choose(length, (nuint)S.Count, ref y, ref dy, ref dx);
        nuint i = course.Start, step = course.Step;
        for (nuint left = length / (nuint)S.Count; left > 0; left--, i += step)
            S.Store(F.Backward(S.Load(ref y, i), S.Load(ref dy, i), all), ref dx, i);
    }
}
