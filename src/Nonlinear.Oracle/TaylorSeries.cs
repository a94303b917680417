namespace Nonlinear.Oracle;

/// <summary>Functions about 0 by their power series, where a difference would leave no digits.</summary>
internal static class TaylorSeries
{
    // The terms of x - tanh x, from x¹⁷ down to x³.
    private static readonly (double Numerator, double Denominator)[] TanhTerms =
    [
        (-6404582, 10854718875), (929569, 638512875), (-21844, 6081075), (1382, 155925), (-62, 2835), (17, 315), (-2, 15), (1, 3),
    ];

    /// <summary>eˣ - 1 - x; for |x| up to 1/8 what is left out is less than 2⁻⁷⁰ of it.</summary>
    public static N ExpTail<N>(N x)
        where N : struct, INumber<N>
    {
        N sum = 1;
        for (int n = 13; n > 2; n--)
            sum = 1 + (x * sum / n);
        return sum * (x * x / 2);
    }

    /// <summary>
    /// x - tanh x; for |x| up to 1/8 what is left out is less than 2⁻⁵⁴ of it: each term is less than half of the one before.
    /// </summary>
    public static N TanhShrink<N>(N x)
        where N : struct, INumber<N>
    {
        N z = x * x, sum = 0;
        foreach ((double numerator, double denominator) in TanhTerms)
            sum = (z * sum) + (numerator / (N)denominator);
        return sum * (x * z);
    }
}
