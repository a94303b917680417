using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The value times any elementwise function of the gate: its results as doubles, each within an ulp, times the value, rounded once. Slower
/// than a <see cref="GatedKernel{G,T,TRunner}"/>, and no code more for each function.
/// </summary>
internal sealed class ComposedGatedKernel<T, TConversion>(string name, ElementwiseKernel<double> gate, GateLayout? layout)
    : GatedKernel<T>(name, layout)
    where T : unmanaged
    where TConversion : struct, ISpanConversion<T>
{
    private const int BlockLength = 512;

    public override GatedKernel<T> With(GateLayout layout) => new ComposedGatedKernel<T, TConversion>(Name, gate, layout);

    [SkipLocalsInit]
    public override void ForwardPairs(ReadOnlySpan<T> gates, ReadOnlySpan<T> values, Span<T> y)
    {
        Span<double> factors = stackalloc double[Math.Min(BlockLength, y.Length)];
        for (int start = 0; start < y.Length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, y.Length - start);
            TConversion.Widen(gates.Slice(start, count), factors);
            gate.Forward(factors[..count], factors[..count]);
            for (int i = 0; i < count; i++)
                y[start + i] = TConversion.FromDouble(factors[i] * TConversion.ToDouble(values[start + i]));
        }
    }

    // The products of two numbers that are no doubles are rounded in double before the last factor comes: an ulp of double at most.
    [SkipLocalsInit]
    public override void BackwardPairs(
        ReadOnlySpan<T> gates, ReadOnlySpan<T> values, ReadOnlySpan<T> dy, Span<T> dgate, Span<T> dvalue)
    {
        int block = Math.Min(BlockLength, gates.Length);
        Span<double> factors = stackalloc double[block], slopes = stackalloc double[block];
        for (int start = 0; start < gates.Length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, gates.Length - start);
            TConversion.Widen(gates.Slice(start, count), factors);
            gate.Derivative(factors[..count], slopes[..count]);
            gate.Forward(factors[..count], factors[..count]);
            for (int i = 0; i < count; i++)
            {
                double value = TConversion.ToDouble(values[start + i]), upstream = TConversion.ToDouble(dy[start + i]);
                dgate[start + i] = TConversion.FromDouble(slopes[i] * value * upstream);
                dvalue[start + i] = TConversion.FromDouble(factors[i] * upstream);
            }
        }
    }
}
