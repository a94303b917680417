using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>A number as C# writes it, and the parts of one that a double or a float does not hold.</summary>
internal static class Numbers
{
    private static readonly NumberFormat Float = NumberFormat.Named("float");

    /// <summary>The double nearest to a number, and the one nearest to what is left.</summary>
    public static (double High, double Low) Split(BigFloat x)
    {
        double high = x.ToDouble();
        return (high, (x - high).ToDouble());
    }

    /// <summary>The float nearest to a number, and the one nearest to what is left.</summary>
    public static (float High, float Low) SplitFloat(BigFloat x)
    {
        float high = ToFloat(x);
        return (high, ToFloat(x - high));
    }

    public static float ToFloat(BigFloat x) => (float)x.Round(Float);

    public static BigFloat Power(BigFloat x, int n)
    {
        BigFloat product = 1;
        for (int i = 0; i < n; i++)
            product *= x;
        return product;
    }

    public static BigFloat Abs(BigFloat x) => x.Sign < 0 ? -x : x;

    /// <summary>The binary places of a number from 0 to 1, as hexadecimal digits.</summary>
    public static string Hexadecimal(Func<BigFloat> number, int bits)
    {
        BigFloat.Reset(wide: true);
        BigFloat rest = number();
        char[] digits = new char[bits / 4];
        for (int i = 0; i < digits.Length; i++)
        {
            rest = BigFloat.Scale(rest, 4);
            int digit = (int)Math.Floor(rest.ToDouble());
            if ((rest - digit).Sign < 0)
                digit--;
            rest -= digit;
            digits[i] = "0123456789ABCDEF"[digit];
        }
        BigFloat.Reset();
        return new(digits);
    }

    public static BigFloat TwoTo(int power) => BigFloat.Scale(1, power);
}
