using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>
/// One element at a time, what the loops leave over: it is rare, and so may be slow. So no formula knows about infinities, and limits at ±∞
/// come out right: ±∞ is replaced by a number so large, beyond all doubles, that every function has settled.
/// </summary>
internal static class ScalarFallback
{
    // Without tiering: a thousand elements of a first call may come here.
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    // Stands in for ∞ over doubles: so far beyond every float that its reciprocal is none either, and small enough that its fifth power
    // cannot bring back what has vanished.
    private const double Settled = 1e50;

    // What functions over pairs are off by at most, far above what they are (2⁻⁵⁶ next to a zero), and half of the smallest float.
    private const double ErrorOfPairs = 1.0 / (1L << 52), HalfOfSmallestFloat = 0.5 * float.Epsilon;

    private const int BitsOfFloat = 24;

    // Beside 1 the square of a larger number, and what σ, Φ and the like of a smaller one lack, are more than a pair's error.
    private const double Small = 1.0 / (1 << 20), LargeForGate = 4;

    /// <summary>dy · O(x) over doubles.</summary>
    [MethodImpl(OutOfLine)]
    public static double OverDoubles<F, O>(double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        double.IsNaN(x) ? x : HasInfinity<F>(x, dy, parameters) ? AtInfinity<F, O>(x, dy, parameters) : Plain<F, O>(x, parameters) * dy;

    /// <summary>
    /// dy · O(x) over pairs, and next to a tie over <see cref="LongReal"/>, rounded to odd: rounded once more, to any narrower type, it is
    /// the result rounded once.
    /// </summary>
    [MethodImpl(OutOfLine)]
    public static double OverDoubleDoubles<F, O>(double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
    {
        if (double.IsNaN(x))
            return x;
        if (!F.IsDefined(x))
            return double.NaN;
        if (HasInfinity<F>(x, dy, parameters))
        {
            double limit = AtInfinity<F, O>(x, dy, parameters);
            return F.HasFactors ? DecideTie<F, O>(limit, 0, x, dy, parameters) : limit;
        }
        DoubleDouble<Lane> y = O.Apply<F, DoubleDouble<Lane>>(x, parameters.As<DoubleDouble<Lane>>());
        double plain = y.High.Value * dy;
        // An infinity on the way has no low part that means anything.
        if (double.IsNaN(y.High.Value) || (double.IsNaN(plain) && double.IsFinite(dy)))
            return DecideTie<F, O>(OverExtendedExponent<F, O>(x, dy, parameters), 0, x, dy, parameters);
        if (!double.IsFinite(plain))
            return plain;
        if (plain == 0)
            return SignedZero<F, O>(x, dy, parameters);
        y *= dy;
        return DecideTie<F, O>(y.High.Value, y.Low.Value, x, dy, parameters);
    }

    /// <summary>dy · O(x) over <see cref="ExtendedExponent"/>, rounded to the nearest double.</summary>
    [MethodImpl(OutOfLine)]
    public static double OverExtendedExponent<F, O>(double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
    {
        if (double.IsNaN(x))
            return x;
        if (HasInfinity<F>(x, dy, parameters))
            return AtInfinity<F, O>(x, dy, parameters);
        ExtendedExponent y = O.Apply<F, ExtendedExponent>(x, parameters.As<ExtendedExponent>());
        if (!double.IsFinite(dy) || !y.IsFinite)
            return y.Round() * dy;
        return y.IsZero || dy == 0 ? SignedZero<F, O>(x, dy, parameters) : (y * dy).Round();
    }

    // dy times the limit of O, which is what it is at a number beyond all others.
    private static double AtInfinity<F, O>(double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
    {
        if (HasNoLimit<F, O>(x, parameters))
            return double.NaN;
        double result = F.HasFactors && IsProductOfFactors<O>()
            ? ProductOfLimits<F, O>(x, dy, parameters)
            : O.Apply<F, ExtendedExponent>(Settle(x), WithSettledFirst(parameters)).Round() * dy;
        return result == 0 ? SignedZero<F, O>(x, dy, parameters) : result;
    }

    // Each factor tends to its limit by itself. Where one of them is ∞, the other is rounded to double first: 0 times ∞ is NaN.
    private static double ProductOfLimits<F, O>(double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
    {
        bool byArgument = typeof(O) == typeof(DerivativeOperation), byParameter = typeof(O) == typeof(ParameterOperation<FirstParameter>);
        double parameter = parameters.First;
        Parameters<ExtendedExponent> p = WithSettledFirst(parameters);
        ExtendedExponent gate = F.FactorOfArgument(byArgument, Settle(x), p), value = F.FactorOfParameter(byParameter, p);
        // Of NaN only doubles know what becomes of it: a slope may not hang on it.
        double a = gate.Round();
        double b = double.IsNaN(parameter) ? F.FactorOfParameter(byParameter, parameters.As<Lane>()).Value : value.Round();
        return double.IsFinite(a) && double.IsFinite(b) && double.IsFinite(dy) ? (gate * value * dy).Round() : a * b * dy;
    }

    private static Parameters<ExtendedExponent> WithSettledFirst(in ParameterSet parameters) =>
        new(Settle(parameters.First), parameters.Second, parameters.Third, parameters.Fourth);

    private static ExtendedExponent Settle(double number) =>
        double.IsInfinity(number) ? ExtendedExponent.Beyond(number > 0) : number;

    // A gated unit's slopes by gate and value are; those by its own parameters need not be.
    private static bool IsProductOfFactors<O>()
        where O : struct, IOperation =>
        typeof(O) != typeof(ParameterOperation<SecondParameter>) && typeof(O) != typeof(ParameterOperation<ThirdParameter>)
        && typeof(O) != typeof(ParameterOperation<FourthParameter>);

    // Of a product of factors also where only the gradient is infinite: a factor that vanishes is 0 before it meets ∞.
    private static bool HasInfinity<F>(double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F> =>
        double.IsInfinity(x) || (F.HasFactors && !(double.IsFinite(parameters.First) && double.IsFinite(dy)));

    /// <summary>The zero that dy · O(x) comes to; pairs lose its sign, which plain doubles give.</summary>
    [MethodImpl(OutOfLine)]
    public static double SignedZero<F, O>(double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => Math.CopySign(0, Plain<F, O>(x, parameters) * dy);

    /// <summary>Whether the float nearest to the result for an input is certain, given the error bound of checked lanes.</summary>
    public static bool IsCertain(double result, double x)
    {
        float rounded = 0, input = (float)x;
        return DoubleLanes1<Checked>.TryStoreFloat(result, ref input, ref rounded, 0);
    }

    [MethodImpl(OutOfLine)]
    private static double Plain<F, O>(double x, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        O.ApplyInDoubles<F, Lane>(Math.Clamp(x, -Settled, Settled), parameters.As<Lane>()).Value;

    private static bool HasNoLimit<F, O>(double x, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        F.Oscillates(parameters) && double.IsInfinity(x)
        && (typeof(O) != typeof(ForwardOperation) || double.IsNaN(x > 0 ? F.Info.AtPlusInfinity : F.Info.AtMinusInfinity));

    // A pair rounded to odd; next to a tie, which its own error might decide, the result over numbers with the digits to tell.
    private static double DecideTie<F, O>(double high, double low, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
    {
        double rounded = RoundToOdd(high, low), distance = DistanceFromTie(high, low);
        bool isCertain = F.RoundsNothing || F.IsPiecewiseLinear || !(distance <= ErrorOfPairs * Math.Abs(high))
            || (LosesNothing<F>(x, parameters) && (distance == 0 || !F.HasFactors));
        return isCertain ? rounded : OverLongReals<F, O>(rounded, x, dy, parameters);
    }

    // How far a pair is from the nearest number with one bit more than a float has, as half way between two numbers is one, of 16-bit types
    // too. NaN where there is nothing to be far from.
    private static double DistanceFromTie(double high, double low)
    {
        double size = Math.Abs(high);
        if (size == 0 || !double.IsFinite(high))
            return double.NaN;
        double unit = Math.Max(HalfOfSmallestFloat, Math.ScaleB(1, Math.ILogB(size) - BitsOfFloat));
        return Math.Abs(size - (Math.Round(size / unit) * unit) + (high < 0 ? -low : low));
    }

    // Whether nothing in a formula is so small beside something else that pairs lose it. Then a pair on a tie is the exact result, as many
    // are of x² and the like. That it is next to one by chance, every float of an elementwise function was judged for.
    private static bool LosesNothing<F>(double x, in ParameterSet parameters)
        where F : struct, IElementwise<F> =>
        F.HasFactors ? IsOrdinary(x, LargeForGate) && IsOrdinary(parameters.First, LargeForGate) : IsOrdinary(x, double.MaxValue);

    private static bool IsOrdinary(double x, double largest) => x == 0 || (Math.Abs(x) >= Small && Math.Abs(x) <= largest);

    // dy · O(x), as O is written, rounded to odd.
    [MethodImpl(OutOfLine)]
    private static double OverLongReals<F, O>(double overPairs, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
    {
        Parameters<LongReal> p = new(Settle(parameters.First), parameters.Second, parameters.Third, parameters.Fourth);
        LongReal y = O.ApplyAsWritten<F, LongReal>(Settle(x), p) * dy;
        return y.IsNaN || y.IsZero ? overPairs : y.ToOddDouble();

        static LongReal Settle(double number) => double.IsInfinity(number) ? LongReal.Beyond(number > 0) : number;
    }

    private static double RoundToOdd(double high, double low)
    {
        long bits = BitConverter.DoubleToInt64Bits(high);
        if (low == 0 || (bits & 1) != 0)
            return high;
        return BitConverter.Int64BitsToDouble(double.IsNegative(low) == double.IsNegative(high) ? bits + 1 : bits - 1);
    }
}
