using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.Lanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>A product with the Jacobian of a function along an axis.</summary>
/// <param name="FromOutput">Whether the saved outputs are given, rather than the inputs.</param>
/// <param name="Tangent">Whether it is J v, rather than Jᵀ dy.</param>
internal readonly record struct AxisProduct(bool FromOutput, bool Tangent);

/// <summary>The loops of functions along an axis, over one contiguous vector.</summary>
/// <remarks>
/// The sum of the exponentials is exact, so that the order of the inputs changes nothing. The sums for products with the Jacobian run in eight
/// interleaved strands that are joined in a fixed order at the end. Neither depends on the lane width.
/// A vector that holds NaN or +∞, or nothing but -∞, gives NaN throughout.
/// </remarks>
internal static class AxisLoop<F, T, V, TFormat>
    where F : struct, IAlongAxis<F>
    where T : unmanaged
    where V : struct, IReal<V>
    where TFormat : struct, IVectorFormat<T, V>
{
    private const int Strands = 8;

    // What is smaller adds nothing to any sum that a double can tell from none, and may be a mere token of "very small".
    private const double Least = 1e-300;

    /// <summary>y = F(x); padding is -∞, which changes nothing.</summary>
    public static void Forward(ReadOnlySpan<T> x, Span<T> y, T padding)
    {
        Stretches stretches = new(x, padding);
        Normalizer<V> normalizer = Normalize(ref stretches);
        Map(ref stretches.Whole, ref MemoryMarshal.GetReference(y), stretches.WholeLength, normalizer);
        if (stretches.TailLength == 0)
            return;
        Buffer8<T> last = default;
        Map(ref stretches.Tail[0], ref last[0], Strands, normalizer);
        ((ReadOnlySpan<T>)last)[..stretches.TailLength].CopyTo(y[stretches.WholeLength..]);
    }

    /// <summary>target = Jᵀ u or J u at the inputs or saved outputs in source.</summary>
    public static void Product(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct product, T padding)
    {
        Stretches sources = new(source, product.FromOutput ? default : padding), vectors = new(u, default);
        Normalizer<V> normalizer = product.FromOutput ? default : Normalize(ref sources);

        Buffer8<V> strands = default;
        AddTerms(ref sources.Whole, ref vectors.Whole, sources.WholeLength, product, normalizer, ref strands);
        if (sources.TailLength > 0)
            AddTerms(ref sources.Tail[0], ref vectors.Tail[0], Strands, product, normalizer, ref strands);
        V sum = TFormat.Join(strands);

        MapProduct(ref sources.Whole, ref vectors.Whole, ref MemoryMarshal.GetReference(target), sources.WholeLength, product, normalizer, sum);
        if (sources.TailLength == 0)
            return;
        Buffer8<T> last = default;
        MapProduct(ref sources.Tail[0], ref vectors.Tail[0], ref last[0], Strands, product, normalizer, sum);
        ((ReadOnlySpan<T>)last)[..sources.TailLength].CopyTo(target[sources.WholeLength..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map(ref T x, ref T y, int length, in Normalizer<V> normalizer)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
            TFormat.Store(Output(ref x, i, normalizer), ref y, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTerms(ref T source, ref T u, int length, AxisProduct product, in Normalizer<V> normalizer, ref Buffer8<V> strands)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
        {
            V y = product.FromOutput ? TFormat.Load(ref source, i) : Output(ref source, i, normalizer);
            V v = TFormat.Load(ref u, i);
            strands[(int)(i % Strands) / TFormat.Count] += product.Tangent ? F.TangentTerm(y, v) : F.BackwardTerm(y, v);
        }
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
        return TFormat.MendOutput<F>(F.Forward(shifted, normalizer.Rest), shifted, normalizer);
    }

    private static Normalizer<V> Normalize(ref Stretches stretches)
    {
        V max = double.NegativeInfinity, second = double.NegativeInfinity;
        TopTwo(ref stretches.Whole, stretches.WholeLength, ref max, ref second);
        if (stretches.TailLength > 0)
            TopTwo(ref stretches.Tail[0], Strands, ref max, ref second);
        (double largest, double next) = TopTwo(max, second);
        if (!double.IsFinite(largest))
            return new(double.NaN, double.NaN, 0, 0);
        if (double.IsNegativeInfinity(next))
            return new(largest, 0, 0, 0);

        V sum = 0, fineSum = 0, count = 0;
        Quanta quanta = new(stretches.WholeLength + Strands);
        AddExponentials(ref stretches.Whole, stretches.WholeLength, largest, next, quanta, ref sum, ref fineSum, ref count);
        if (stretches.TailLength > 0)
            AddExponentials(ref stretches.Tail[0], Strands, largest, next, quanta, ref sum, ref fineSum, ref count);
        Pair<Lane> ratio = Pair<Lane>.Sum(TFormat.Total(sum) + (TFormat.Total(count) - 1), TFormat.Total(fineSum)), gap = Pair<Lane>.Sum(next, -largest);
        return new(largest, V.Exp(TFormat.Broadcast(gap)) * TFormat.Broadcast(ratio), gap, ratio);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TopTwo(ref T x, int length, ref V max, ref V second)
    {
        V first = max, next = second;
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
        {
            V value = TFormat.Load(ref x, i);
            next = V.Max(next, V.Select(value > first, first, value));
            first = V.Max(first, value);
        }
        (max, second) = (first, next);
    }

    private static (double First, double Second) TopTwo(V max, V second)
    {
        Buffer8<double> firsts = default, seconds = default;
        TFormat.StoreDouble(max, ref firsts[0], 0);
        TFormat.StoreDouble(second, ref seconds[0], 0);
        (double first, double next) = (firsts[0], seconds[0]);
        for (int i = 1; i < TFormat.Count; i++)
        {
            next = Math.Max(Math.Max(next, seconds[i]), Math.Min(first, firsts[i]));
            first = Math.Max(first, firsts[i]);
        }
        return (first, next);
    }

    // The largest inputs are counted apart, so that a small rest keeps its digits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddExponentials(ref T x, int length, V max, V second, Quanta quanta, ref V sum, ref V fineSum, ref V count)
    {
        V coarse = sum, fine = fineSum, largest = count;
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
        {
            V value = TFormat.Load(ref x, i), below = value < max;
            V exponential = V.Exp(TFormat.Shift(value, second));
            TFormat.Accumulate(V.Select(below, V.Select(exponential < Least, 0, exponential), 0), quanta, ref coarse, ref fine);
            largest += V.Select(below, 0, 1);
        }
        (sum, fineSum, count) = (coarse, fine, largest);
    }

    /// <summary>A vector as a whole number of stretches, and what is left over in a padded one.</summary>
    private ref struct Stretches
    {
        public ref T Whole;
        public int WholeLength, TailLength;
        public Buffer8<T> Tail;

        public Stretches(ReadOnlySpan<T> source, T padding)
        {
            WholeLength = source.Length / Strands * Strands;
            TailLength = source.Length - WholeLength;
            Whole = ref MemoryMarshal.GetReference(source);
            ((Span<T>)Tail).Fill(padding);
            source[WholeLength..].CopyTo(Tail);
        }
    }
}
