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
    public Text Scores(Interval interval) => ReportWords.Range(Score(interval.Low), Score(interval.High));

    /// <summary>The interval of a difference.</summary>
    public Text Points(Interval difference) =>
        new(
            $"{Signed(difference.Low)} to {Points(difference.High).English}",
            $"{Signed(difference.Low)} 至 {Points(difference.High).Chinese}");

    /// <summary>The interval of a difference, without its unit.</summary>
    public Text Interval(Interval difference) => ReportWords.Range(Signed(difference.Low), Signed(difference.High));

    /// <summary>A difference with its unit.</summary>
    public Text Points(double difference) => InUnit(Signed(difference), Text.Same(""));

    /// <summary>The size of a difference with its unit.</summary>
    public Text Size(double difference) => InUnit(Digits(difference), new(" of R²", "（R²）"));

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

    private Text InUnit(string number, Text unitOfRSquared)
    {
        Text unit = data.IsClassification ? new(" points", " 个百分点") : unitOfRSquared;
        return new(number + unit.English, number + unit.Chinese);
    }

    private string Digits(double difference) => data.IsClassification
        ? (100 * Math.Abs(difference)).ToString("0.0", CultureInfo.InvariantCulture)
        : Math.Abs(difference).ToString("0.000", CultureInfo.InvariantCulture);
}
