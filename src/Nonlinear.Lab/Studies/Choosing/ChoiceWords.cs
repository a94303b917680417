using System.Globalization;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>How scores and differences of a choice are written.</summary>
/// <param name="data">The data.</param>
internal sealed class ChoiceWords(Dataset data)
{
    /// <summary>A score.</summary>
    public string Score(double value) => data.IsClassification ? Cells.Share(value) : (value < -0.0005 ? "−" : "") + Digits(value);

    /// <summary>The interval of a score.</summary>
    public string Scores(Interval interval) => $"{Score(interval.Low)} to {Score(interval.High)}";

    /// <summary>The interval of a difference.</summary>
    public string Points(Interval difference) => $"{Signed(difference.Low)} to {Points(difference.High)}";

    /// <summary>The interval of a difference, without its unit.</summary>
    public string Interval(Interval difference) => $"{Signed(difference.Low)} to {Signed(difference.High)}";

    /// <summary>A difference with its unit.</summary>
    public string Points(double difference) => Signed(difference) + Unit;

    /// <summary>The size of a difference with its unit.</summary>
    public string Size(double difference) => Digits(difference) + (Unit.Length == 0 ? " of R²" : Unit);

    /// <summary>A difference; never 0.0 with a sign that it does not have.</summary>
    public string Signed(double difference)
    {
        string size = Digits(difference);
        return (difference < 0 && size.Any(digit => digit is >= '1' and <= '9') ? "−" : "+") + size;
    }

    /// <summary>The confidence of an interval whose error rate is given.</summary>
    public static string Confidence(double level) => $"{(100 * (1 - level)).ToString("0.##", CultureInfo.InvariantCulture)}%";

    /// <summary>A probability.</summary>
    public static string Probability(double p) => p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    private string Unit => data.IsClassification ? " points" : "";

    private string Digits(double difference) => data.IsClassification
        ? (100 * Math.Abs(difference)).ToString("0.0", CultureInfo.InvariantCulture)
        : Math.Abs(difference).ToString("0.000", CultureInfo.InvariantCulture);
}
