using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// Several floats side by side: what the fast tier computes with, and the exact one where a formula rounds nothing. As with
/// <see cref="IDoubleLanes{L}"/>, every operation is correctly rounded or exact, so a lane's bits never depend on the width.
/// </summary>
internal interface IFloatLanes<S> : IReal<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract S Load(ref float source, nuint index);
    static abstract void Store(S x, ref float target, nuint index);

    /// <summary>Stores past the caches. The target must be pinned and, at the index, aligned to the lanes.</summary>
    static virtual void StoreNonTemporal(S x, ref float target, nuint index) => S.Store(x, ref target, index);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract S Fma(S a, S b, S c);

    /// <summary>a · b - c, rounded once.</summary>
    static virtual S Fms(S a, S b, S c) => S.Fma(a, b, -c);

    /// <summary>c - a · b, rounded once.</summary>
    static virtual S Fnma(S a, S b, S c) => S.Fma(-a, b, c);

    /// <summary>The smaller of a bound and x; NaN where x is NaN.</summary>
    static abstract S AtMost(float bound, S x);

    /// <summary>The larger of a bound and x; NaN where x is NaN.</summary>
    static abstract S AtLeast(float bound, S x);

    /// <summary>The smaller of two numbers; anything if one is NaN.</summary>
    static abstract S Smaller(S a, S b);

    /// <summary>The larger of two numbers; anything if one is NaN.</summary>
    static abstract S Larger(S a, S b);

    /// <summary>The largest of the lanes; anything if one is NaN.</summary>
    static abstract float LargestLane(S x);

    /// <summary>The sum of all lanes, by halves: each is added to the one half as many further.</summary>
    static abstract float Total(S x);

    /// <summary>The magnitude of one number with the sign of another.</summary>
    static abstract S CopySign(S magnitude, S sign);

    /// <summary>2ᵏ of a whole k that stands, biased as the exponent of a float is, in the low bits of a larger float.</summary>
    static abstract S PowerOfTwo(S shifted);

    /// <summary>Where x is NaN, the first value; elsewhere the second.</summary>
    static abstract S WhereNaN(S x, S whereTrue, S whereFalse);

    /// <summary>Whether a = b in every lane; NaN is not.</summary>
    static abstract bool AllEqual(S a, S b);

    /// <summary>In how many lanes a = b.</summary>
    static abstract int CountEqual(S a, S b);

    /// <summary>
    /// Whether in every lane a number that is not negative is 0 or at least as large as a bound, which is not below 0; NaN counts as large.
    /// </summary>
    static abstract bool AllZeroOrAtLeast(float bound, S magnitude);

    /// <summary>Whether a ≥ b in every lane; NaN is not.</summary>
    static abstract bool AllAtLeast(S a, S b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.MultiplyAdd(S a, S b, S c) => S.Fma(a, b, c);
    // The constant as two floats: a rounded one can bring the product beyond the largest float.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IReal<S>.Times(Constant constant, S x) =>
        S.Fma((float)constant.High, x, (constant.High - (float)constant.High) * S.AtMost(float.MaxValue, S.AtLeast(float.MinValue, x)));

    // The sum makes -0 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.PositivePart(S x) => S.AtLeast(0, x) + 0;
    static S IReal<S>.Of(Constant constant) => constant.High;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.Exp(S x) => FloatElementary.Exp(x);
    static S IReal<S>.Expm1(S x) => FloatElementary.Expm1(x);
    static S IReal<S>.Log(S x) => throw Missing("logarithm");
    static S IReal<S>.Log1p(S x) => throw Missing("logarithm");
    static S IReal<S>.Sin(S x) => throw Missing("sine");
    static S IReal<S>.Cos(S x) => throw Missing("cosine");
    static S IReal<S>.Erf(S x) => throw Missing("error function");
    static S IReal<S>.Tanh(S x) => FloatElementary.Tanh(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.TanhDerivative(S x) => FloatDerivatives.Tanh(x);
    static S IReal<S>.Sigmoid(S x) => FloatElementary.Sigmoid(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.SigmoidDerivative(S x) => FloatDerivatives.Sigmoid(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.TanhSoftplus(S x) => FloatGates.TimesTanhSoftplus<S>(1, x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.TanhSoftplusDerivative(S x) => FloatDerivatives.TanhSoftplus(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.NormalCdf(S x) => FloatGates.TimesNormalCdf<S>(1, x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.NormalPdf(S x) => FloatDerivatives.NormalCdf(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.TimesSigmoid(S x, S z) => FloatGates.TimesSigmoid(x, z);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.TimesNormalCdf(S x, S z) => FloatGates.TimesNormalCdf(x, z);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.TimesTanhSoftplus(S x, S z) => FloatGates.TimesTanhSoftplus(x, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.SigmoidGateDerivative(S z) => FloatDerivatives.SigmoidGate(z);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.NormalGateDerivative(S z) => FloatDerivatives.NormalGate(z);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static S IReal<S>.TanhSoftplusGateDerivative(S z) =>
        FloatDerivatives.TanhSoftplusGate(z);

    private static NotSupportedException Missing(string function) =>
        new($"Lanes of floats have no {function}: no function of the fast tier needs one.");
}
