namespace Nonlinear.Lab.Onnx.Sweeping;

/// <summary>What a type of number can hold.</summary>
/// <param name="Digits">The bits of a significand.</param>
/// <param name="LeastExponent">The smallest positive number is 2 to this.</param>
/// <param name="Largest">The largest finite number.</param>
internal sealed record Precision(int Digits, int LeastExponent, double Largest)
{
    /// <summary>The precision of a type.</summary>
    public static Precision Of(NumberType type) => type switch
    {
        NumberType.Double => new(53, -1074, double.MaxValue),
        NumberType.Half => new(11, -24, (double)Half.MaxValue),
        NumberType.BFloat16 => new(8, -133, BFloat16.MaxValue),
        _ => new(24, -149, float.MaxValue),
    };

    /// <summary>A unit in the last place of a number that need not be of the type; beyond the largest, that of the largest.</summary>
    public double Ulp(double x)
    {
        double size = Math.Min(Math.Abs(x), Largest);
        return Math.ScaleB(1, size == 0 ? LeastExponent : Math.Max(Math.ILogB(size) + 1 - Digits, LeastExponent));
    }
}
