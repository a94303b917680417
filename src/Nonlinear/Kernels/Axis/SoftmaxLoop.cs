using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>The loops of functions along an axis, over one contiguous vector.</summary>
/// <remarks>
/// The sum of the exponentials, <see cref="SoftmaxSum{T, V, TFormat}"/>, is exact, so that the order of the inputs changes nothing. The
/// sums for products with the Jacobian run in eight interleaved strands that are joined in a fixed order at the end. Neither depends on the
/// width of vectors. A vector that holds NaN or +∞, or nothing but -∞, gives NaN throughout.
/// </remarks>
internal static class SoftmaxLoop<F, T, V, TFormat>
    where F : struct, IAlongAxis<F>
    where T : unmanaged
    where V : struct, IReal<V>
    where TFormat : struct, IVectorFormat<T, V>
{
    private const int Strands = PaddedBlocks<T>.Strands;

    // Exponentials are kept between the sum and the outputs, on the stack or in a rented array, unless they would crowd the cache.
    private const int LongestOnStack = RowKernel<T>.LongestTogether, LongestKept = 65_536;

    /// <summary>y = F(x) for contiguous vectors of one length; padding is -∞, which changes nothing.</summary>
    [SkipLocalsInit]
    public static void Forward(ReadOnlySpan<T> x, Span<T> y, int length, T padding)
    {
        bool keeps = F.UsesExponential && TFormat.SumsInFixedPoint && length <= LongestKept;
        if (!keeps || x.Length > LongestOnStack)
        {
            double[] rented = keeps ? ArrayPool<double>.Shared.Rent(x.Length + Strands) : [];
            Forward(x, y, length, padding, rented);
            if (keeps)
                ArrayPool<double>.Shared.Return(rented);
            return;
        }
        Span<double> kept = stackalloc double[LongestOnStack + (RowKernel<T>.MostRows * Strands)];
        Forward(x, y, length, padding, kept);
    }

    // Each step for all vectors before the next: within a vector they wait for each other.
    [SkipLocalsInit]
    private static void Forward(ReadOnlySpan<T> x, Span<T> y, int length, T padding, Span<double> kept)
    {
        Unsafe.SkipInit(out Buffer16<Normalizer<V>> normalizers);
        Unsafe.SkipInit(out Buffer16<(double Largest, double Next)> tops);
        int room = kept.IsEmpty ? 0 : PaddedBlocks<T>.RoundUp(length);
        for (int row = 0, start = 0; start < x.Length; row++, start += length)
            tops[row] = TFormat.TopTwo(x.Slice(start, length));
        for (int row = 0, start = 0; start < x.Length; row++, start += length)
        {
            PaddedBlocks<T> blocks = new(x.Slice(start, length), padding);
            normalizers[row] = Normalize(tops[row].Largest, tops[row].Next, ref blocks, kept.Slice(row * room, room));
        }
        for (int row = 0, start = 0; start < x.Length; row++, start += length)
        {
            ref readonly Normalizer<V> normalizer = ref normalizers[row];
            ReadOnlySpan<T> source = x.Slice(start, length);
            Span<T> target = y.Slice(start, length);
            (double largest, double next) = tops[row];
            if (kept.IsEmpty || !double.IsFinite(largest) || double.IsNegativeInfinity(next))
                Map(source, target, padding, normalizer);
            else
                MapKept(source, target, normalizer, kept.Slice(row * room, room), largest > next ? largest : double.NaN);
            if (!normalizer.IsDefined)
                NaNs.Settle(target);
        }
    }

    private static void Map(ReadOnlySpan<T> x, Span<T> y, T padding, in Normalizer<V> normalizer)
    {
        PaddedBlocks<T> blocks = new(x, padding);
        Map(ref blocks.Whole, ref MemoryMarshal.GetReference(y), blocks.WholeLength, normalizer);
        if (blocks.TailLength == 0)
            return;
        Buffer8<T> last = default;
        Map(ref blocks.Tail[0], ref last[0], Strands, normalizer);
        ((ReadOnlySpan<T>)last)[..blocks.TailLength].CopyTo(y[blocks.WholeLength..]);
    }

    /// <summary>target = Jᵀ u or J u at the inputs or saved outputs in source, for contiguous vectors of one length.</summary>
    public static void Product(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, int length, AxisProduct product, T padding)
    {
        for (int start = 0; start < source.Length; start += length)
            Product(source.Slice(start, length), u.Slice(start, length), target.Slice(start, length), product, padding);
        NaNs.Settle(target);
    }

    private static void Product(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct product, T padding)
    {
        PaddedBlocks<T> sources = new(source, product.FromOutput ? default : padding), vectors = new(u, default);
        Normalizer<V> normalizer = default;
        if (!product.FromOutput)
        {
            (double largest, double next) = TFormat.TopTwo(source);
            normalizer = Normalize(largest, next, ref sources, []);
        }

        Buffer8<V> strands = default;
        AddTerms(ref sources.Whole, ref vectors.Whole, sources.WholeLength, product, normalizer, ref strands);
        if (sources.TailLength > 0)
            AddTerms(ref sources.Tail[0], ref vectors.Tail[0], Strands, product, normalizer, ref strands);
        V sum = TFormat.Join(strands);

        MapProduct(
            ref sources.Whole, ref vectors.Whole, ref MemoryMarshal.GetReference(target), sources.WholeLength, product, normalizer, sum);
        if (sources.TailLength > 0)
        {
            Buffer8<T> last = default;
            MapProduct(ref sources.Tail[0], ref vectors.Tail[0], ref last[0], Strands, product, normalizer, sum);
            ((ReadOnlySpan<T>)last)[..sources.TailLength].CopyTo(target[sources.WholeLength..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map(ref T x, ref T y, int length, in Normalizer<V> normalizer)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
            TFormat.Store(Output(ref x, i, normalizer), ref y, i);
    }

    // Kept are the exponentials below the second largest input; if there is one above it, it is alone.
    private static void MapKept(ReadOnlySpan<T> x, Span<T> y, in Normalizer<V> normalizer, Span<double> kept, double above)
    {
        int alone = double.IsNaN(above) ? -1 : TFormat.IndexOf(x, above);
        int whole = y.Length / Strands * Strands;
        MapKept(ref kept[0], ref MemoryMarshal.GetReference(y), whole, normalizer);
        Buffer8<T> last = default;
        if (whole < y.Length)
        {
            MapKept(ref kept[whole], ref last[0], Strands, normalizer);
            ((ReadOnlySpan<T>)last)[..(y.Length - whole)].CopyTo(y[whole..]);
        }
        if (alone < 0)
            return;
        TFormat.Store(F.Forward(0, 1, normalizer.Value), ref last[0], 0);
        y[alone] = last[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MapKept(ref double kept, ref T y, int length, in Normalizer<V> normalizer)
    {
        V value = normalizer.Value, decay = normalizer.Decay;
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
            TFormat.Store(F.Forward(default, TFormat.LoadDouble(ref kept, i) * decay, value), ref y, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTerms(
        ref T source, ref T u, int length, AxisProduct product, in Normalizer<V> normalizer, ref Buffer8<V> strands)
    {
        // One or two vectors of all strands stay in registers.
        V first = strands[0], second = strands[1];
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
        {
            V term = Term(ref source, ref u, i, product, normalizer);
            if (TFormat.Count == Strands)
            {
                first += term;
            }
            else if (2 * TFormat.Count == Strands)
            {
                first += term;
                i += (nuint)TFormat.Count;
                second += Term(ref source, ref u, i, product, normalizer);
            }
            else
            {
                strands[(int)(i % Strands) / TFormat.Count] += term;
            }
        }
        if (2 * TFormat.Count >= Strands)
            (strands[0], strands[1]) = (first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Term(ref T source, ref T u, nuint index, AxisProduct product, in Normalizer<V> normalizer)
    {
        V y = product.FromOutput ? TFormat.Load(ref source, index) : Output(ref source, index, normalizer);
        V v = TFormat.Load(ref u, index);
        return product.Tangent ? F.TangentTerm(y, v) : F.BackwardTerm(y, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MapProduct(ref T source, ref T u, ref T target, int length, AxisProduct product, in Normalizer<V> normalizer, V sum)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
        {
            V y = product.FromOutput ? TFormat.Load(ref source, i) : Output(ref source, i, normalizer);
            V v = TFormat.Load(ref u, i);
            TFormat.Store(product.Tangent ? F.Tangent(y, v, sum) : F.Backward(y, v, sum), ref target, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Output(ref T x, nuint index, in Normalizer<V> normalizer)
    {
        V shifted = TFormat.Shift(TFormat.Load(ref x, index), normalizer.Max);
        V result = F.Forward(shifted, F.UsesExponential ? TFormat.Decay(shifted) : default, normalizer.Value);
        return TFormat.MendOutput<F>(result, shifted, normalizer);
    }

    private static Normalizer<V> Normalize(double largest, double next, ref PaddedBlocks<T> blocks, Span<double> kept)
    {
        // Even two finite inputs may lie further apart than doubles reach.
        if (!double.IsFinite(largest) || double.IsNegativeInfinity(next - largest))
            return double.IsFinite(largest) ? new(largest, F.Normalizer<V>(0), 0, 0, 0) : Normalizer<V>.Undefined;
        DoubleDouble<Lane> ratio = TFormat.SumsInFixedPoint
            ? SoftmaxSum<T, V, TFormat>.InFixedPoint(ref blocks, next, kept)
            : SoftmaxSum<T, V, TFormat>.ToQuanta(ref blocks, largest, next);
        DoubleDouble<Lane> gap = DoubleDouble<Lane>.Sum(next, -largest);
        V decay = TFormat.Decay(TFormat.Broadcast(gap));
        return new(largest, F.Normalizer(decay * TFormat.Broadcast(ratio)), decay, gap, ratio);
    }
}
