using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A gated linear unit, y = a(gate; θ) · b(value; θ): one function of two numbers, written once over an abstract number.</summary>
/// <remarks>What is activated is the gate, whatever a library may call it; the value passes by as it is, or held between bounds.</remarks>
/// <typeparam name="TSelf">The function itself.</typeparam>
public partial interface IGated<TSelf>
    where TSelf : struct, IGated<TSelf>
{
    /// <summary>What is known about the function: its names, parameters, of which there are three at most, and source.</summary>
    static abstract ActivationInfo Info { get; }

    /// <summary>a(gate; θ), the factor that the gate gives.</summary>
    /// <param name="gate">The gate's pre-activation.</param>
    /// <param name="p">The parameters, in the order of <see cref="Info"/>.</param>
    static abstract V Gate<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V>;

    /// <summary>∂a/∂gate: derived from <see cref="Gate"/> by dual numbers unless the function gives a closed form.</summary>
    /// <param name="gate">The gate's pre-activation.</param>
    /// <param name="p">The parameters, in the order of <see cref="Info"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V GateDerivative<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V> => TSelf.Gate(Dual<V>.Variable(gate), Dual<V>.Constants(p)).Tangent;

    /// <summary>b(value; θ), the factor that the value gives: the value itself, unless the function says otherwise.</summary>
    /// <param name="value">The value.</param>
    /// <param name="p">The parameters, in the order of <see cref="Info"/>.</param>
    static virtual V Value<V>(V value, in Parameters<V> p)
        where V : struct, IReal<V> => value;

    /// <summary>∂b/∂value: derived from <see cref="Value"/> by dual numbers unless the function gives a closed form.</summary>
    /// <param name="value">The value.</param>
    /// <param name="p">The parameters, in the order of <see cref="Info"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V ValueDerivative<V>(V value, in Parameters<V> p)
        where V : struct, IReal<V> => TSelf.Value(Dual<V>.Variable(value), Dual<V>.Constants(p)).Tangent;
}
