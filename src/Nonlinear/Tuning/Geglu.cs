using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Geglu
{
    // Here the normal law's tail ends over doubles: beyond, its product with one float vanishes, but not that with a value and a gradient.
    // What is no number fails the check, and is computed another way.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IGated<Geglu>.GateDerivativeInDoubles<L>(L gate, in Parameters<L> p)
    {
        L slope = L.NormalGateDerivative(gate);
        return L.IsChecked ? L.OpenWhereGreater(-DoubleNormalTail.End, gate, slope) : slope;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (L Factor, L Derivative) IGated<Geglu>.GateAndDerivativeInDoubles<L>(L gate, in Parameters<L> p)
    {
        (L factor, L density) = L.NormalCdfAndPdf(gate);
        L slope = L.NearRoot<NormalGateRoot>(gate, L.Fma(gate, density, factor));
        return (gate * factor, L.IsChecked ? L.OpenWhereGreater(-DoubleNormalTail.End, gate, slope) : slope);
    }
}
