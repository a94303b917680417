using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The way that floats take through the kernels: which numbers an operation is computed with, and what makes its rounding right.
/// </summary>
internal enum Route
{
    /// <summary>Floats as they are: for what rounds nothing, or once; and in the fast tier.</summary>
    PlainFloats,

    /// <summary>Floats and what their sums and products lose, for a form that is exact so.</summary>
    FloatPairs,

    /// <summary>Products with a constant of 53 bits, enclosed between two floats: <see cref="PiecewiseLinearLoop"/>.</summary>
    ConstantFactors,

    /// <summary>Products with a derivative by way of the output, enclosed between two floats: <see cref="OutputGradientLoop"/>.</summary>
    Outputs,

    /// <summary>Doubles of 42 bits and <see cref="ZivRoundingTest"/>.</summary>
    DoublesWithShortSeries,

    /// <summary>Doubles of 52 bits and <see cref="ZivRoundingTest"/>.</summary>
    Doubles,
}

/// <summary>
/// Which way a function's operation takes. In each table the first line that fits decides; the compiler works out all but the parameters.
/// </summary>
internal static class Routes
{
    /// <summary>Floats in the exact tier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Route OfExactFloats<F, O, TInputs>(in ParameterSet p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs =>
        RoundsOnce<F, O>(p) && (TInputs.HasParameters ? p.WithFirst(0) : p).AreFloats ? Route.PlainFloats
        : HasConstantFactors<F, O>() && (TInputs.HasParameters || PiecewiseLinearLoop.AreFloats<F>(p)) ? Route.PlainFloats
        : HasConstantFactors<F, O>() && PiecewiseLinearLoop.Suits<F>(p) ? Route.ConstantFactors
        : IsGradientByOutput<O, TInputs>() && F.DerivativeFromOutputIsPair(p) ? Route.Outputs
        : typeof(O) == typeof(ForwardOperation) && !TInputs.HasParameters && F.IsExactInFloats(p) ? Route.FloatPairs
        : ShortSeriesSuffice<F, O>() ? Route.DoublesWithShortSeries
        : Route.Doubles;

    /// <summary>Whether the operation is right when it is computed in the type itself, if the parameters are numbers of the type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool RoundsOnce<F, O>(in ParameterSet p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        F.RoundsNothing
        || (IsForward<F, O>() && F.RoundsOnce(p))
        || ((typeof(O) == typeof(DerivativeOperation) || typeof(O) == typeof(DerivativeFromOutputOperation)) && F.DerivativeRoundsNothing);

    /// <summary>Floats in the fast tier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Route OfFastFloats<F, O, TInputs>(in ParameterSet p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs =>
        (!TInputs.HasParameters || F.HasFactors) && O.FloatsSuffice<F>(p) && p.HaveFloats
            && (!F.IsPiecewiseLinear || PiecewiseLinearLoop.FloatsComeNear<F>(p))
            ? Route.PlainFloats
        : OfExactFloats<F, O, TInputs>(p);

    /// <summary>
    /// Numbers of 16 bits, widened to floats: over doubles even where nothing is rounded, for a parameter need not be a float.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Route OfWidenedSixteenBits<F, O>()
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        ShortSeriesSuffice<F, O>() ? Route.DoublesWithShortSeries
        : Route.Doubles;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool ShortSeriesSuffice<F, O>()
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        KeepsDigits<F, O>() || (typeof(O) == typeof(DerivativeOperation) && F.DerivativeKeepsDigits);

    /// <summary>Whether nothing cancels in the operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool KeepsDigits<F, O>()
        where F : struct, IElementwise<F>
        where O : struct, IOperation => IsForward<F, O>() && F.KeepsDigits;

    // The function, or a gated unit's slope by its value, which is the gate's factor again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsForward<F, O>()
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        typeof(O) == typeof(ForwardOperation) || (F.HasFactors && typeof(O) == typeof(ParameterOperation<FirstParameter>));

    /// <summary>
    /// Whether NaN comes out of NaN by itself. Functions of which floats suffice say so; of others the formula, which is short, is tried.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool KeepsNaN<F, O>(in ParameterSet p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        ((typeof(O) == typeof(ForwardOperation) || (typeof(O) == typeof(DerivativeOperation) && !F.DerivativeLosesNaN))
            && !RoundsOnce<F, O>(p) && !F.IsPiecewiseLinear)
        || double.IsNaN(O.ApplyInDoubles<F, DoubleLanes1<Unchecked>>(double.NaN, p.As<DoubleLanes1<Unchecked>>()).Value);

    // A constant times x, or times a gradient.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasConstantFactors<F, O>()
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        F.IsPiecewiseLinear
        && (typeof(O) == typeof(ForwardOperation) || typeof(O) == typeof(DerivativeOperation)
            || typeof(O) == typeof(DerivativeFromOutputOperation));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsGradientByOutput<O, TInputs>()
        where O : struct, IOperation
        where TInputs : struct, IInputs => typeof(O) == typeof(DerivativeFromOutputOperation) && TInputs.HasUpstream;
}
