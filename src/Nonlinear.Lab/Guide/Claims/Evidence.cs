using System.Runtime.CompilerServices;
using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Guide.Claims;

/// <summary>What was measured about a claim: the finding in words and figures, and the conditions under which the verdict stands.</summary>
/// <param name="Finding">What was found.</param>
public sealed record Evidence(Text Finding)
{
    /// <summary>The conditions that the verdict rests on, as written in the code, and whether the measured figures meet them.</summary>
    public IReadOnlyList<Expectation> Expectations { get; private init; } = [];

    /// <summary>The measured figures as a table, if a sentence cannot hold them.</summary>
    public EvidenceTable? Table { get; init; }

    /// <summary>The measured figures as curves, if they are best seen.</summary>
    public EvidencePlot? Plot { get; init; }

    /// <summary>Whether the measurement supports the verdict: there is at least one condition, and all are met.</summary>
    public bool Supports => Expectations.Count > 0 && Expectations.All(expectation => expectation.Met);

    /// <summary>A finding; numbers in it are written as everywhere in the guide.</summary>
    internal static Evidence Found(Wording english, Wording chinese) => new(new Text(english.ToText(), chinese.ToText()));

    /// <summary>The same with one more condition.</summary>
    internal Evidence Expect(bool met, [CallerArgumentExpression(nameof(met))] string condition = "") =>
        this with { Expectations = [.. Expectations, new(condition, met)] };

    /// <summary>An interpolated string, or several joined by +, whose numbers are written as everywhere in the guide.</summary>
    [InterpolatedStringHandler]
    internal ref struct Wording(int literalLength, int formattedCount)
    {
        private DefaultInterpolatedStringHandler _text = new(literalLength, formattedCount, Numbers.Provider);

        public void AppendLiteral(string words) => _text.AppendLiteral(words);

        public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

        public string ToText() => _text.ToStringAndClear();
    }
}

/// <summary>A condition on what was measured.</summary>
/// <param name="Condition">The condition, as the code has it.</param>
/// <param name="Met">Whether it is met.</param>
public sealed record Expectation(string Condition, bool Met);

/// <summary>Measured figures in rows.</summary>
/// <param name="Columns">The headings, the first over the row labels.</param>
/// <param name="Rows">A label and a number for each further column.</param>
public sealed record EvidenceTable(IReadOnlyList<Text> Columns, IReadOnlyList<(Text Label, IReadOnlyList<double> Values)> Rows)
{
    /// <summary>The significant digits to show.</summary>
    public int Digits { get; init; } = 4;
}

/// <summary>Measured figures as curves over a common axis.</summary>
/// <param name="Title">What is drawn, in a sentence: the text in place of the picture for those who do not see it.</param>
/// <param name="Across">The name of the x axis.</param>
/// <param name="Up">The name of the y axis.</param>
/// <param name="Curves">The curves.</param>
public sealed record EvidencePlot(Text Title, Text Across, Text Up, IReadOnlyList<EvidenceCurve> Curves)
{
    /// <summary>Whether the y axis is logarithmic.</summary>
    public bool Logarithmic { get; init; }
}

/// <summary>A curve through measured points; a point that is not finite breaks it.</summary>
/// <param name="Label">What it shows.</param>
/// <param name="Points">The points.</param>
public sealed record EvidenceCurve(Text Label, IReadOnlyList<(double X, double Y)> Points);
