using Nonlinear.Oracle;

namespace Nonlinear.Tests;

/// <summary>Functions along an axis beside values that mpmath has found (tests/Nonlinear.References/vectors.py).</summary>
public class VectorReferenceTests
{
    private static readonly Row[] Rows =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "References", "Vectors", "vectors.csv")).Select(Row.Parse),
    ];

    public static TheoryData<string, string> Subjects
    {
        get
        {
            TheoryData<string, string> subjects = [];
            foreach ((string activation, string format) in Rows.Select(row => (row.Activation, row.Format)).Distinct())
                subjects.Add(activation, format);
            return subjects;
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Outputs_are_within_their_guarantee(string name, string type)
    {
        NumberFormat format = NumberFormat.Named(type);
        AxisActivation activation = (AxisActivation)Activation.Parse(name);
        foreach (Row row in Rows.Where(row => row.Activation == name && row.Format == type))
        {
            double[] y = new double[row.X.Length];
            format.Compute(activation, false, row.X, y);
            // 0.501 ulp from the exact value is its rounding, or the number beside it where the value is nearly between them.
            double most = Guarantee.Of(activation, format.Type).Ulps <= 0.501 ? 0 : 2;
            for (int i = 0; i < y.Length; i++)
                AssertNear(row.Y[i], y[i], most, 0, format, $"{name} {type} at ({string.Join(", ", row.X)}), output {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Gradients_are_within_their_guarantee(string name, string type)
    {
        NumberFormat format = NumberFormat.Named(type);
        AxisActivation activation = (AxisActivation)Activation.Parse(name);
        foreach (Row row in Rows.Where(row => row.Activation == name && row.Format == type))
        {
            double[] dx = new double[row.X.Length];
            format.Backward(activation, row.X, row.Dy, dx);
            double terms = row.Dx.Max(Math.Abs);
            double most = Guarantee.OfGradient(activation, format.Type).Ulps + 0.5;
            for (int i = 0; i < dx.Length; i++)
                AssertNear(row.Dx[i], dx[i], most, terms, format, $"{name} {type} at ({string.Join(", ", row.X)}), gradient {i}");
        }
    }

    // Where terms cancel, in ulps of a thousandth of them.
    private static void AssertNear(double expected, double actual, double most, double terms, NumberFormat format, string what)
    {
        double ulp = Math.ScaleB(1, (int)format.UlpExponent(Math.Max(Math.Abs(expected), terms / 1000)));
        Assert.True(Math.Abs(expected - actual) <= most * ulp, $"{what}: {actual:R}, not {expected:R}");
    }

    private sealed record Row(string Activation, string Format, double[] X, double[] Y, double[] Dy, double[] Dx)
    {
        public static Row Parse(string line)
        {
            string[] fields = line.Split(';');
            double[] Read(int field) => [.. fields[field].Split(',').Select(bits => fields[1] == "double"
                ? BitConverter.UInt64BitsToDouble(Convert.ToUInt64(bits, 16))
                : BitConverter.UInt32BitsToSingle(Convert.ToUInt32(bits, 16)))];
            return new(fields[0], fields[1], Read(2), Read(3), Read(4), Read(5));
        }
    }
}
