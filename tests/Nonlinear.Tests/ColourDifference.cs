using System.Globalization;

namespace Nonlinear.Tests;

/// <summary>How far two colours are apart for an eye: CIEDE2000, for every kind of colour vision.</summary>
internal static class ColourDifference
{
    /// <summary>
    /// How linear colours are seen by eyes without one kind of cones: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A
    /// Physiologically-based Model for Simulation of Color Vision Deficiency, 2009, severity 1.
    /// </summary>
    public static IReadOnlyDictionary<string, double[][]> Visions { get; } = new Dictionary<string, double[][]>
    {
        ["all cones"] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        ["protanopia"] =
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ["deuteranopia"] =
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
        ["tritanopia"] =
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
    };

    private static readonly double[][] ToXyz =
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]];

    private static readonly double[] White = [0.95047, 1, 1.08883];

    /// <summary>The difference of two colours, #rrggbb, as somebody sees them.</summary>
    public static double Between(string one, string other, double[][] vision) => Between(Lab(one, vision), Lab(other, vision));

    /// <summary>The difference of two colours in CIELAB: G. Sharma, W. Wu, E. N. Dalal 2005.</summary>
    public static double Between((double L, double A, double B) one, (double L, double A, double B) other)
    {
        double mean = (Math.Sqrt(Squares(one.A, one.B)) + Math.Sqrt(Squares(other.A, other.B))) / 2;
        double stretch = 1.5 - (0.5 * Saturation(mean));
        double a1 = stretch * one.A, a2 = stretch * other.A;
        double c1 = Math.Sqrt(Squares(a1, one.B)), c2 = Math.Sqrt(Squares(a2, other.B)), c = (c1 + c2) / 2;
        double h1 = Hue(a1, one.B), h2 = Hue(a2, other.B), turn = c1 * c2 == 0 ? 0 : ((h2 - h1 + 540) % 360) - 180;
        double h = c1 * c2 == 0 ? h1 + h2
            : Math.Abs(h1 - h2) <= 180 ? (h1 + h2) / 2
            : h1 + h2 < 360 ? (h1 + h2 + 360) / 2
            : (h1 + h2 - 360) / 2;
        double t = 1 - (0.17 * Cos(h - 30)) + (0.24 * Cos(2 * h)) + (0.32 * Cos((3 * h) + 6)) - (0.2 * Cos((4 * h) - 63));
        double middle = ((one.L + other.L) / 2) - 50;
        double lightness = (other.L - one.L) / (1 + (0.015 * middle * middle / Math.Sqrt(20 + (middle * middle))));
        double chroma = (c2 - c1) / (1 + (0.045 * c));
        double hue = 2 * Math.Sqrt(c1 * c2) * Math.Sin(turn / 2 * Math.PI / 180) / (1 + (0.015 * c * t));
        double rotation = -2 * Saturation(c) * Math.Sin(60 * Math.Exp(-Math.Pow((h - 275) / 25, 2)) * Math.PI / 180);
        return Math.Sqrt(Squares(lightness, chroma) + (hue * hue) + (rotation * chroma * hue));
    }

    private static (double L, double A, double B) Lab(string colour, double[][] vision)
    {
        double[] linear =
        [
            .. Enumerable.Range(0, 3)
                .Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                .Select(part => Linear(part / 255.0)),
        ];
        double[] seen = [.. Times(vision, linear).Select(part => Math.Clamp(part, 0, 1))];
        double[] xyz = [.. Times(ToXyz, seen).Zip(White, (part, white) => part / white)];
        double[] f = [.. xyz.Select(part => part > 216 / 24389.0 ? Math.Cbrt(part) : ((24389 / 27.0 * part) + 16) / 116)];
        return ((116 * f[1]) - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]));
    }

    private static double Linear(double part) => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);

    private static double[] Times(double[][] matrix, double[] vector) =>
        [.. matrix.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];

    private static double Squares(double a, double b) => (a * a) + (b * b);

    private static double Saturation(double chroma) => Math.Sqrt(Math.Pow(chroma, 7) / (Math.Pow(chroma, 7) + Math.Pow(25, 7)));

    private static double Hue(double a, double b) => ((Math.Atan2(b, a) * 180 / Math.PI) + 360) % 360;

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);
}
