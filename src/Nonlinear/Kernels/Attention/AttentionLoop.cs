using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    where TConversion : struct, ISpanConversion<T>
    where TRow : unmanaged
    where V : struct, IReal<V>
    where TFormat : struct, IVectorFormat<TRow, V>, IConversion<TRow>
{
    // Of larger scores a double has too few digits behind the point.
    private const double Large = 1 << 16;

    private static readonly TRow None = TFormat.FromDouble(0), All = TFormat.FromDouble(double.NegativeInfinity), Padding = All;

    private static readonly AxisProduct FromOutput = new(FromOutput: true, Tangent: false);

    /// <summary>The results of some rows.</summary>
    public static void Forward(in AttentionCall<T> call, int first, int count)
    {
        using AttentionRoom<TRow> room = new(call.Shape.Keys);
        for (int index = first; index < first + count; index++)
        {
            (int from, int to) = call.Visible(index);
            Span<TRow> row = Scores(call, index, room, out ReadOnlySpan<TRow> added);
            Softmax(call, index, room, row);
            Write(row[..(to - from)], added, Row(call.Target, call, index), from, call.Options.Nothing);
        }
    }

    /// <summary>The gradients of some rows by way of their scores, of which the results are made once more, and not rounded.</summary>
    public static void Backward(in AttentionCall<T> call, int first, int count)
    {
        using AttentionRoom<TRow> room = new(call.Shape.Keys);
        for (int index = first; index < first + count; index++)
        {
            (int from, int to) = call.Visible(index);
            Span<TRow> row = Scores(call, index, room, out ReadOnlySpan<TRow> added), gradient = room.Gradient[..row.Length];
            gradient.Clear();
            Widen(Row(call.Upstream, call, index)[from..to], gradient);
            Silence(room, row.Length, double.MinValue);
            Softmax(call, index, room, row);
            SoftmaxLoop<F, TRow, V, TFormat>.Product(row, gradient, gradient, row.Length, FromOutput, Padding);
            if (!call.SinkGradients.IsEmpty)
                call.SinkGradients[index] = TFormat.ToDouble(gradient[to - from]);
            if (call.Options.IsCapped)
                Widen(Row(call.Source, call, index)[from..to], row);
            TimesSlope(room, to - from, call.Options);
            Write(gradient[..(to - from)], added, Row(call.Target, call, index), from, 0);
        }
    }

    /// <summary>The gradients of some rows by way of their results.</summary>
    public static void BackwardFromOutput(in AttentionCall<T> call, int first, int count)
    {
        using AttentionRoom<TRow> room = new(call.Shape.Keys);
        int keys = call.Shape.Keys;
        Span<TRow> row = room.Row[..keys], gradient = room.Gradient[..keys];
        for (int index = first; index < first + count; index++)
        {
            Widen(Row(call.Source, call, index), row);
            Widen(Row(call.Upstream, call, index), gradient);
            Silence(room, keys, call.Options.IsLogarithmic ? double.MinValue : 0);
            SoftmaxLoop<F, TRow, V, TFormat>.Product(row, gradient, gradient, row.Length, FromOutput, Padding);
            TimesSlope(room, keys, call.Options);
            Write(gradient, default, Row(call.Target, call, index), 0, 0);
        }
    }

    // In the scores' place.
    private static void Softmax(in AttentionCall<T> call, int index, in AttentionRoom<TRow> room, Span<TRow> row)
    {
        if (row.IsEmpty)
            return;
        SoftmaxLoop<F, TRow, V, TFormat>.Forward(row, row, row.Length, Padding);
        if (!double.IsNaN(TFormat.ToDouble(row[0])))
            return;
        // Either something is NaN or infinite, or there is no key.
        bool hasKeys = !double.IsNegativeInfinity(TFormat.TopTwo(Scores(call, index, room, out _)).First);
        row.Fill(TFormat.FromDouble(hasKeys ? double.NaN : call.Options.Nothing));
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
        (int start, int count) = call.MaskOf(index, from, added.Length);
        if (mask.Marks.IsEmpty)
            Widen(mask.Added.Slice(start, count), added);
        else
            AttentionMarks.Spread(mask.Marks.Slice(start, count), mask.MarksKept, None, All, added);
        if (mask.Shape.Keys == 1)
            added.Fill(added[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<T> source, Span<TRow> row)
    {
        if (typeof(TRow) == typeof(double))
        {
            TConversion.Widen(source, MemoryMarshal.Cast<TRow, double>(row));
            return;
        }
        for (int i = 0; i < source.Length; i++)
            row[i] = TFormat.FromDouble(TConversion.ToDouble(source[i]));
    }

    // What does not take part, not being above a limit, has no say in the sum either, be it NaN. Whole vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Silence(in AttentionRoom<TRow> room, int count, double limit)
    {
        ref TRow row = ref MemoryMarshal.GetReference(room.Row), gradient = ref MemoryMarshal.GetReference(room.Gradient);
        for (nuint i = 0; i < (nuint)count; i += (nuint)TFormat.Count)
            TFormat.Store(V.Select(TFormat.Load(ref row, i) > limit, TFormat.Load(ref gradient, i), 0), ref gradient, i);
    }

    // At the scores, which have to be in the row if there is a cap. Whole vectors; what is behind the row is of no account.
    private static void TimesSlope(in AttentionRoom<TRow> room, int count, in AttentionOptions options)
    {
        if (options is { IsCapped: false, Scale: 1 })
            return;
        ref TRow row = ref MemoryMarshal.GetReference(room.Row), gradient = ref MemoryMarshal.GetReference(room.Gradient);
        for (nuint i = 0; i < (nuint)count; i += (nuint)TFormat.Count)
            TFormat.Store(TFormat.Load(ref gradient, i) * AttentionScores.Slope(TFormat.Load(ref row, i), options), ref gradient, i);
    }

    private static void Write(ReadOnlySpan<TRow> row, ReadOnlySpan<TRow> added, Span<T> results, int from, double nothing)
    {
        T none = TConversion.FromDouble(nothing);
        results[..from].Fill(none);
        results[(from + row.Length)..].Fill(none);
        Span<T> seen = results.Slice(from, row.Length);
        if (typeof(TRow) == typeof(double))
            TConversion.Narrow(MemoryMarshal.Cast<TRow, double>(row), seen);
        else
            Narrow(row, seen);
        // What is masked is nothing already, unless a NaN came over it.
        if (!NaNs.Settle(seen))
            return;
        for (int i = 0; i < added.Length; i++)
        {
            if (double.IsNegativeInfinity(TFormat.ToDouble(added[i])))
                seen[i] = none;
        }
    }

    private static void Narrow(ReadOnlySpan<TRow> row, Span<T> results)
    {
        for (int i = 0; i < row.Length; i++)
            results[i] = TConversion.FromDouble(TFormat.ToDouble(row[i]));
    }

    private static ReadOnlySpan<T> Row(ReadOnlySpan<T> tensor, in AttentionCall<T> call, int index) =>
        tensor.Slice(index * call.Shape.Keys, call.Shape.Keys);

    private static Span<T> Row(Span<T> tensor, in AttentionCall<T> call, int index) =>
        tensor.Slice(index * call.Shape.Keys, call.Shape.Keys);
}
