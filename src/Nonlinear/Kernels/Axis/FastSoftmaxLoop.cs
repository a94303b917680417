using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The loop of functions along an axis in the fast tier: over floats, for a few contiguous vectors together.</summary>
/// <remarks>
/// One vector is a chain of steps that wait for each other: exponentials, sum, quotient, products. So each step is done for all vectors
/// before the next begins, and no result depends on the others. Where no input is large, exponentials are taken of the inputs themselves,
/// and nobody has to look for the largest one first. Their sums run in <see cref="SixteenStrands"/>, and each strand keeps what its
/// additions lose, so that a rest which is tiny beside the largest exponential keeps its digits where a function needs them.
/// </remarks>
internal static class FastSoftmaxLoop<F, S>
    where F : struct, IAlongAxis<F>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private const int Strands = SixteenStrands.Count;

    // What a strand has lost is kept to a share of 2⁻²⁴, so a sum is good to the square of the number of its terms times 2⁻⁴⁹.
    private const int LongestBlock = 256 * Strands;

    // Below it, many of the exponentials that make up the sum of all but the largest are subnormal.
    private const double LeastSum = 1e-30;

    /// <summary>y = F(x) for at most 16 vectors of one length.</summary>
    /// <returns>A bit for each vector for which floats do not suffice; of those nothing is written.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // into a method that would clear its locals
    [SkipLocalsInit]
    public static uint Forward(ReadOnlySpan<float> x, Span<float> y, int length)
    {
        ref FastSoftmaxRows rows = ref CacheLine.Place<FastSoftmaxRows>(stackalloc byte[CacheLine.RoomFor<FastSoftmaxRows>()]);
        (rows.Max, rows.BesideLargest) = (default, 0);
        uint undone = length <= SixteenStrands.LongestStrand
            ? OfStrands(x, y, length, ref rows)
            : OfVectors(x, y, length, ref rows);
        for (int row = 0; AnyIsNaN(ref rows.Value[0]) && row < x.Length / length; row++)
        {
            if (float.IsNaN(rows.Value[row]) && (undone >> row & 1) == 0)
                y.Slice(row * length, length).Fill(float.NaN);
        }
        return undone;
    }

    private static bool AnyIsNaN(ref float values)
    {
        bool any = false;
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            any |= !S.AllEqual(S.Load(ref values, lane), S.Load(ref values, lane));
        return any;
    }

    // Vectors that are a strand each.
    [SkipLocalsInit]
    private static uint OfStrands(ReadOnlySpan<float> x, Span<float> y, int length, ref FastSoftmaxRows rows)
    {
        Span<float> inputs = CacheLine.Begin(stackalloc float[SixteenStrands.Room + CacheLine.FloatSlack]);
        Span<float> results = CacheLine.Begin(stackalloc float[SixteenStrands.Room + CacheLine.FloatSlack]);
        ref float source = ref MemoryMarshal.GetReference(inputs), target = ref MemoryMarshal.GetReference(results);
        int elements = length * Strands;
        SixteenStrands.Interleave(x, length, ref source);
        ref float sums = ref rows.FirstSum(0);
        bool small = AddExponentials<OfInputs<S>>(ref source, ref target, elements, ref sums, ref rows);
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
        {
            S sum = S.Load(ref sums, lane), max = S.Load(ref sums, FastSoftmaxStrands<F, S>.Max + lane);
            if (!F.UsesExponential)
                sum -= new FloatLoopExponential<S>(ref FloatLoopExponential<S>.Constants).Of(max);
            S.Store(sum, ref rows.Sum[0], lane);
            S.Store(S.Load(ref sums, FastSoftmaxStrands<F, S>.Loss + lane), ref rows.Loss[0], lane);
            S.Store(max, ref rows.Max[0], lane);
        }
        if (!small)
            MendLarge(ref source, ref target, elements, ref rows);
        uint undone = Normalize(x.Length / length, ref rows);
        FastSoftmaxStrands<F, S>.Map(
            ref F.UsesExponential ? ref target : ref source, ref target, elements, ref rows.Max[0], ref rows.Value[0], ref rows.Lost[0]);
        for (int row = 0; undone >> row != 0; row++)
        {
            if ((undone >> row & 1) != 0)
                CopyStrand(ref source, ref target, row, elements);
        }
        SixteenStrands.Separate(ref target, length, y);
        return undone;
    }

    // Takes the exponentials of differences instead.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MendLarge(ref float source, ref float target, int elements, ref FastSoftmaxRows rows)
    {
        Span<float> results = CacheLine.Begin(stackalloc float[SixteenStrands.Room + CacheLine.FloatSlack]);
        ref float others = ref MemoryMarshal.GetReference(results);
        ref float sums = ref rows.FirstSum(1);
        AddExponentials<OfDifferences<S>>(ref source, ref others, elements, ref sums, ref rows);
        for (int row = 0; row < Strands; row++)
        {
            float max = rows.Max[row], sum = Unsafe.Add(ref sums, row);
            float min = Unsafe.Add(ref sums, FastSoftmaxStrands<F, S>.Min + row);
            if (max <= FastSoftmaxStrands<F, S>.SmallInput && min >= -FastSoftmaxStrands<F, S>.SmallInput)
                continue;
            rows.Sum[row] = !float.IsFinite(max) ? float.NaN : F.UsesExponential ? sum : sum - 1;
            rows.Loss[row] = Unsafe.Add(ref sums, FastSoftmaxStrands<F, S>.Loss + row);
            rows.BesideLargest |= 1u << row;
            if (F.UsesExponential)
                CopyStrand(ref others, ref target, row, elements);
        }
    }

    private static bool AddExponentials<TExponential>(
        ref float source, ref float kept, int elements, ref float sums, ref FastSoftmaxRows rows)
        where TExponential : struct, IExponential<TExponential, S>
    {
        bool small = true;
        StrandPieces all = new(Count: 1, Stride: elements, elements, Tail: 0, InPairs: false, Begins: true);
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            small &= FastSoftmaxStrands<F, S>.AddExponentials<TExponential>(
                ref source, ref kept, all, lane, ref rows.Max[0], ref sums, ref FloatLoopExponential<S>.Constants,
                ref Unsafe.NullRef<float>()) == 0;
        return small;
    }

    private static void CopyStrand(ref float source, ref float target, int strand, int elements)
    {
        for (int i = strand; i < elements; i += Strands)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i);
    }

    // Vectors that are dealt out to all strands, one after another.
    private static uint OfVectors(ReadOnlySpan<float> x, Span<float> y, int length, ref FastSoftmaxRows rows)
    {
        int count = x.Length / length;
        ref float source = ref MemoryMarshal.GetReference(x), target = ref MemoryMarshal.GetReference(y);
        bool losesInputs = F.UsesExponential && x.Overlaps(y);
        uint large = losesInputs ? FindLarge(ref source, length, count, ref rows) : 0;
        for (int row = 0, atOnce = large == 0 ? count : 1; row < count; row += atOnce)
        {
            if ((large >> row & 1) == 0)
                large |= AddExponentials<OfInputs<S>>(ref source, ref target, length, row, atOnce, ref rows, ref Unsafe.NullRef<float>());
        }
        for (int row = 0; large >> row != 0; row++)
        {
            if ((large >> row & 1) == 0)
                continue;
            ((Span<float>)rows.References).Fill(rows.Max[row]);
            AddExponentials<OfDifferences<S>>(ref source, ref target, length, row, 1, ref rows, ref Unsafe.NullRef<float>());
        }
        rows.BesideLargest = large;
        if (!F.UsesExponential)
            TakeLargest(count, ref rows);
        JoinSums(count, ref rows);
        uint undone = Normalize(count, ref rows);
        Map(ref F.UsesExponential ? ref target : ref source, ref target, length, count, undone, ref rows);
        return undone;
    }

    private static void JoinSums(int count, ref FastSoftmaxRows rows) => FastSoftmaxStrands<F, S>.JoinSums(
        ref rows.FirstSum(0), count, ref rows.Max[0], ref rows.Sum[0], ref rows.Loss[0]);

    /// <summary>
    /// Softmax of at most 16 vectors of one length, a whole number of strands, whose inputs are two floats each: what is only a padding has
    /// <see cref="ExponentialPairs.None"/>.
    /// </summary>
    /// <param name="highs">The first floats: between -64 and 64, or at most 0.</param>
    /// <param name="lows">The second ones.</param>
    /// <param name="y">Receives the results.</param>
    /// <param name="length">The length of a vector.</param>
    /// <param name="below">A bit for each vector whose inputs are at most 0, however far below.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void ForwardOfPairs(ReadOnlySpan<float> highs, ReadOnlySpan<float> lows, Span<float> y, int length, uint below)
    {
        ref FastSoftmaxRows rows = ref CacheLine.Place<FastSoftmaxRows>(stackalloc byte[CacheLine.RoomFor<FastSoftmaxRows>()]);
        ref float high = ref MemoryMarshal.GetReference(highs), low = ref MemoryMarshal.GetReference(lows);
        ref float target = ref MemoryMarshal.GetReference(y);
        int count = highs.Length / length;
        for (int row = 0, atOnce = below == 0 ? count : 1; row < count; row += atOnce)
        {
            if ((below >> row & 1) == 0)
                AddExponentials<OfPairs<S>>(ref high, ref target, length, row, atOnce, ref rows, ref low);
            else
                AddExponentials<OfPairsBelow<S>>(ref high, ref target, length, row, 1, ref rows, ref low);
        }
        ((Span<float>)rows.Max).Clear(); // known to be finite
        JoinSums(count, ref rows);
        Normalize(count, ref rows);
        Map(ref target, ref target, length, count, undone: 0, ref rows);
    }

    // A bit for each vector whose inputs are not all small.
    private static uint FindLarge(ref float x, int length, int count, ref FastSoftmaxRows rows)
    {
        uint large = FastSoftmaxStrands<F, S>.FindLargest(ref x, length, count, ref rows.FirstSum(0));
        if (large != 0)
            FastSoftmaxStrands<F, S>.JoinLargest(ref rows.FirstSum(0), count, ref rows.Max[0]);
        return large;
    }

    // Of some vectors; a bit for each whose inputs were not all small.
    private static uint AddExponentials<TExponential>(
        ref float x, ref float kept, int length, int first, int count, ref FastSoftmaxRows rows, ref float lows)
        where TExponential : struct, IExponential<TExponential, S>
    {
        int whole = length & -Strands;
        ref float sums = ref rows.FirstSum(first), references = ref rows.References[0];
        uint large = 0;
        for (int done = 0; done < whole; done += LongestBlock)
        {
            int block = Math.Min(LongestBlock, whole - done), start = (first * length) + done;
            StrandPieces pieces = new(
                count, length, block, done + block == whole ? length - whole : 0, InPairs: true, Begins: done == 0);
            for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
                large |= FastSoftmaxStrands<F, S>.AddExponentials<TExponential>(
                    ref Unsafe.Add(ref x, start), ref Unsafe.Add(ref kept, start), pieces, lane, ref references, ref sums,
                    ref FloatLoopExponential<S>.Constants, ref TExponential.TakesPairs ? ref Unsafe.Add(ref lows, start) : ref lows);
        }
        if (!F.UsesExponential || large != 0)
            FastSoftmaxStrands<F, S>.JoinLargest(ref sums, count, ref rows.Max[first]);
        return large << first;
    }

    private static void TakeLargest(int count, ref FastSoftmaxRows rows)
    {
        Unsafe.SkipInit(out Buffer16<float> largest);
        FloatLoopExponential<S> exponential = new(ref FloatLoopExponential<S>.Constants);
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
            S.Store(exponential.Of(S.Load(ref rows.Max[0], lane)), ref largest[0], lane);
        for (uint large = rows.BesideLargest; large != 0; large &= large - 1)
            largest[BitOperations.TrailingZeroCount(large)] = 1;
        FastSoftmaxStrands<F, S>.TakeLargest(ref rows.FirstSum(0), count, ref rows.Max[0], ref largest[0]);
    }

    // Which vectors are left undone.
    private static uint Normalize(int count, ref FastSoftmaxRows rows)
    {
        if (!F.UsesExponential)
            return NormalizeLogarithms(count, ref rows);
        for (nuint lane = 0; lane < Strands; lane += (nuint)S.Count)
        {
            S sum = S.Load(ref rows.Sum[0], lane), value = 1 / sum;
            S left = S.Fnma(value, sum, 1) - (value * S.Load(ref rows.Loss[0], lane));
            S.Store(value, ref rows.Value[0], lane);
            S.Store(value * left, ref rows.Lost[0], lane);
        }
        return 0;
    }

    // The largest exponential as a double: its error would be that of every output.
    private static uint NormalizeLogarithms(int count, ref FastSoftmaxRows rows)
    {
        Unsafe.SkipInit(out Buffer16<double> rests);
        Unsafe.SkipInit(out Buffer16<float> tops);
        for (int row = 0; row < count; row++)
        {
            rests[row] = (double)rows.Sum[row] + rows.Loss[row];
            tops[row] = rows.IsBesideLargest(row) ? 0 : rows.Max[row];
        }
        uint undone = Normalizers<F>.Of(((Span<double>)rests)[..count], ((ReadOnlySpan<float>)tops)[..count], LeastSum);
        for (int row = 0; row < count; row++)
            rows.Value[row] = float.IsNaN(rows.Sum[row]) ? float.NaN : (float)rests[row];
        return undone;
    }

    private static void Map(ref float source, ref float target, int length, int count, uint undone, ref FastSoftmaxRows rows) =>
        FastSoftmaxStrands<F, S>.Map(
            ref source, ref target, length, count, undone, ref rows.Max[0], ref rows.Value[0], ref rows.Lost[0]);
}
