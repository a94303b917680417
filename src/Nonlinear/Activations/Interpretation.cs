using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A function with its parameters fixed, open to any number: it hides which function it is, not what it is evaluated over.</summary>
internal abstract class Interpretation
{
    public abstract V Forward<V>(V x)
        where V : struct, IReal<V>;

    public abstract V Derivative<V>(V x)
        where V : struct, IReal<V>;
}

/// <inheritdoc/>
internal sealed class Interpretation<F>(ParameterSet parameters) : Interpretation
    where F : struct, IElementwise<F>
{
    public override V Forward<V>(V x) => F.Forward(x, parameters.As<V>());

    public override V Derivative<V>(V x) => F.Derivative(x, parameters.As<V>());
}
