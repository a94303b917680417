using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>Sine and cosine over pairs of doubles, to about 2⁻⁵⁸ of the result, however many turns the angle is.</summary>
internal static class DoubleDoubleTrigonometry
{
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>sin x</summary>
    public static DoubleDouble<L> Sin<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L> => Sin(Angle<L>.Of(x.High, x.Low));

    /// <summary>cos x</summary>
    public static DoubleDouble<L> Cos<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L> => Cos(Angle<L>.Of(x.High, x.Low));

    /// <summary>1 + sin x; about its zeros 1 - cos r = sin²r / (1 + cos r).</summary>
    public static DoubleDouble<L> OnePlusSin<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L> => OnePlusSin(Angle<L>.Of(x.High, x.Low));

    /// <summary>The sine of an angle.</summary>
    [MethodImpl(OutOfLine)] public static DoubleDouble<L> Sin<L>(Angle<L> angle)
        where L : struct, IReal<L>, IDoubleLanes<L> => TurnedSine(angle, SinOf(angle), CosOf(angle));

    /// <summary>The cosine of an angle.</summary>
    [MethodImpl(OutOfLine)] public static DoubleDouble<L> Cos<L>(Angle<L> angle)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> turned = DoubleDouble<L>.Select(angle.IsOdd, SinOf(angle), CosOf(angle));
        return DoubleDouble<L>.Select(angle.IsCosineTurned, -turned, turned);
    }

    /// <summary>1 plus the sine of an angle.</summary>
    [MethodImpl(OutOfLine)] public static DoubleDouble<L> OnePlusSin<L>(Angle<L> angle)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> sine = SinOf(angle), cosine = CosOf(angle);
        return DoubleDouble<L>.Select(angle.IsAtMinimum, sine * sine / (1 + cosine), 1 + TurnedSine(angle, sine, cosine));
    }

    private static DoubleDouble<L> TurnedSine<L>(Angle<L> angle, DoubleDouble<L> sine, DoubleDouble<L> cosine)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> turned = DoubleDouble<L>.Select(angle.IsOdd, cosine, sine);
        return DoubleDouble<L>.Select(angle.IsSineTurned, -turned, turned);
    }

    private static DoubleDouble<L> SinOf<L>(Angle<L> angle)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> r = new(angle.High, angle.Low), square = r * r;
        L z = square.High;
        L rest = L.Fma(SineSeries.C8, z, SineSeries.C7);
        rest = L.Fma(rest, z, SineSeries.C6);
        rest = L.Fma(rest, z, SineSeries.C5);
        rest = L.Fma(rest, z, SineSeries.C4);
        rest = L.Fma(rest, z, SineSeries.C3);
        rest = L.Fma(rest, z, SineSeries.C2);
        rest = L.Fma(rest, z, SineSeries.C1);
        return r + (square * r * (new DoubleDouble<L>(SineSeries.C0, SineSeries.C0Low) + (DoubleDouble<L>)(rest * z)));
    }

    private static DoubleDouble<L> CosOf<L>(Angle<L> angle)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> r = new(angle.High, angle.Low), square = r * r;
        L z = square.High;
        L rest = L.Fma(CosineSeries.C7, z, CosineSeries.C6);
        rest = L.Fma(rest, z, CosineSeries.C5);
        rest = L.Fma(rest, z, CosineSeries.C4);
        rest = L.Fma(rest, z, CosineSeries.C3);
        rest = L.Fma(rest, z, CosineSeries.C2);
        rest = L.Fma(rest, z, CosineSeries.C1);
        return 1 - (0.5 * square) + (DoubleDouble<L>)(rest * z * z);
    }
}
