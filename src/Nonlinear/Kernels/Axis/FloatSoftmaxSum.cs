using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The sums of exponentials of vectors of floats, as whole numbers, so that the order of the inputs changes no bit.
/// </summary>
/// <remarks>
/// What uses the exponentials takes them beside the largest input, keeps them, and multiplies; what takes the logarithm of their sum takes
/// them beside the second largest: then a rest that is tiny beside the largest exponential keeps its digits. The largest input's own term,
/// which may be anything then, is taken out again: whole numbers that overflow come back unharmed.
/// </remarks>
internal static class FloatSoftmaxSum<F, L>
    where F : struct, IAlongAxis<F>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    // By itself, a loop has all registers for its variables, and the constants of an exponential.
    private const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    private const int Strands = PaddedBlocks<float>.Strands;

    private static ReadOnlySpan<double> Positions => [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>Longer vectors come one by one, to <see cref="RestOfLong"/>.</summary>
    public const int LongestTogether = FixedPointSum.MostTerms & -Strands;

    /// <summary>
    /// Σ e^(x - reference) - 1 of at most 16 vectors of one length, one behind the other; if there is room, the exponentials are kept.
    /// </summary>
    /// <param name="x">The vectors.</param>
    /// <param name="length">The length of a vector, eight or more.</param>
    /// <param name="largest">Receives the largest input of each vector.</param>
    /// <param name="second">Receives the second largest, if it is the reference.</param>
    /// <param name="kept">Room for all exponentials, or none.</param>
    /// <param name="room">The room of a vector's exponentials.</param>
    /// <param name="rests">Receives the sums.</param>
    public static void Rests(
        ReadOnlySpan<float> x, int length, Span<float> largest, Span<float> second, Span<double> kept, int room, Span<double> rests)
    {
        Unsafe.SkipInit(out Buffer16<long> units);
        int count = x.Length / length;
        ref float reference = ref F.UsesExponential ? ref largest[0] : ref second[0];
        Search(x, length, largest, second);
        TermsOfLargest(ref largest[0], ref reference, ref rests[0], (nuint)count, ref LoopExponential<L>.Constants);
        Count(x, length, count, ref reference, kept, room, ref units[0]);
        for (int row = 0; row < count; row++)
            rests[row] = FixedPointSum.ToDouble(unchecked(units[row] - FixedPointSum.Of(rests[row], 1)));
    }

    /// <summary>The same of one vector of any length.</summary>
    public static double RestOfLong(ReadOnlySpan<float> x, ref float largest, ref float second, Span<double> kept)
    {
        int holder = SearchLong(x, ref largest, ref second);
        Unsafe.SkipInit(out Buffer8<double> terms);
        ref float reference = ref F.UsesExponential ? ref largest : ref second;
        TermsOfLargest(ref largest, ref reference, ref terms[0], 1, ref LoopExponential<L>.Constants);
        Int128 total = 0;
        for (int start = 0; start < x.Length; start += LongestTogether)
        {
            Unsafe.SkipInit(out long units);
            ReadOnlySpan<float> piece = x.Slice(start, Math.Min(LongestTogether, x.Length - start));
            Count(piece, piece.Length, 1, ref reference, kept.IsEmpty ? kept : kept[start..], piece.Length, ref units);
            total += start == holder ? unchecked(units - FixedPointSum.Of(terms[0], 1)) : units;
        }
        return FixedPointSum.ToDoubleDouble(total).High.Value;
    }

    private static void Search(ReadOnlySpan<float> x, int length, Span<float> largest, Span<float> second)
    {
        if (F.UsesExponential)
            Largest.OfEach(x, length, largest);
        else
            TopTwo.OfEach(x, length, largest, second);
    }

    // Where the piece begins that holds the largest input, if that is alone.
    private static int SearchLong(ReadOnlySpan<float> x, ref float largest, ref float second)
    {
        int holder = 0;
        largest = second = float.NegativeInfinity;
        for (int start = 0; start < x.Length && !float.IsNaN(largest); start += LongestTogether)
        {
            float first = 0, next = float.NegativeInfinity;
            ReadOnlySpan<float> piece = x.Slice(start, Math.Min(LongestTogether, x.Length - start));
            Search(piece, piece.Length, new(ref first), new(ref next));
            if (first <= largest)
            {
                second = Math.Max(second, first);
                continue;
            }
            (largest, second, holder) = (first, Math.Max(largest, next), start);
        }
        second = float.IsNegativeInfinity(second) ? largest : second;
        return holder;
    }

    private static void Count(
        ReadOnlySpan<float> x, int length, int count, ref float reference, Span<double> kept, int room, ref long units)
    {
        ref float inputs = ref MemoryMarshal.GetReference(x);
        ref double constants = ref LoopExponential<L>.Constants;
        if (kept.IsEmpty)
            Count(ref inputs, length, count, ref reference, ref units, ref constants);
        else
            CountAndKeep(ref inputs, ref kept[0], room, length, count, ref reference, ref units, ref constants);
    }

    [MethodImpl(Loop)]
    private static void Count(ref float x, int length, int count, ref float reference, ref long units, ref double constants) =>
        Count(ref x, ref constants, 0, keeps: false, length, count, ref reference, ref units, ref constants);

    [MethodImpl(Loop)]
    private static void CountAndKeep(
        ref float x, ref double kept, int room, int length, int count, ref float reference, ref long units, ref double constants) =>
        Count(ref x, ref kept, room, keeps: true, length, count, ref reference, ref units, ref constants);

    // Two vectors in lock step where there are registers for it. What is left over behind the last block is the end of a block that
    // overlaps it, and even the vector's piece before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(
        ref float x, ref double kept, int room, bool keeps, int length, int count, ref float reference, ref long units,
        ref double constants)
    {
        LoopExponential<L> exponential = new(ref constants);
        nuint whole = (nuint)(length & -Strands), over = (nuint)(length - Strands);
        for (int row = 0; row < count; row++)
        {
            L sum = 0, shift = Unsafe.Add(ref reference, row);
            nuint i = 0;
            for (; L.Count >= Strands && i + Strands < whole; i += 2 * Strands)
            {
                (L e, L f) = exponential.Of(L.LoadFloat(ref x, i) - shift, L.LoadFloat(ref x, i + Strands) - shift);
                Keep(e, keeps, ref kept, i);
                Keep(f, keeps, ref kept, i + Strands);
                sum = L.AddBits(L.AddBits(sum, e + FixedPointSum.Shift), f + FixedPointSum.Shift);
            }
            for (; i < whole; i += (nuint)L.Count)
            {
                L e = exponential.Of(L.LoadFloat(ref x, i) - shift);
                Keep(e, keeps, ref kept, i);
                sum = L.AddBits(sum, e + FixedPointSum.Shift);
            }
            for (i = 0; whole < (nuint)length && i < Strands; i += (nuint)L.Count)
            {
                L e = exponential.Of(L.LoadFloat(ref x, over + i) - shift);
                Keep(e, keeps, ref kept, over + i);
                sum = L.AddBits(sum, Uncounted(e, i, whole - over) + FixedPointSum.Shift);
            }
            Unsafe.Add(ref units, row) = Units(sum, length);
            x = ref Unsafe.Add(ref x, length);
            kept = ref Unsafe.Add(ref kept, room);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(L exponential, bool keeps, ref double kept, nuint index)
    {
        if (keeps)
            L.Store(exponential, ref kept, index);
    }

    [MethodImpl(Loop)]
    private static void TermsOfLargest(ref float largest, ref float reference, ref double terms, nuint count, ref double constants)
    {
        LoopExponential<L> exponential = new(ref constants);
        for (nuint i = 0; i < count; i += (nuint)L.Count)
            L.Store(exponential.Of(L.LoadFloat(ref largest, i) - L.LoadFloat(ref reference, i)) + FixedPointSum.Shift, ref terms, i);
    }

    // What blocks before have counted counts as nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Uncounted(L exponential, nuint index, nuint counted)
    {
        L position = L.Load(ref MemoryMarshal.GetReference(Positions), index);
        return L.Select(position < (double)counted, 0, exponential);
    }

    private static long Units(L sum, int length) =>
        unchecked(L.TotalOfBits(sum) - (PaddedBlocks<float>.RoundUp(length) * FixedPointSum.ShiftBits));
}
