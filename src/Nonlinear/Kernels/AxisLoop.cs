using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A product with the Jacobian of a function along an axis.</summary>
/// <param name="FromOutput">Whether the saved outputs are given, rather than the inputs.</param>
/// <param name="Tangent">Whether it is J v, rather than Jᵀ dy.</param>
internal readonly record struct AxisProduct(bool FromOutput, bool Tangent);

/// <summary>The loops of functions along an axis, over one contiguous vector.</summary>
/// <remarks>
/// Sums run in eight interleaved strands that are joined in a fixed order at the end: the bits do not depend on the lane width.
/// A vector that holds NaN or +∞, or nothing but -∞, gives NaN throughout.
/// </remarks>
internal static class AxisLoop<F, T, V, TFormat>
    where F : struct, IAlongAxis<F>
    where T : unmanaged
    where V : struct, IReal<V>
    where TFormat : struct, IFormat<T, V>
{
    private const int Strands = 8;

    // What is smaller adds nothing to any sum that a double can tell from none, and may be a mere token of "very small".
    private const double Least = 1e-300;

    /// <summary>y = F(x); padding is -∞, which changes nothing.</summary>
    public static void Forward(ReadOnlySpan<T> x, Span<T> y, T padding)
    {
        Stretches stretches = new(x, padding);
        V max = Maximum(ref stretches), rest = Rest(ref stretches, max);
        Map(ref stretches.Whole, ref MemoryMarshal.GetReference(y), stretches.WholeLength, max, rest);
        if (stretches.TailLength == 0)
            return;
        Buffer8<T> last = default;
        Map(ref stretches.Tail[0], ref last[0], Strands, max, rest);
        ((ReadOnlySpan<T>)last)[..stretches.TailLength].CopyTo(y[stretches.WholeLength..]);
    }

    /// <summary>target = Jᵀ u or J u at the inputs or saved outputs in source.</summary>
    public static void Product(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct product, T padding)
    {
        Stretches sources = new(source, product.FromOutput ? default : padding), vectors = new(u, default);
        V max = product.FromOutput ? 0 : Maximum(ref sources), rest = product.FromOutput ? 0 : Rest(ref sources, max);

        Buffer8<V> strands = default;
        AddTerms(ref sources.Whole, ref vectors.Whole, sources.WholeLength, product, max, rest, ref strands);
        if (sources.TailLength > 0)
            AddTerms(ref sources.Tail[0], ref vectors.Tail[0], Strands, product, max, rest, ref strands);
        V sum = TFormat.Join(strands);

        MapProduct(ref sources.Whole, ref vectors.Whole, ref MemoryMarshal.GetReference(target), sources.WholeLength, product, max, rest, sum);
        if (sources.TailLength == 0)
            return;
        Buffer8<T> last = default;
        MapProduct(ref sources.Tail[0], ref vectors.Tail[0], ref last[0], Strands, product, max, rest, sum);
        ((ReadOnlySpan<T>)last)[..sources.TailLength].CopyTo(target[sources.WholeLength..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map(ref T x, ref T y, int length, V max, V rest)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
            TFormat.Store(Output(ref x, i, max, rest), ref y, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTerms(ref T source, ref T u, int length, AxisProduct product, V max, V rest, ref Buffer8<V> strands)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
        {
            V y = product.FromOutput ? TFormat.Load(ref source, i) : Output(ref source, i, max, rest);
            V v = TFormat.Load(ref u, i);
            strands[(int)(i % Strands) / TFormat.Count] += product.Tangent ? F.TangentTerm(y, v) : F.BackwardTerm(y, v);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MapProduct(ref T source, ref T u, ref T target, int length, AxisProduct product, V max, V rest, V sum)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
        {
            V y = product.FromOutput ? TFormat.Load(ref source, i) : Output(ref source, i, max, rest);
            V v = TFormat.Load(ref u, i);
            TFormat.Store(product.Tangent ? F.Tangent(y, v, sum) : F.Backward(y, v, sum), ref target, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Output(ref T x, nuint index, V max, V rest)
    {
        V shifted = TFormat.Shift(TFormat.Load(ref x, index), max);
        return TFormat.MendOutput<F>(F.Forward(shifted, rest), shifted, rest);
    }

    private static V Maximum(ref Stretches stretches)
    {
        V max = Maximum(ref stretches.Whole, stretches.WholeLength, double.NegativeInfinity);
        if (stretches.TailLength > 0)
            max = Maximum(ref stretches.Tail[0], Strands, max);

        Buffer8<double> lanes = default;
        TFormat.StoreDouble(max, ref lanes[0], 0);
        double largest = lanes[0];
        for (int i = 1; i < TFormat.Count; i++)
            largest = Math.Max(largest, lanes[i]);
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V Maximum(ref T x, int length, V max)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
            max = V.Max(TFormat.Load(ref x, i), max);
        return max;
    }

    private static V Rest(ref Stretches stretches, V max)
    {
        Buffer8<V> strands = default, counts = default;
        AddExponentials(ref stretches.Whole, stretches.WholeLength, max, ref strands, ref counts[0]);
        if (stretches.TailLength > 0)
            AddExponentials(ref stretches.Tail[0], Strands, max, ref strands, ref counts[0]);
        return TFormat.Join(strands) + (TFormat.Join(counts) - 1);
    }

    // The largest inputs, whose exponentials are exactly 1, are counted apart, so that a small rest keeps its digits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddExponentials(ref T x, int length, V max, ref Buffer8<V> strands, ref V largest)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
        {
            V shifted = TFormat.Shift(TFormat.Load(ref x, i), max);
            V below = shifted < 0, exponential = V.Exp(shifted);
            exponential = V.Select(exponential < Least, 0, exponential);
            strands[(int)(i % Strands) / TFormat.Count] += V.Select(below, exponential, shifted);
            largest += V.Select(below, 0, 1);
        }
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
