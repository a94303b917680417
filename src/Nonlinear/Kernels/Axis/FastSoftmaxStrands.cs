using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The loops of <see cref="FastSoftmaxLoop{F, S}"/> over some of <see cref="SixteenStrands"/>, a lane each.</summary>
/// <remarks>
/// Vectors go from loop to loop in memory: as arguments they would be copied there in halves, which are slow to read whole. What is kept of
/// the strands are four times sixteen numbers: the sums of the exponentials, what the additions have lost, the largest and the smallest
/// inputs.
/// </remarks>
internal static class FastSoftmaxStrands<F, S>
    where F : struct, IAlongAxis<F>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private const int Strands = SixteenStrands.Count;

    /// <summary>Where what additions have lost, the largest and the smallest inputs lie.</summary>
    public const int Loss = Strands, Max = 2 * Strands, Min = 3 * Strands;

    /// <summary>How far the sums of one vector begin behind those of another.</summary>
    public const int AllSums = 4 * Strands;

    /// <summary>Exponentials of smaller inputs, and their sums, are far from both ends of the range.</summary>
    public const float SmallInput = 64;

    /// <summary>
    /// Adds exponentials to the sums of some vectors, or of pieces of them, and keeps them if the function uses them.
    /// </summary>
    /// <param name="x">The first of the inputs.</param>
    /// <param name="kept">Where the first exponential goes.</param>
    /// <param name="pieces">How many inputs there are, and where.</param>
    /// <param name="lane">The number of the first of the strands.</param>
    /// <param name="references">What exponentials are taken beside, for each strand.</param>
    /// <param name="sums">The first of the sums of the first vector.</param>
    /// <param name="constants">The first of <see cref="FloatLoopExponential{S}.Constants"/>.</param>
    /// <param name="lows">The second floats of the inputs, if they are two floats each.</param>
    /// <returns>A bit for each vector whose inputs were not all small; with NaN among them, either.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static uint AddExponentials<TExponential>(
        ref float x, ref float kept, in StrandPieces pieces, nuint lane, ref float references, ref float sums, ref float constants,
        ref float lows)
        where TExponential : struct, IExponential<TExponential, S>
    {
        TExponential exponentialOf = TExponential.With(ref constants);
        S reference = S.Load(ref references, lane);
        int count = pieces.Count, stride = pieces.Stride, tail = pieces.Tail;
        bool inPairs = pieces.InPairs, begins = pieces.Begins;
        nuint end = (nuint)pieces.Length, over = lane + end + (nuint)tail - Strands;
        uint large = 0;
        for (int row = 0; row < count; row++)
        {
            S sum = 0, loss = 0, max = float.NegativeInfinity, min = float.PositiveInfinity, last = default;
            if (!begins)
            {
                (sum, loss) = (S.Load(ref sums, lane), S.Load(ref sums, Loss + lane));
                (max, min) = (S.Load(ref sums, Max + lane), S.Load(ref sums, Min + lane));
            }
            // Exponentials may take the place of their inputs.
            if (tail != 0)
                last = S.Load(ref x, over);
            nuint i = lane;
            if (F.UsesExponential && inPairs)
            {
                for (; i + Strands < end; i += 2 * Strands)
                {
                    S input = S.Load(ref x, i), next = S.Load(ref x, i + Strands);
                    (max, min) = (S.Larger(max, S.Larger(input, next)), S.Smaller(min, S.Smaller(input, next)));
                    S exponential = Of(exponentialOf, input, reference, ref lows, i);
                    S other = Of(exponentialOf, next, reference, ref lows, i + Strands);
                    S.Store(exponential, ref kept, i);
                    S.Store(other, ref kept, i + Strands);
                    Add(exponential + other, ref sum, ref loss);
                }
            }
            for (; i < end; i += Strands)
            {
                S input = S.Load(ref x, i), exponential = Of(exponentialOf, input, reference, ref lows, i);
                (max, min) = (S.Larger(max, input), S.Smaller(min, input));
                if (F.UsesExponential)
                    S.Store(exponential, ref kept, i);
                Add(exponential, ref sum, ref loss);
            }
            if (tail != 0)
            {
                // What it overlaps has been counted, or is an input that other strands have yet to count.
                S exponential = Of(exponentialOf, last, reference, ref lows, over), position = LanePositions<S>.From(lane);
                S seen = position < Strands - tail;
                if (F.UsesExponential)
                    S.Store(S.Select(seen, S.Load(ref kept, over), exponential), ref kept, over);
                max = S.Larger(max, S.Select(seen, float.NegativeInfinity, last));
                min = S.Smaller(min, last);
                Add(S.Select(seen, 0, exponential), ref sum, ref loss);
            }
            S.Store(sum, ref sums, lane);
            S.Store(loss, ref sums, Loss + lane);
            S.Store(max, ref sums, Max + lane);
            S.Store(min, ref sums, Min + lane);
            large |= S.AllAtLeast(SmallInput, max) && S.AllAtLeast(min, -SmallInput) ? 0 : 1u << row;
            x = ref Unsafe.Add(ref x, stride);
            kept = ref Unsafe.Add(ref kept, stride);
            if (TExponential.TakesPairs)
                lows = ref Unsafe.Add(ref lows, stride);
            sums = ref Unsafe.Add(ref sums, AllSums);
        }
        return large;
    }

    /// <summary>Finds the largest inputs of some vectors alone.</summary>
    /// <returns>A bit for each vector whose inputs were not all small; with NaN among them, either.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static uint FindLargest(ref float x, int length, int count, ref float sums)
    {
        uint large = 0;
        nuint over = (nuint)(length - Strands);
        for (int row = 0; row < count; row++)
        {
            for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            {
                S max = S.Load(ref x, over + lane), min = max;
                for (nuint i = lane; i < over + lane; i += Strands)
                {
                    S input = S.Load(ref x, i);
                    (max, min) = (S.Larger(max, input), S.Smaller(min, input));
                }
                S.Store(max, ref sums, Max + lane);
                large |= S.AllAtLeast(SmallInput, max) && S.AllAtLeast(min, -SmallInput) ? 0 : 1u << row;
            }
            x = ref Unsafe.Add(ref x, length);
            sums = ref Unsafe.Add(ref sums, AllSums);
        }
        return large;
    }

    /// <summary>The largest input of all strands of each vector. Of strands with NaN, any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void JoinLargest(ref float sums, int count, ref float results)
    {
        for (int row = 0; row < count; row++)
        {
            S largest = S.Load(ref sums, Max);
            for (nuint lane = (nuint)S.Count; lane < Strands; lane += (nuint)S.Count)
                largest = S.Larger(largest, S.Load(ref sums, Max + lane));
            Unsafe.Add(ref results, row) = S.LargestLane(largest);
            sums = ref Unsafe.Add(ref sums, AllSums);
        }
    }

    /// <summary>The sum of all strands of each vector, as two floats; NaN where its largest input is no number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void JoinSums(ref float sums, int count, ref float largest, ref float results, ref float losses)
    {
        for (int row = 0; row < count; row++)
        {
            double sum = SixteenSum.Of(ref sums, ref Unsafe.Add(ref sums, Loss));
            float high = float.IsFinite(Unsafe.Add(ref largest, row)) ? (float)sum : float.NaN;
            (Unsafe.Add(ref results, row), Unsafe.Add(ref losses, row)) = (high, (float)(sum - high));
            sums = ref Unsafe.Add(ref sums, AllSums);
        }
    }

    /// <summary>
    /// Takes the exponential of the largest input of each vector out of the first strand that it is in, so that a rest which is tiny beside
    /// it keeps its digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TakeLargest(ref float sums, int count, ref float largest, ref float exponentials)
    {
        for (int row = 0; row < count; row++)
        {
            S max = Unsafe.Add(ref largest, row), first = -Strands;
            for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
                first = S.Larger(first, S.Select(S.Load(ref sums, Max + lane) < max, -Strands, -LanePositions<S>.From(lane)));
            S holder = -S.LargestLane(first), exponential = Unsafe.Add(ref exponentials, row);
            for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            {
                S distance = S.Abs(LanePositions<S>.From(lane) - holder);
                S.Store(S.Load(ref sums, lane) - S.Select(distance < 0.5, exponential, 0), ref sums, lane);
            }
            sums = ref Unsafe.Add(ref sums, AllSums);
        }
    }

    /// <summary>Outputs from inputs or, if the function uses them, exponentials; with numbers for each strand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Map(ref float source, ref float target, int length, ref float tops, ref float values, ref float losts)
    {
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
        {
            S top = S.Load(ref tops, lane), value = S.Load(ref values, lane), lost = S.Load(ref losts, lane);
            for (nuint i = lane; i < (nuint)length; i += Strands)
                S.Store(Output(S.Load(ref source, i), top, value, lost), ref target, i);
        }
    }

    /// <summary>The same of some vectors of one length, one behind the other, with numbers for all strands of each.</summary>
    /// <param name="source">The first of the inputs or exponentials.</param>
    /// <param name="target">Where the first output goes.</param>
    /// <param name="length">The length of a vector.</param>
    /// <param name="count">The number of vectors.</param>
    /// <param name="undone">A bit for each that is left as it is.</param>
    /// <param name="tops">The largest input of each.</param>
    /// <param name="values">The number that each is mapped with.</param>
    /// <param name="losts">What that lacks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Map(
        ref float source, ref float target, int length, int count, uint undone, ref float tops, ref float values, ref float losts)
    {
        nuint step = (nuint)S.Count, end = (nuint)length / step * step, over = (nuint)length - step;
        for (int row = 0; row < count; row++)
        {
            S top = Unsafe.Add(ref tops, row), value = Unsafe.Add(ref values, row), lost = Unsafe.Add(ref losts, row);
            if ((undone >> row & 1) == 0)
            {
                // It overlaps the vector before it, whose place may be that of its inputs.
                S last = end < (nuint)length ? Output(S.Load(ref source, over), top, value, lost) : default;
                for (nuint i = 0; i < end; i += step)
                    S.Store(Output(S.Load(ref source, i), top, value, lost), ref target, i);
                if (end < (nuint)length)
                    S.Store(last, ref target, over);
            }
            source = ref Unsafe.Add(ref source, length);
            target = ref Unsafe.Add(ref target, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Output(S loaded, S top, S value, S lost) =>
        F.UsesExponential ? S.Fma(loaded, value, loaded * lost) : loaded - top - value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Of<TExponential>(in TExponential exponentialOf, S input, S reference, ref float lows, nuint index)
        where TExponential : struct, IExponential<TExponential, S> =>
        TExponential.TakesPairs ? exponentialOf.OfPair(input, S.Load(ref lows, index)) : exponentialOf.Of(input, reference);

    // What the addition loses is a number, and what is NaN stays so. (O. Møller, Quasi Double-Precision in Floating Point Addition, 1965.)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(S term, ref S sum, ref S loss)
    {
        S more = sum + term;
        loss += S.Smaller(sum, term) - (more - S.Larger(sum, term));
        sum = more;
    }
}
