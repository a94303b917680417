using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear.Kernels;

/// <summary>What softmax is taken of: scores, scaled, capped and masked.</summary>
internal static class AttentionScores
{
    /// <summary>scale · x, or c · tanh(scale · x / c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, in AttentionOptions options)
        where V : struct, IReal<V>
    {
        V scaled = options.Scale * x;
        return options.IsCapped ? options.Softcap * V.Tanh(scaled / options.Softcap) : scaled;
    }

    /// <summary>The derivative of <see cref="Of"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope<V>(V x, in AttentionOptions options)
        where V : struct, IReal<V>
    {
        V scale = options.Scale;
        return options.IsCapped ? scale * V.TanhDerivative(scale * x / options.Softcap) : scale;
    }

    /// <summary>Scores as they come, in their place; their number is one of whole vectors.</summary>
    /// <param name="row">The scores; afterwards what softmax is taken of.</param>
    /// <param name="added">What is added, as many; or empty.</param>
    /// <param name="options">Scale and cap.</param>
    /// <returns>The largest magnitude but for infinities.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Plain<TRow, V, TFormat>(Span<TRow> row, Span<TRow> added, in AttentionOptions options)
        where TRow : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IVectorFormat<TRow, V>, IConversion<TRow>
    {
        ref TRow first = ref MemoryMarshal.GetReference(row), bias = ref MemoryMarshal.GetReference(added);
        V largest = 0;
        for (nuint i = 0; i < (nuint)row.Length; i += (nuint)TFormat.Count)
        {
            V score = Of(TFormat.Load(ref first, i), options);
            if (!added.IsEmpty)
            {
                V more = TFormat.Load(ref bias, i);
                score = V.Select(more < double.MinValue, double.NegativeInfinity, score + more);
            }
            V size = V.Abs(score);
            largest = V.Select(size < double.PositiveInfinity, V.Max(largest, size), largest);
            TFormat.Store(score, ref first, i);
        }
        Buffer8<TRow> lanes = default;
        TFormat.Store(largest, ref lanes[0], 0);
        double most = 0;
        foreach (TRow lane in ((ReadOnlySpan<TRow>)lanes)[..TFormat.Count])
            most = Math.Max(most, TFormat.ToDouble(lane));
        return most;
    }

    /// <summary>
    /// Scores less the largest of them, to all digits: of large ones a double would keep too few behind the point. In their place.
    /// </summary>
    /// <param name="row">The scores, and a sink behind them if there is one; afterwards what softmax is taken of, at most 0.</param>
    /// <param name="added">What is added to the scores; or empty.</param>
    /// <param name="hasSink">Whether the last is a sink, which is taken as it is.</param>
    /// <param name="options">Scale and cap.</param>
    public static void Shifted<TRow, TFormat>(
        Span<TRow> row, ReadOnlySpan<TRow> added, bool hasSink, in AttentionOptions options)
        where TRow : unmanaged
        where TFormat : struct, IConversion<TRow>
    {
        Pair[] rented = ArrayPool<Pair>.Shared.Rent(row.Length);
        Span<Pair> scores = rented.AsSpan(0, row.Length);
        Pair max = double.NegativeInfinity;
        bool isDefined = true;
        for (int i = 0; i < row.Length; i++)
        {
            double x = TFormat.ToDouble(row[i]), more = i < added.Length ? TFormat.ToDouble(added[i]) : 0;
            Pair score = hasSink && i == row.Length - 1 ? x : double.IsNegativeInfinity(more) ? more : Plus(Finite(x, options), more);
            scores[i] = score;
            isDefined &= score.High.Value < double.PositiveInfinity;
            if (score.High.Value > max.High.Value || (score.High.Value == max.High.Value && score.Low.Value > max.Low.Value))
                max = score;
        }
        bool isNothing = double.IsNegativeInfinity(max.High.Value);
        for (int i = 0; i < row.Length; i++)
            row[i] = Rounded<TRow, TFormat>(!isDefined ? double.NaN : isNothing ? scores[i] : PairRow.Shift(scores[i], max));
        ArrayPool<Pair>.Shared.Return(rented);
    }

    private static Pair Finite(double x, in AttentionOptions options)
    {
        double plain = Of<DoubleLanes1<Unchecked>>(x, options).Value;
        return double.IsFinite(x) && double.IsFinite(plain) ? Of<Pair>(x, options) : plain;
    }

    private static Pair Plus(Pair score, double more)
    {
        double plain = score.High.Value + more;
        return double.IsFinite(plain) ? score + more : plain;
    }

    private static TRow Rounded<TRow, TFormat>(Pair value)
        where TRow : unmanaged
        where TFormat : struct, IConversion<TRow> =>
        typeof(TRow) == typeof(Pair) ? Unsafe.BitCast<Pair, TRow>(value) : TFormat.FromDouble(value.High.Value);
}
