using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The derivatives of the gates z·σ(z), z·Φ(z) and z·tanh(log(1 + eᶻ)): two terms that cancel left of 0.</summary>
/// <remarks>Numbers of a fixed precision take a series about the zero; others, such as formulas, the sum as it stands.</remarks>
internal static class GateDerivatives
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>σ(z) + z·σ′(z)</summary>
    [MethodImpl(Inline)] public static V Sigmoid<V>(V z)
        where V : struct, IReal<V>
    {
        (V gate, V derivative) = V.SigmoidAndDerivative(z);
        return V.MultiplyAdd(z, derivative, gate);
    }

    /// <summary>Φ(z) + z·φ(z)</summary>
    [MethodImpl(Inline)] public static V Normal<V>(V z)
        where V : struct, IReal<V>
    {
        (V cdf, V pdf) = V.NormalCdfAndPdf(z);
        return V.MultiplyAdd(z, pdf, cdf);
    }

    /// <summary>tanh(log(1 + eᶻ)) + z·(tanh(log(1 + eᶻ)))′</summary>
    [MethodImpl(Inline)] public static V TanhSoftplus<V>(V z)
        where V : struct, IReal<V>
    {
        (V gate, V derivative) = V.TanhSoftplusAndDerivative(z);
        return V.MultiplyAdd(z, derivative, gate);
    }
}
