using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>Products with the Jacobian of softmax or its logarithm on doubles, for contiguous vectors.</summary>
/// <remarks>
/// <para>What is left of dy - Σ y dy may be a thousandth of its terms or less. So the shares, from which all of it is made, are pairs of
/// doubles with some twenty bits to spare: their exponentials are right to 2⁻⁷⁵. Log-softmax goes by its shares too, not by the
/// exponentials of its outputs. The sums run in eight interleaved strands, which are joined in a fixed order.</para>
/// <para>A share too small for a pair may meet a factor of 10³⁰⁸: a vector with one, or with factors next to either end of the range, goes
/// the slow way over <see cref="ExtendedExponent"/>.</para>
/// </remarks>
internal static class DoubleSoftmaxProduct<F, L>
    where F : struct, IAlongAxis<F>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const int Strands = PaddedBlocks<double>.Strands;

    // The logarithms of shares that keep all bits of a pair end here.
    private const double SmallestLogarithm = -600;

    // Of larger factors the sum may overflow; of smaller ones the products lose bits of their low parts.
    private const double LargestFactor = 1e290, SmallestFactor = 1e-250;

    /// <summary>target = Jᵀ u or J u at the inputs or saved outputs in source, for contiguous vectors of one length.</summary>
    public static void Run(ReadOnlySpan<double> source, ReadOnlySpan<double> u, Span<double> target, int length, AxisProduct product)
    {
        int room = PaddedBlocks<double>.RoundUp(length);
        double[] rented = ArrayPool<double>.Shared.Rent(3 * room);
        Span<double> highs = rented.AsSpan(0, room), lows = rented.AsSpan(room, room), vector = rented.AsSpan(2 * room, room);
        for (int start = 0; start < source.Length; start += length)
        {
            ReadOnlySpan<double> given = source.Slice(start, length), factors = u.Slice(start, length);
            Span<double> results = target.Slice(start, length);
            double largest = product.FromOutput ? 0 : TopTwo.Of(given).First;
            if (!double.IsFinite(largest))
            {
                results.Fill(double.NaN);
            }
            else if (IsOrdinary(given, factors, largest, product))
            {
                vector[length..].Clear();
                factors.CopyTo(vector);
                Run(given, largest, highs, lows, vector, product);
                vector[..length].CopyTo(results);
            }
            else
            {
                RunSlowly(given, largest, factors, results, product);
            }
        }
        ArrayPool<double>.Shared.Return(rented);
        NaNs.Settle(target);
    }

    // Whether pairs of doubles hold whatever occurs: shares that are not small or are 0, and factors that are neither large nor small.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsOrdinary(ReadOnlySpan<double> source, ReadOnlySpan<double> u, double largest, AxisProduct product)
    {
        double size = 0;
        foreach (double factor in u)
            size = Math.Max(size, Math.Abs(factor)); // NaN where one is
        if (size > LargestFactor && double.IsFinite(size) || size < SmallestFactor && size > 0)
            return false;
        if (product.FromOutput && !F.BackwardUsesExponential)
            return true; // such shares are the numbers given
        double smallest = 0;
        foreach (double value in source)
            smallest = double.MinNative(smallest, double.IsNegativeInfinity(value) ? 0 : value - largest);
        return smallest > SmallestLogarithm;
    }

    private static void Run(
        ReadOnlySpan<double> source, double largest, Span<double> highs, Span<double> lows, Span<double> vector, AxisProduct product)
    {
        ref double high = ref highs[0], low = ref lows[0];
        // Padding has the share 0.
        PaddedBlocks<double> blocks = new(source, product.FromOutput && !F.BackwardUsesExponential ? 0 : double.NegativeInfinity);
        int whole = blocks.WholeLength;
        if (product.FromOutput && !F.BackwardUsesExponential)
        {
            source.CopyTo(highs);
            highs[source.Length..].Clear();
            lows.Clear();
        }
        else
        {
            StoreExponentials(ref blocks.Whole, whole, largest, ref high, ref low);
            if (blocks.TailLength > 0)
                StoreExponentials(ref blocks.Tail[0], Strands, largest, ref highs[whole], ref lows[whole]);
        }
        if (!product.FromOutput)
            Scale(ref high, ref low, highs.Length, 1 / Sum(ref high, ref low, highs.Length));
        DoubleDouble<Lane> sum = SumOfTerms(ref high, ref low, ref vector[0], vector.Length, product);
        Map(ref high, ref low, ref vector[0], vector.Length, product, sum);
    }

    // Of the difference from the largest input, or of outputs that are logarithms of shares.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreExponentials(ref double x, int length, double largest, ref double highs, ref double lows)
    {
        DoubleDouble<L> top = largest;
        for (nuint i = 0; i < (nuint)length; i += (nuint)L.Count)
        {
            DoubleDouble<L> shifted = DoubleDoubleFormat<L>.Shift(L.Load(ref x, i), top);
            Store(DoubleDoubleElementary.PreciseExp(shifted), ref highs, ref lows, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(ref double highs, ref double lows, int length, DoubleDouble<Lane> factor)
    {
        DoubleDouble<L> scale = DoubleDoubleFormat<L>.Broadcast(factor);
        for (nuint i = 0; i < (nuint)length; i += (nuint)L.Count)
            Store(Load(ref highs, ref lows, i) * scale, ref highs, ref lows, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DoubleDouble<Lane> Sum(ref double highs, ref double lows, int length)
    {
        Buffer8<DoubleDouble<L>> strands = default;
        for (nuint lane = 0; lane < Strands; lane += (nuint)L.Count)
        {
            DoubleDouble<L> sum = 0;
            for (nuint i = lane; i < (nuint)length; i += Strands)
                sum += Load(ref highs, ref lows, i);
            strands[(int)lane / L.Count] = sum;
        }
        return Join(strands);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DoubleDouble<Lane> SumOfTerms(ref double highs, ref double lows, ref double u, int length, AxisProduct product)
    {
        Buffer8<DoubleDouble<L>> strands = default;
        for (nuint lane = 0; lane < Strands; lane += (nuint)L.Count)
        {
            DoubleDouble<L> sum = 0;
            for (nuint i = lane; i < (nuint)length; i += Strands)
                sum += Term(Load(ref highs, ref lows, i), L.Load(ref u, i), product);
            strands[(int)lane / L.Count] = sum;
        }
        return Join(strands);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map(
        ref double highs, ref double lows, ref double vector, int length, AxisProduct product, DoubleDouble<Lane> total)
    {
        DoubleDouble<L> sum = DoubleDoubleFormat<L>.Broadcast(total);
        for (nuint i = 0; i < (nuint)length; i += (nuint)L.Count)
            L.Store(Result<DoubleDouble<L>>(Load(ref highs, ref lows, i), L.Load(ref vector, i), sum, product).High, ref vector, i);
    }

    // The same, a number after another.
    private static void RunSlowly(
        ReadOnlySpan<double> source, double largest, ReadOnlySpan<double> u, Span<double> target, AxisProduct product)
    {
        ExtendedExponent[] shares = new ExtendedExponent[source.Length];
        ExtendedExponent all = 0, sum = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = product.FromOutput && !F.BackwardUsesExponential ? source[i]
                : double.IsNegativeInfinity(source[i]) ? 0
                : ExtendedExponent.PreciseExp((ExtendedExponent)source[i] - largest);
            all += shares[i];
        }
        for (int i = 0; i < shares.Length; i++)
        {
            if (!product.FromOutput)
                shares[i] /= all;
            sum += Term(shares[i], u[i], product);
        }
        for (int i = 0; i < shares.Length; i++)
            target[i] = Result(shares[i], u[i], sum, product).Round();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Term<V>(V share, V u, AxisProduct product)
        where V : struct, IReal<V> =>
        !product.Tangent ? F.BackwardTerm(share, u)
        : F.BackwardUsesExponential ? F.TangentTermWith(share, u)
        : F.TangentTerm(share, u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Result<V>(V share, V u, V sum, AxisProduct product)
        where V : struct, IReal<V> =>
        product.Tangent ? F.Tangent(share, u, sum)
        : F.BackwardUsesExponential ? F.BackwardWith(share, u, sum)
        : F.Backward(share, u, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleDouble<L> Load(ref double highs, ref double lows, nuint index) =>
        new(L.Load(ref highs, index), L.Load(ref lows, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(DoubleDouble<L> value, ref double highs, ref double lows, nuint index)
    {
        L.Store(value.High, ref highs, index);
        L.Store(value.Low, ref lows, index);
    }

    private static DoubleDouble<Lane> Join(ReadOnlySpan<DoubleDouble<L>> strands)
    {
        DoubleDouble<L> sum = DoubleDoubleFormat<L>.Join(strands);
        Buffer8<double> highs = default, lows = default;
        L.Store(sum.High, ref highs[0], 0);
        L.Store(sum.Low, ref lows[0], 0);
        return new(highs[0], lows[0]);
    }
}
