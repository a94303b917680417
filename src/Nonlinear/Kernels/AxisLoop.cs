using System.Runtime.CompilerServices;
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

    /// <summary>y = F(x); padding is -∞, which changes nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ReadOnlySpan<T> x, Span<T> y, T padding)
    {
        V max = Maximum(x, padding), rest = Rest(x, max, padding);
        Buffer8<T> stretch = default;
        for (int start = 0; start < x.Length; start += Strands)
        {
            int count = Fill(stretch, x, start, padding);
            for (int i = 0; i < Strands; i += TFormat.Count)
                TFormat.Store(Output(ref stretch[i], max, rest), ref stretch[i], 0);
            ((ReadOnlySpan<T>)stretch)[..count].CopyTo(y[start..]);
        }
    }

    /// <summary>target = Jᵀ u or J u at the inputs or saved outputs in source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct product, T padding)
    {
        V max = product.FromOutput ? 0 : Maximum(source, padding);
        V rest = product.FromOutput ? 0 : Rest(source, max, padding);
        Buffer8<T> stretch = default, vector = default;
        Buffer8<V> strands = default;
        V sum = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int start = 0; start < source.Length; start += Strands)
            {
                int count = Fill(stretch, source, start, product.FromOutput ? default : padding);
                Fill(vector, u, start, default);
                for (int i = 0; i < Strands; i += TFormat.Count)
                {
                    V y = product.FromOutput ? TFormat.Load(ref stretch[i], 0) : Output(ref stretch[i], max, rest);
                    V v = TFormat.Load(ref vector[i], 0);
                    if (pass == 0)
                        strands[i / TFormat.Count] += product.Tangent ? F.TangentTerm(y, v) : F.BackwardTerm(y, v);
                    else
                        TFormat.Store(product.Tangent ? F.Tangent(y, v, sum) : F.Backward(y, v, sum), ref vector[i], 0);
                }
                if (pass == 1)
                    ((ReadOnlySpan<T>)vector)[..count].CopyTo(target[start..]);
            }
            if (pass == 0)
                sum = TFormat.Join(strands);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Output(ref T x, V max, V rest)
    {
        V shifted = TFormat.Shift(TFormat.Load(ref x, 0), max);
        return TFormat.MendOutput<F>(F.Forward(shifted, rest), shifted, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V Maximum(ReadOnlySpan<T> x, T padding)
    {
        Buffer8<T> stretch = default;
        V max = double.NegativeInfinity;
        for (int start = 0; start < x.Length; start += Strands)
        {
            Fill(stretch, x, start, padding);
            for (int i = 0; i < Strands; i += TFormat.Count)
                max = V.Max(TFormat.Load(ref stretch[i], 0), max);
        }

        Buffer8<double> lanes = default;
        lanes[0] = double.NegativeInfinity;
        TFormat.StoreDouble(max, ref lanes[0], 0);
        double largest = lanes[0];
        for (int i = 1; i < TFormat.Count; i++)
            largest = Math.Max(largest, lanes[i]);
        return largest;
    }

    // The largest inputs, whose exponentials are exactly 1, are counted apart, so that a small rest keeps its digits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V Rest(ReadOnlySpan<T> x, V max, T padding)
    {
        Buffer8<T> stretch = default;
        Buffer8<V> strands = default;
        V largest = 0;
        for (int start = 0; start < x.Length; start += Strands)
        {
            Fill(stretch, x, start, padding);
            for (int i = 0; i < Strands; i += TFormat.Count)
            {
                V shifted = TFormat.Shift(TFormat.Load(ref stretch[i], 0), max);
                V below = shifted < 0;
                strands[i / TFormat.Count] += V.Select(below, V.Exp(shifted), shifted);
                largest += V.Select(below, 0, 1);
            }
        }
        Buffer8<V> counts = default;
        counts[0] = largest;
        return TFormat.Join(strands) + (TFormat.Join(counts) - 1);
    }

    // The next stretch of a vector, filled up with padding; the number of elements that are the vector's own.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Fill(Span<T> stretch, ReadOnlySpan<T> source, int start, T padding)
    {
        int count = Math.Min(Strands, source.Length - start);
        source.Slice(start, count).CopyTo(stretch);
        stretch[count..].Fill(padding);
        return count;
    }
}
