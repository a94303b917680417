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
        return L.IsChecked ? L.SelectGreater(-DoubleNormalTail.End, gate, double.NaN, slope) : slope;
    }
}
