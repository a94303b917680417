using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The softmax of attention, one row of scores after another, each of which stays in the cache until it is done with.</summary>
/// <remarks>
/// A row becomes one of wider numbers, doubles or pairs of them, with the sink as one key more. Then it is a row like any other for
/// <see cref="SoftmaxLoop{F, T, V, TFormat}"/>; what comes out is rounded once.
/// </remarks>
/// <typeparam name="F">Softmax or log-softmax.</typeparam>
/// <typeparam name="T">The type of the scores.</typeparam>
/// <typeparam name="TConversion">How they widen.</typeparam>
/// <typeparam name="TRow">What they widen to: <see cref="double"/> or pairs.</typeparam>
/// <typeparam name="V">What is computed with.</typeparam>
/// <typeparam name="TFormat">How rows become that.</typeparam>
internal static class AttentionLoop<F, T, TConversion, TRow, V, TFormat>
    where F : struct, IAlongAxis<F>
    where T : unmanaged
    where TConversion : struct, IConversion<T>
    where TRow : unmanaged
    where V : struct, IReal<V>
    where TFormat : struct, IVectorFormat<TRow, V>, IConversion<TRow>
{
    // Of larger scores a double has too few digits behind the point.
    private const double Large = 1 << 16;

    private static readonly TRow Padding = TFormat.FromDouble(double.NegativeInfinity);

    /// <summary>The results of some rows.</summary>
    public static void Forward(in AttentionCall<T> call, int first, int count)
    {
        using AttentionRoom<TRow> room = new(call.Shape.Keys);
        for (int index = first; index < first + count; index++)
        {
            (int from, int to) = call.Visible(index);
            Span<TRow> row = Scores(call, index, room, out ReadOnlySpan<TRow> added);
            if (HasKeys(row))
                SoftmaxLoop<F, TRow, V, TFormat>.Forward(row, row, Padding);
            else
                row.Fill(TFormat.FromDouble(call.Options.Nothing));
            Write(row[..(to - from)], added, Row(call.Target, call, index), from, call.Options.Nothing);
        }
    }

    /// <summary>The gradients of some rows by way of their scores.</summary>
    public static void Backward(in AttentionCall<T> call, int first, int count)
    {
        using AttentionRoom<TRow> room = new(call.Shape.Keys);
        AxisProduct fromInput = new(FromOutput: false, Tangent: false);
        for (int index = first; index < first + count; index++)
        {
            (int from, int to) = call.Visible(index);
            Span<TRow> row = Scores(call, index, room, out ReadOnlySpan<TRow> added), gradient = room.Gradient[..row.Length];
            gradient.Clear();
            Widen(Row(call.Upstream, call, index)[from..to], gradient);
            Silence(row, double.NegativeInfinity, gradient);
            if (HasKeys(row))
                SoftmaxLoop<F, TRow, V, TFormat>.Product(row, gradient, gradient, fromInput, Padding);
            else
                gradient.Clear();
            if (!call.SinkGradients.IsEmpty)
                call.SinkGradients[index] = TFormat.ToDouble(gradient[to - from]);
            Widen(Row(call.Source, call, index)[from..to], row);
            TimesSlope(room, to - from, call.Options);
            Write(gradient[..(to - from)], added, Row(call.Target, call, index), from, 0);
        }
    }

    /// <summary>The gradients of some rows by way of their results.</summary>
    public static void BackwardFromOutput(in AttentionCall<T> call, int first, int count)
    {
        using AttentionRoom<TRow> room = new(call.Shape.Keys);
        AxisProduct fromOutput = new(FromOutput: true, Tangent: false);
        Span<TRow> row = room.Row[..call.Shape.Keys], gradient = room.Gradient[..call.Shape.Keys];
        for (int index = first; index < first + count; index++)
        {
            Widen(Row(call.Source, call, index), row);
            Widen(Row(call.Upstream, call, index), gradient);
            Silence(row, call.Options.Nothing, gradient);
            SoftmaxLoop<F, TRow, V, TFormat>.Product(row, gradient, gradient, fromOutput, Padding);
            TimesSlope(room, call.Shape.Keys, call.Options);
            Write(gradient, default, Row(call.Target, call, index), 0, 0);
        }
    }

    // What softmax is taken of: the keys that the query may see, and the sink if there is one.
    private static Span<TRow> Scores(in AttentionCall<T> call, int index, in AttentionRoom<TRow> room, out ReadOnlySpan<TRow> added)
    {
        (int from, int to) = call.Visible(index);
        int count = to - from;
        bool hasSink = !call.Sinks.IsEmpty;
        Span<TRow> row = room.Row[..(hasSink ? count + 1 : count)];
        Span<TRow> more = call.Mask.IsThere ? room.Added[..count] : default;
        added = more;
        FillMask(call, index, from, more);
        double sink = hasSink ? TConversion.ToDouble(call.Sinks[call.HeadOf(index)]) : 0;
        Widen(Row(call.Source, call, index)[from..to], row);
        bool isPlain = typeof(TRow) == typeof(double)
            && Math.Abs(sink) <= Large
            && Plain(room, count, call.Options, !more.IsEmpty) <= Large;
        if (hasSink)
            row[count] = TFormat.FromDouble(sink);
        if (isPlain)
            return row;
        Widen(Row(call.Source, call, index)[from..to], row);
        AttentionScores.Shifted<TRow, TFormat>(row, more, hasSink, call.Options);
        return row;
    }

    private static double Plain(in AttentionRoom<TRow> room, int count, in AttentionOptions options, bool isMasked)
    {
        if (options is { IsCapped: false, Scale: 1 } && !isMasked)
            return 0; // nothing to do, and nothing that rounds
        int whole = AttentionRoom<TRow>.Whole(count);
        room.Row[count..whole].Clear();
        if (isMasked)
            room.Added[count..whole].Clear();
        return AttentionScores.Plain<TRow, V, TFormat>(room.Row[..whole], isMasked ? room.Added[..whole] : default, options);
    }

    private static void FillMask(in AttentionCall<T> call, int index, int from, Span<TRow> added)
    {
        if (added.IsEmpty)
            return;
        AttentionMask<T> mask = call.Mask;
        int step = mask.Shape.Keys == 1 ? 0 : 1, position = mask.Shape.StartOfRow(index, call.Shape) + (from * step);
        for (int i = 0; i < added.Length; i++, position += step)
        {
            added[i] = TFormat.FromDouble(
                mask.Marks.IsEmpty ? TConversion.ToDouble(mask.Added[position])
                : mask.Marks[position] == mask.MarksKept ? 0
                : double.NegativeInfinity);
        }
    }

    // Whether there is any key that takes part, or a sink.
    private static bool HasKeys(ReadOnlySpan<TRow> row) => !row.IsEmpty && !double.IsNegativeInfinity(TFormat.TopTwo(row).First);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<T> source, Span<TRow> row)
    {
        for (int i = 0; i < source.Length; i++)
            row[i] = TFormat.FromDouble(TConversion.ToDouble(source[i]));
    }

    // What does not take part has no say in the sum either, be it NaN.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Silence(ReadOnlySpan<TRow> row, double nothing, Span<TRow> gradient)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (TFormat.ToDouble(row[i]) == nothing)
                gradient[i] = default;
        }
    }

    // Whole vectors; what is behind the row is of no account.
    private static void TimesSlope(in AttentionRoom<TRow> room, int count, in AttentionOptions options)
    {
        if (options is { IsCapped: false, Scale: 1 })
            return;
        for (int i = 0; i < count; i += TFormat.Count)
        {
            V slope = AttentionScores.Slope(TFormat.Load(ref room.Row[i], 0), options);
            TFormat.Store(TFormat.Load(ref room.Gradient[i], 0) * slope, ref room.Gradient[i], 0);
        }
    }

    private static void Write(ReadOnlySpan<TRow> row, ReadOnlySpan<TRow> added, Span<T> results, int from, double nothing)
    {
        T none = TConversion.FromDouble(nothing);
        results[..from].Fill(none);
        results[(from + row.Length)..].Fill(none);
        Span<T> seen = results.Slice(from, row.Length);
        for (int i = 0; i < seen.Length; i++)
            seen[i] = TConversion.FromDouble(TFormat.ToDouble(row[i]));
        NaNs.Settle(seen);
        for (int i = 0; i < added.Length; i++)
        {
            if (double.IsNegativeInfinity(TFormat.ToDouble(added[i])))
                seen[i] = none;
        }
    }

    private static ReadOnlySpan<T> Row(ReadOnlySpan<T> tensor, in AttentionCall<T> call, int index) =>
        tensor.Slice(index * call.Shape.Keys, call.Shape.Keys);

    private static Span<T> Row(Span<T> tensor, in AttentionCall<T> call, int index) =>
        tensor.Slice(index * call.Shape.Keys, call.Shape.Keys);
}
