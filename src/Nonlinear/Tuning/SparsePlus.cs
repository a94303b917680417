using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SparsePlus
{
    static bool IElementwise<SparsePlus>.FloatsSuffice(in ParameterSet p) => true;
}
