using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// Several doubles side by side, as wide as the processor has them. Every operation is correctly rounded or exact, so a lane's bits
/// never depend on the width; the elementary functions are written once over it.
/// </summary>
internal interface IDoubleLanes<L> : IReal<L>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract L Load(ref double source, nuint index);
    static abstract void Store(L x, ref double target, nuint index);

    /// <summary>Loads floats and widens them, which is exact.</summary>
    static abstract L LoadFloat(ref float source, nuint index);

    /// <summary>Rounds to float, once, to nearest even, and stores.</summary>
    static abstract void StoreFloat(L x, ref float target, nuint index);

    /// <summary>
    /// Rounds results to float and stores them, if every rounding is certain: a little more and a little less, by
    /// <see cref="ZivRoundingTest.ErrorBound"/>, round to the same number, and neither it nor, for formulas that might hide it, the input
    /// is ±∞ or NaN. Otherwise nothing is stored.
    /// </summary>
    static abstract bool TryStoreFloat(L y, ref float x, ref float target, nuint index);

    /// <summary>
    /// Rounds results to float and stores them, certain or not, and adds what is in doubt to a doubt that began as 0: the same test, looked
    /// at later, and for results that were made too small by <see cref="ZivRoundingTest.Less"/> already, as a common factor can be.
    /// </summary>
    static abstract L StoreFloat(L lowered, ref float target, nuint index, L doubt);

    /// <summary>Adds to the doubt where an input is ±∞ or NaN, for formulas that might hide it.</summary>
    static abstract L DoubtInfinities(ref float x, nuint index, L doubt);

    /// <summary>Whether nothing added to the doubt.</summary>
    static abstract bool IsCertain(L doubt);

    /// <summary>Whether the rounding of these doubles will be checked.</summary>
    static abstract bool IsChecked { get; }

    /// <summary>Whether shorter series do: see <see cref="IPrecision.UsesShortSeries"/>.</summary>
    static abstract bool UsesShortSeries { get; }

    /// <summary>a · b + c, rounded once.</summary>
    static abstract L Fma(L a, L b, L c);

    /// <summary>a · b - c, rounded once.</summary>
    static virtual L Fms(L a, L b, L c) => L.Fma(a, b, -c);

    /// <summary>The smaller of a bound and x; NaN where x is NaN.</summary>
    static abstract L AtMost(double bound, L x);

    /// <summary>The larger of a bound and x; NaN where x is NaN.</summary>
    static abstract L AtLeast(double bound, L x);

    /// <summary>The magnitude of one number with the sign of another.</summary>
    static abstract L CopySign(L magnitude, L sign);

    /// <summary>2ᵏ for whole k from -1022 to 1023, handed over as k + <see cref="DoubleElementary.Rounder"/>.</summary>
    static abstract L PowerOfTwo(L shifted);

    /// <summary>
    /// 2^(k/8) for whole k, handed over as k + <see cref="DoubleElementary.EighthsRounder"/>, to an ulp: a permutation within a register
    /// looks it up.
    /// </summary>
    static virtual L PowerOfEighth(L shifted) => throw new NotSupportedException("Only some lanes have a table of eighths.");

    /// <summary>The sum of the bits, taken as whole numbers of 64 bits.</summary>
    static abstract L AddBits(L a, L b);

    /// <summary>The sum of the bits of all lanes, taken as whole numbers of 64 bits.</summary>
    static abstract long TotalOfBits(L x);

    /// <summary>Splits a positive normal x into m · 2ᵏ with m from √½ to √2.</summary>
    static abstract (L Mantissa, L Exponent) Split(L x);

    /// <summary>Whether a mask holds in every lane.</summary>
    static abstract bool All(L mask);

    /// <summary>Whether no lane is ±∞ or NaN.</summary>
    static abstract bool AllFinite(L x);

    /// <summary>The sum of all lanes, by halves: each is added to the one half as many further.</summary>
    static abstract double Total(L x);

    /// <summary>Stores results, if neither they nor the inputs are ±∞ or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual bool TryStore(L y, L x, ref double target, nuint index)
    {
        bool finite = L.AllFinite(y - y + x);
        if (finite)
            L.Store(y, ref target, index);
        return finite;
    }

    /// <summary>NaN where a &gt; b, and so left open for the check to find; elsewhere y.</summary>
    static virtual L OpenWhereGreater(L a, L b, L y) => L.SelectGreater(a, b, double.NaN, y);

    /// <summary>Where x is NaN, the first value; elsewhere the second.</summary>
    static abstract L WhereNaN(L x, L whereTrue, L whereFalse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static L IReal<L>.MultiplyAdd(L a, L b, L c) => L.Fma(a, b, c);
    static L IReal<L>.Of(Constant constant) => constant.High;
    static L IReal<L>.Exp(L x) => DoubleElementary.Exp(x);
    static L IReal<L>.Expm1(L x) => DoubleElementary.Expm1(x);
    static L IReal<L>.Log1p(L x) => DoubleElementary.Log1p(x);
    static L IReal<L>.Log1pOfFraction(L x) => DoubleElementary.Log1pOfFraction(x);
    static L IReal<L>.Softplus(L x) => L.PositivePart(x) + DoubleElementary.Log1pOfFraction(DoubleElementary.Decay(-L.Abs(x)));
    static L IReal<L>.Log(L x) => DoubleElementary.Log(x);
    static L IReal<L>.Sin(L x) => DoubleTrigonometry.Sin<L>(1, x);
    static L IReal<L>.Cos(L x) => DoubleTrigonometry.Cos<L>(1, x);
    static L IReal<L>.SinOfProduct(L a, L b) => DoubleTrigonometry.Sin(a, b);
    static L IReal<L>.CosOfProduct(L a, L b) => DoubleTrigonometry.Cos(a, b);
    static L IReal<L>.OnePlusSinOfProduct(L a, L b) => DoubleTrigonometry.OnePlusSin(a, b);
    static L IReal<L>.Erf(L x) => DoubleElementary.Erf(x);
    static L IReal<L>.Tanh(L x) => DoubleElementary.Tanh(x);
    static L IReal<L>.TanhDerivative(L x) => DoubleElementary.TanhDerivative(x);
    static L IReal<L>.Sigmoid(L x) => DoubleElementary.Sigmoid(x);
    static L IReal<L>.SigmoidDerivative(L x) => DoubleElementary.SigmoidDerivative(x);
    static L IReal<L>.TanhSoftplus(L x) => DoubleElementary.TanhSoftplus(x);
    static L IReal<L>.TanhSoftplusDerivative(L x) => DoubleElementary.TanhSoftplusDerivative(x);
    static L IReal<L>.NormalCdf(L x) => DoubleElementary.NormalCdf(x);
    static L IReal<L>.NormalPdf(L x) => DoubleElementary.NormalPdf(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static (L Cdf, L Pdf) IReal<L>.NormalCdfAndPdf(L x) =>
        DoubleElementary.NormalCdfAndPdf(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static (L Value, L Derivative) IReal<L>.TanhSoftplusAndDerivative(L x) =>
        DoubleElementary.TanhSoftplusAndDerivative(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static (L Value, L Derivative) IReal<L>.SigmoidAndDerivative(L x) =>
        DoubleElementary.SigmoidAndDerivative(x);

    // Below 2⁻⁹ of a term the error of a double would pass for less than it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IReal<L>.CancellingSum(L a, L b)
    {
        L sum = a + b;
        return L.IsChecked ? L.OpenWhereGreater(1.0 / 512 * L.Abs(a), L.Abs(sum), sum) : sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IReal<L>.SigmoidGateDerivative(L z) => L.NearRoot<SigmoidGateRoot>(z, GateDerivatives.Sigmoid(z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IReal<L>.NormalGateDerivative(L z) => L.NearRoot<NormalGateRoot>(z, GateDerivatives.Normal(z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IReal<L>.TanhSoftplusGateDerivative(L z) => L.NearRoot<TanhSoftplusGateRoot>(z, GateDerivatives.TanhSoftplus(z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IReal<L>.NearRoot<TRoot>(L x, L elsewhere)
    {
        if (L.IsChecked)
            return L.OpenWhereGreater(Root.CheckedRadius, L.Abs(x - TRoot.High), elsewhere);
        L distance = x - TRoot.High - TRoot.Low;
        return L.Select(L.Abs(distance) < TRoot.Radius, distance * DoubleElementary.Polynomial(distance, TRoot.Coefficients), elsewhere);
    }
}
