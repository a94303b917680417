using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The loops of attention's softmax in the fast tier, for a few rows together.</summary>
/// <remarks>
/// A row of scores becomes one of pairs of floats, with the sink as one key more, and is filled up to whole strands with what takes no
/// part. Then <see cref="FastSoftmaxLoop{F, S}"/> does the rest: 0 more in a sum changes no bit, so rows of several lengths go together.
/// </remarks>
internal static class FastAttentionLoop<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    // Beyond it two floats have too few digits behind the point.
    private const float Large = 1 << 16;

    /// <summary>The probabilities of some rows.</summary>
    /// <returns>A bit for each row for which floats do not suffice; of those nothing is written.</returns>
    public static uint Forward(in AttentionCall<float> call, int first, int count, FastAttentionRoom room)
    {
        int longest = 0;
        for (int row = 0; row < count; row++)
        {
            (int from, int to) = call.Visible(first + row);
            longest = Math.Max(longest, to - from);
        }
        int length = FastAttentionRoom.Whole(longest + (call.Sinks.IsEmpty ? 0 : 1)), elements = count * length;
        Span<float> highs = room.Highs[..elements], lows = room.Lows[..elements];
        LoadScores(call, first, highs, lows, length, room.Added);
        uint undone = 0, below = 0;
        if (!(FastAttentionScores<S>.Settle(ref highs[0], ref lows[0], elements) <= FastSoftmaxStrands<Softmax, S>.SmallInput))
            (undone, below) = MendLarge(highs, lows, length);
        FastSoftmaxLoop<Softmax, S>.ForwardOfPairs(highs, lows, room.Results, length, below);
        for (int row = 0; row < count; row++)
        {
            if ((undone >> row & 1) == 0)
                Write(call, first + row, room.Results.Slice(row * length, length));
        }
        return undone;
    }

    // What softmax is taken of, filled up.
    private static void LoadScores(
        in AttentionCall<float> call, int first, Span<float> highs, Span<float> lows, int length, Span<float> added)
    {
        for (int start = 0, index = first; start < highs.Length; start += length, index++)
        {
            (int from, int to) = call.Visible(index);
            Span<float> row = highs.Slice(start, length);
            call.Source.Slice((index * call.Shape.Keys) + from, to - from).CopyTo(row);
            row[(to - from)..].Clear();
        }
        if (call.Options.IsCapped)
            FastCappedScores.Make(ref highs[0], ref lows[0], highs.Length, call.Options);
        else
            FastAttentionScores<S>.Scale(ref highs[0], ref lows[0], highs.Length, call.Options.Scale);
        for (int start = 0, index = first; start < highs.Length; start += length, index++)
        {
            (int from, int to) = call.Visible(index);
            int keys = to - from;
            if (call.Mask.IsThere)
                FastAttentionScores<S>.Add(
                    ref highs[start], ref lows[start], ref added[0], AddedBy(call, index, from, keys, added[..length]));
            lows.Slice(start + keys, length - keys).Fill(ExponentialPairs.None);
            if (!call.Sinks.IsEmpty)
                (highs[start + keys], lows[start + keys]) = (call.Sinks[call.HeadOf(index)], 0);
        }
    }

    // Which rows are left undone, and which have been lowered by their largest.
    private static (uint Undone, uint Below) MendLarge(Span<float> highs, Span<float> lows, int length)
    {
        (uint undone, uint below) = (0, 0);
        for (int row = 0, start = 0; start < highs.Length; row++, start += length)
        {
            float largest = FastAttentionScores<S>.Settle(ref highs[start], ref lows[start], length);
            if (!(largest <= Large))
            {
                lows.Slice(start, length).Fill(ExponentialPairs.None);
                undone |= 1u << row;
            }
            else if (largest > FastSoftmaxStrands<Softmax, S>.SmallInput)
            {
                FastAttentionScores<S>.Lower(ref highs[start], ref lows[start], length);
                below |= 1u << row;
            }
        }
        return (undone, below);
    }

    // Returns the length.
    private static int AddedBy(in AttentionCall<float> call, int index, int from, int count, Span<float> added)
    {
        (int start, int given) = call.MaskOf(index, from, count);
        if (call.Mask.Marks.IsEmpty)
            call.Mask.Added.Slice(start, given).CopyTo(added);
        else
            AttentionMarks.Spread(call.Mask.Marks.Slice(start, given), call.Mask.MarksKept, 0, float.NegativeInfinity, added);
        if (call.Mask.Shape.Keys == 1)
            added.Fill(added[0]);
        added[count..].Clear();
        return added.Length;
    }

    // Without any key the sum is 0, and everything NaN.
    private static void Write(in AttentionCall<float> call, int index, ReadOnlySpan<float> results)
    {
        (int from, int to) = call.Visible(index);
        Span<float> row = call.Target.Slice(index * call.Shape.Keys, call.Shape.Keys), seen = row[from..to];
        row[..from].Clear();
        row[to..].Clear();
        if (float.IsNaN(results[0]))
            seen.Clear();
        else
            results[..seen.Length].CopyTo(seen);
    }

    /// <summary>The gradients of some rows by way of their probabilities.</summary>
    /// <remarks>
    /// What takes no part has probability 0. Should its gradient be NaN or infinite nevertheless, the sum is NaN, and the row is left
    /// undone.
    /// </remarks>
    /// <returns>A bit for each row for which floats do not suffice; of those nothing is written.</returns>
    public static uint BackwardFromOutput(in AttentionCall<float> call, int first, int count)
    {
        int keys = call.Shape.Keys, start = first * keys, elements = count * keys;
        Span<float> target = call.Target.Slice(start, elements);
        uint undone = FastSoftmaxGradient<Softmax, S>.Run(
            call.Source.Slice(start, elements), call.Upstream.Slice(start, elements), target, keys);
        for (int row = 0; call.Options.Scale != 1 && row < count; row++)
        {
            if ((undone >> row & 1) == 0)
                Multiply(target.Slice(row * keys, keys), (float)call.Options.Scale);
        }
        return undone;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(Span<float> numbers, float factor)
    {
        ref float first = ref MemoryMarshal.GetReference(numbers);
        nuint i = 0;
        for (; i + (nuint)S.Count <= (nuint)numbers.Length; i += (nuint)S.Count)
            S.Store(S.Load(ref first, i) * factor, ref first, i);
        for (; i < (nuint)numbers.Length; i++)
            numbers[(int)i] *= factor;
    }
}
