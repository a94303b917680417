using System.Text.Json.Serialization;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>What an activation of a trained network did with the data it was shown.</summary>
public sealed record ActivationDiagnosis
{
    /// <summary>What it is called in its network.</summary>
    public required string Name { get; init; }

    /// <summary>The function, with its parameters.</summary>
    public required string Function { get; init; }

    /// <summary>The operations that it is made of in the model.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>What it is for.</summary>
    public ActivationRole Role { get; init; }

    /// <summary>The axis of its tensor along which the units lie.</summary>
    public int Axis { get; init; } = 1;

    /// <summary>The number of units: features, or the channels of a convolution.</summary>
    public required int Units { get; init; }

    /// <summary>The independent inputs of the network that it has seen.</summary>
    public required long Rows { get; init; }

    /// <summary>What each unit was shown: rows times positions.</summary>
    public required long Samples { get; init; }

    /// <summary>
    /// The units, from 0, whose output and slope were 0 on all of the sample: as far as it shows, they contribute nothing and cannot learn.
    /// </summary>
    public IReadOnlyList<int> DeadUnits { get; init; } = [];

    /// <summary>The units, from 0, that are not dead, but whose output and slope were 0 on more than 99% of the sample.</summary>
    public IReadOnlyList<int> RareUnits { get; init; } = [];

    /// <summary>
    /// The other units, from 0, whose slope was below a hundredth of the function's steepest on 99% or more of the sample.
    /// </summary>
    public IReadOnlyList<int> SaturatedUnits { get; init; } = [];

    /// <summary>The units, from 0, that received or put out NaN or infinity.</summary>
    public IReadOnlyList<int> NonFiniteUnits { get; init; } = [];

    /// <summary>In how many rows of the sample there was NaN or infinity.</summary>
    public long NonFiniteRows { get; init; }

    /// <summary>The mean of the outputs that are finite.</summary>
    public required double Mean { get; init; }

    /// <summary>The variance of the outputs that are finite, over units and samples.</summary>
    public required double Variance { get; init; }

    /// <summary>The share of outputs that were exactly 0.</summary>
    public required double Sparsity { get; init; }

    /// <summary>
    /// The share of the outputs' variance that no straight line through what the units received explains: 0 for an activation that might
    /// as well not be there. NaN where outputs do not vary, or where units have no input of their own.
    /// </summary>
    public required double Nonlinearity { get; init; }

    /// <summary>The share of the gradient that passes: the mean of |f′| at what the units received. NaN where there is no slope.</summary>
    public double GradientShare { get; init; } = double.NaN;

    /// <summary>What a softmax did; null for functions of a single number.</summary>
    public SoftmaxDiagnosis? Softmax { get; init; }

    /// <summary>Quantiles of the inputs.</summary>
    public Quantiles? Inputs { get; init; }

    /// <summary>Quantiles of the outputs.</summary>
    public Quantiles? Outputs { get; init; }

    /// <summary>The mean output of each unit.</summary>
    public IReadOnlyList<float> UnitMeans { get; init; } = [];

    /// <summary>The share of the sample on which each unit's output or slope was not 0.</summary>
    public IReadOnlyList<float> UnitActivity { get; init; } = [];

    /// <summary>The share of the gradient that passes each unit: the mean of its |f′|.</summary>
    public IReadOnlyList<float> UnitGradients { get; init; } = [];

    /// <summary>In a few words, what is the matter.</summary>
    public string Verdict => Diagnosis.Verdict.Of(this);

    /// <summary>Whether the sample is large enough for a verdict on its units: below 300 rows more of them may tell another.</summary>
    public bool Conclusive => Rows >= Silence.RowsToConclude;

    /// <summary>The verdict as readers see it: with "so far" where more rows may tell another.</summary>
    internal Text VerdictSoFar
    {
        get
        {
            Text verdict = Diagnosis.Verdict.InWords(Verdict);
            return Conclusive || Verdict is Diagnosis.Verdict.Healthy or Diagnosis.Verdict.NonFinite
                ? verdict
                : new(verdict.English + " so far", verdict.Chinese + "（目前看来）");
        }
    }

    /// <summary>What was measured, and what to try.</summary>
    public string Advice => AdviceInWords.English;

    /// <summary>The same in both languages.</summary>
    internal Text AdviceInWords => VerdictAdvice.On(this);

    /// <summary>The share of units that are dead.</summary>
    public double DeadShare => (double)DeadUnits.Count / Units;

    /// <summary>The share of units that are saturated.</summary>
    public double SaturatedShare => (double)SaturatedUnits.Count / Units;

    /// <summary>Whether NaN or infinity was among its numbers.</summary>
    internal bool HasNonFinite => NonFiniteRows > 0 || NonFiniteUnits.Count > 0;

    /// <summary>How often inputs fell where.</summary>
    [JsonIgnore]
    internal StreamedHistogram? InputHistogram { get; init; }

    /// <summary>The function and its slope, for figures; null if it has none of its own.</summary>
    [JsonIgnore]
    internal ObservedFunction? Source { get; init; }
}

/// <summary>Some quantiles of a distribution, to within a part in thirty of each.</summary>
/// <param name="Least">The smallest number.</param>
/// <param name="Percent1">1% are below.</param>
/// <param name="Percent25">A quarter is below.</param>
/// <param name="Median">Half is below.</param>
/// <param name="Percent75">Three quarters are below.</param>
/// <param name="Percent99">99% are below.</param>
/// <param name="Greatest">The largest number.</param>
public sealed record Quantiles(
    double Least, double Percent1, double Percent25, double Median, double Percent75, double Percent99, double Greatest);
