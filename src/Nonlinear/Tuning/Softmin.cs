using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Softmin
{
    static bool IAlongAxis<Softmin>.FloatsSuffice => true;

    static bool IAlongAxis<Softmin>.IsOfShares => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IAlongAxis<Softmin>.BackwardFromTerm<V>(V y, V term, V sum) => V.MultiplyAdd(y, -sum, term);
}
