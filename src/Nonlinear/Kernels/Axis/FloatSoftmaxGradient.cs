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
/// Where a gradient is made of its term, those of short vectors are kept, and one number in four need not be converted again; and the sums
/// of some vectors come before the gradients of the first, which would wait for its own.
/// </remarks>
internal static class FloatSoftmaxGradient<F, L>
    where F : struct, IAlongAxis<F>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // By itself, a loop has all registers for its variables, and the constants of an exponential.
    private const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    private const int Strands = PaddedBlocks<float>.Strands;

    // For each longer vector the constants of exponentials may be made anew; for shorter ones they are made for some at once. For a rest
    // they are left in the formula, which has the same bits.
    private const int LongEnough = 64;

    // So many terms stay in the first cache with what they are made of; so many vectors at once are enough.
    private const int Room = 1024, MostVectors = 32;

    private static ReadOnlySpan<double> Positions => [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>dx = Jᵀ dy for vectors of one length, one behind the other; dx may be y or dy itself.</summary>
    [SkipLocalsInit]
    public static void Run(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length)
    {
        int padded = PaddedBlocks<float>.RoundUp(length), start = 0;
        if (F.IsOfShares && padded <= (F.BackwardUsesExponential ? LongEnough : Room))
        {
            Span<double> terms = CacheLine.Begin(stackalloc double[Room + CacheLine.Slack]), sums = stackalloc double[MostVectors];
            int atOnce = Math.Min(Room / padded, MostVectors) * length;
            // Behind the last vector there is nothing to read.
            for (int last = y.Length - (length < padded ? length : 0); start < last; start += atOnce)
            {
                atOnce = Math.Min(atOnce, last - start);
                RunWithTerms(y.Slice(start, atOnce), dy.Slice(start, atOnce), dx.Slice(start, atOnce), length, terms, sums);
            }
        }
        RunOneByOne(y[start..], dy[start..], dx[start..], length);
    }

    private static void RunWithTerms(
        ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length, Span<double> terms, Span<double> sums)
    {
        int count = y.Length / length;
        SumTerms(ref At(y, 0), ref At(dy, 0), ref terms[0], ref sums[0], count, length);
        MapTerms(ref At(y, 0), ref terms[0], ref sums[0], ref At<float>(dx, 0), count, length, ref LoopExponential<L>.Constants);
        for (int vector = 0; vector < count; vector++)
        {
            if (!F.UsesExponential || !double.IsFinite(sums[vector]))
                NaNs.Settle(dx.Slice(vector * length, length));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void RunOneByOne(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int length)
    {
        int whole = length & -Strands, rest = length - whole;
        Buffer8<float> outputCopy = default, gradientCopy = default, results = default;
        Unsafe.SkipInit(out double none);
        for (int start = 0; start < y.Length; start += length)
        {
            ref float output = ref At(y, start), gradient = ref At(dy, start), result = ref At<float>(dx, start);
            scoped ref float outputTail = ref Unsafe.Add(ref output, whole), gradientTail = ref Unsafe.Add(ref gradient, whole);
            // Behind the last vectors there is nothing to read.
            if (rest > 0 && start + whole + Strands > y.Length)
            {
                y.Slice(start + whole, rest).CopyTo(outputCopy);
                dy.Slice(start + whole, rest).CopyTo(gradientCopy);
                outputTail = ref outputCopy[0];
                gradientTail = ref gradientCopy[0];
            }
            double sum = Sum(ref output, ref gradient, (nuint)whole, ref outputTail, ref gradientTail, rest, keep: false, ref none);
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

    [MethodImpl(Loop)]
    private static void SumTerms(ref float y, ref float dy, ref double terms, ref double sums, int count, int length)
    {
        nuint whole = (nuint)(length & -Strands), padded = (nuint)PaddedBlocks<float>.RoundUp(length);
        int rest = length - (int)whole;
        for (int vector = 0; vector < count; vector++)
        {
            ref float outputTail = ref Unsafe.Add(ref y, whole), gradientTail = ref Unsafe.Add(ref dy, whole);
            Unsafe.Add(ref sums, vector) = Sum(ref y, ref dy, whole, ref outputTail, ref gradientTail, rest, keep: true, ref terms);
            y = ref Unsafe.Add(ref y, length);
            dy = ref Unsafe.Add(ref dy, length);
            terms = ref Unsafe.Add(ref terms, padded);
        }
    }

    [MethodImpl(Loop)]
    [SkipLocalsInit]
    private static void MapTerms(
        ref float y, ref double terms, ref double sums, ref float dx, int count, int length, ref double constants)
    {
        Unsafe.SkipInit(out Buffer8<float> results);
        LoopExponential<L> exponential = new(ref constants);
        nuint whole = (nuint)(length & -Strands), padded = (nuint)PaddedBlocks<float>.RoundUp(length);
        for (int vector = 0; vector < count; vector++)
        {
            L sum = Unsafe.Add(ref sums, vector);
            for (nuint i = 0; i < whole; i += (nuint)L.Count)
            {
                L.StoreFloat(FromTerm(ref y, ref terms, i, sum, exponential), ref dx, i);
                if (L.Count >= Strands)
                    continue;
                i += (nuint)L.Count;
                L.StoreFloat(FromTerm(ref y, ref terms, i, sum, exponential), ref dx, i);
            }
            if (whole < padded)
            {
                for (nuint i = 0; i < Strands; i += (nuint)L.Count)
                    L.StoreFloat(FromTerm(ref y, ref terms, whole + i, sum, exponential), ref results[0], i);
                for (int i = 0; i < length - (int)whole; i++)
                    Unsafe.Add(ref dx, whole + (nuint)i) = results[i];
            }
            y = ref Unsafe.Add(ref y, length);
            dx = ref Unsafe.Add(ref dx, length);
            terms = ref Unsafe.Add(ref terms, padded);
        }
    }

    // What lies behind a tail counts as 0.
    [MethodImpl(Inline)]
    private static double Sum(
        ref float y, ref float dy, nuint length, ref float outputTail, ref float gradientTail, int rest, bool keep, ref double terms)
    {
        Unsafe.SkipInit(out Buffer8<double> sums);
        for (nuint lane = 0; lane < Strands; lane += 2 * (nuint)L.Count)
        {
            // Two vectors of strands in one loop, so that their additions need not wait for each other.
            nuint next = lane + (nuint)L.Count;
            L first = 0, second = 0;
            for (nuint i = 0; i < length; i += Strands)
            {
                first += Kept(Term(ref y, ref dy, i + lane), keep, ref terms, i + lane);
                if (L.Count < Strands)
                    second += Kept(Term(ref y, ref dy, i + next), keep, ref terms, i + next);
            }
            if (rest > 0)
            {
                first += Kept(TermOfTail(ref outputTail, ref gradientTail, lane, rest), keep, ref terms, length + lane);
                if (L.Count < Strands)
                    second += Kept(TermOfTail(ref outputTail, ref gradientTail, next, rest), keep, ref terms, length + next);
            }
            if (2 * L.Count >= Strands)
                return L.Total(L.Count < Strands ? first + second : first);
            L.Store(first, ref sums[0], lane);
            L.Store(second, ref sums[0], next);
        }
        return EightSum.Of(sums);
    }

    [MethodImpl(Inline)]
    private static L Kept(L term, bool keep, ref double terms, nuint index)
    {
        if (keep)
            L.Store(term, ref terms, index);
        return term;
    }

    [MethodImpl(Inline)]
    private static L Term(ref float y, ref float dy, nuint index) =>
        F.BackwardTerm(L.LoadFloat(ref y, index), L.LoadFloat(ref dy, index));

    [MethodImpl(Inline)]
    private static L FromTerm(ref float y, ref double terms, nuint index, L sum, in LoopExponential<L> exponential)
    {
        L output = L.LoadFloat(ref y, index), term = L.Load(ref terms, index);
        return F.BackwardUsesExponential
            ? F.BackwardWith(exponential.Of(output), term, sum)
            : F.BackwardFromTerm(output, term, sum);
    }

    [MethodImpl(Inline)]
    private static L TermOfTail(ref float y, ref float dy, nuint lane, int length) =>
        L.Select(L.Load(ref MemoryMarshal.GetReference(Positions), lane) < length, Term(ref y, ref dy, lane), 0);

    [MethodImpl(Inline)]
    private static void Map(ref float y, ref float dy, ref float dx, nuint length, double sum)
    {
        if (F.BackwardUsesExponential && length > LongEnough)
        {
            MapWithExponentials(ref y, ref dy, ref dx, length, sum, ref LoopExponential<L>.Constants);
            return;
        }
        L all = sum;
        LoopDirection course = LoopDirection.Choose(length, (nuint)L.Count, ref y, ref dy, ref dx);
        nuint i = course.Start, step = course.Step;
        for (nuint left = length / (nuint)L.Count; left > 0; left--, i += step)
        {
            L output = L.LoadFloat(ref y, i);
            L result = F.IsOfShares && !F.BackwardUsesExponential
                ? F.BackwardFromTerm(output, Term(ref y, ref dy, i), all)
                : F.Backward(output, L.LoadFloat(ref dy, i), all);
            L.StoreFloat(result, ref dx, i);
        }
    }

    [MethodImpl(Loop)]
    private static void MapWithExponentials(ref float y, ref float dy, ref float dx, nuint length, double sum, ref double constants)
    {
        LoopExponential<L> exponential = new(ref constants);
        L all = sum;
        for (nuint i = 0; i < length; i += (nuint)L.Count)
            L.StoreFloat(F.BackwardWith(exponential.Of(L.LoadFloat(ref y, i)), L.LoadFloat(ref dy, i), all), ref dx, i);
    }

    [MethodImpl(Inline)]
    private static ref T At<T>(ReadOnlySpan<T> span, int index) => ref Unsafe.Add(ref MemoryMarshal.GetReference(span), index);
}
