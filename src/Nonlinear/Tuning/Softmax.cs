using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Softmax
{
    static bool IAlongAxis<Softmax>.FloatsSuffice => true;

    static bool IAlongAxis<Softmax>.IsOfShares => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IAlongAxis<Softmax>.BackwardFromTerm<V>(V y, V term, V sum) => V.MultiplyAdd(y, -sum, term);
}
