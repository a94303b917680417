using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>Sine and cosine of a product over lanes of doubles, to about an ulp of double, however many turns it is.</summary>
internal static class DoubleTrigonometry
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>sin(a · b)</summary>
    [MethodImpl(Inline)] public static L Sin<L>(L a, L b)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        Angle<L> angle = Angle<L>.OfProduct(a, b);
        return angle.TurnedSine(SinOf(angle), CosOf(angle));
    }

    /// <summary>cos(a · b)</summary>
    [MethodImpl(Inline)] public static L Cos<L>(L a, L b)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        Angle<L> angle = Angle<L>.OfProduct(a, b);
        return angle.TurnedCosine(SinOf(angle), CosOf(angle));
    }

    /// <summary>1 + sin(a · b); about its zeros 1 - cos r = sin²r / (1 + cos r).</summary>
    [MethodImpl(Inline)] public static L OnePlusSin<L>(L a, L b)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        Angle<L> angle = Angle<L>.OfProduct(a, b);
        L sine = SinOf(angle), cosine = CosOf(angle);
        return L.Select(angle.IsAtMinimum, sine * sine / (1 + cosine), 1 + angle.TurnedSine(sine, cosine));
    }

    [MethodImpl(Inline)] private static L SinOf<L>(in Angle<L> angle)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L r = angle.High, z = r * r;
        L sum = L.Fma(SineSeries.C8, z, SineSeries.C7);
        sum = L.Fma(sum, z, SineSeries.C6);
        sum = L.Fma(sum, z, SineSeries.C5);
        sum = L.Fma(sum, z, SineSeries.C4);
        sum = L.Fma(sum, z, SineSeries.C3);
        sum = L.Fma(sum, z, SineSeries.C2);
        sum = L.Fma(sum, z, SineSeries.C1);
        sum = L.Fma(sum, z, SineSeries.C0);
        return L.CopySign(r + L.Fma(sum, z * r, L.Fma(-0.5 * z, angle.Low, angle.Low)), r);
    }

    [MethodImpl(Inline)] private static L CosOf<L>(in Angle<L> angle)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L r = angle.High, z = r * r;
        L sum = L.Fma(CosineSeries.C7, z, CosineSeries.C6);
        sum = L.Fma(sum, z, CosineSeries.C5);
        sum = L.Fma(sum, z, CosineSeries.C4);
        sum = L.Fma(sum, z, CosineSeries.C3);
        sum = L.Fma(sum, z, CosineSeries.C2);
        sum = L.Fma(sum, z, CosineSeries.C1);
        return 1 + L.Fma(sum, z * z, L.Fma(-r, angle.Low, -0.5 * z));
    }
}
