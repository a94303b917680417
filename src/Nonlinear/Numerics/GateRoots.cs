using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The zero of (z·σ(z))′.</summary>
internal readonly struct SigmoidGateRoot : IRoot
{
    public static double High { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => -1.2784645427610737; }

    public static double Low { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => -1.0946994183093437e-16; }

    public static ReadOnlySpan<double> Coefficients =>
    [
        0.2178117057198001,
        0.1466487969969469,
        0.018874814223782312,
        -0.015222655223188032,
        -0.006606589138356696,
        0.000126627410081122,
        0.0007985218818397998,
        0.00018570724361186496,
    ];

    public static double DerivativeLow => -3.974332795880862e-18;
}

/// <summary>The zero of (z·Φ(z))′.</summary>
internal readonly struct NormalGateRoot : IRoot
{
    public static double High { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => -0.7517915246935645; }

    public static double Low { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1.4956759177009883e-17; }

    public static ReadOnlySpan<double> Coefficients =>
    [
        0.4314939923140469,
        0.388284982990552,
        -0.018199676398671087,
        -0.1140082332972217,
        -0.014771522148244337,
        0.019421679838189067,
        0.004539228379125415,
        -0.002239538068073497,
    ];

    public static double DerivativeLow => 2.7308688141129613e-17;
}

/// <summary>The zero of (z·tanh(log(1 + eᶻ)))′.</summary>
internal readonly struct TanhSoftplusGateRoot : IRoot
{
    public static double High { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => -1.1924312145154952; }

    public static double Low { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => -4.8484829848031044e-17; }

    public static ReadOnlySpan<double> Coefficients =>
    [
        0.2669479140495345,
        0.20473126408010586,
        0.04190782104360987,
        -0.020271822716684245,
        -0.01582112656173338,
        -0.0033606849270232685,
        0.0010924055409445854,
        0.0009898181021289196,
    ];

    public static double DerivativeLow => 1.5332816617135587e-17;
}
