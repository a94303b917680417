using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Pages;

/// <summary>What gradients are computed from.</summary>
internal enum Saved
{
    /// <summary>The inputs; forward it makes no difference.</summary>
    Inputs,

    /// <summary>The outputs.</summary>
    Outputs,

    /// <summary>Whichever is faster.</summary>
    Either,
}

/// <summary>A ratio that a claim is about.</summary>
internal sealed record ClaimedRatio(double Value, string Function, RaceSetting Setting);

/// <summary>
/// A statement about speed that measurements bear out or not: some functions, in a tier, take at most so much of another's time.
/// </summary>
/// <param name="What">Which functions, and which way, in words.</param>
/// <param name="Kind">What the functions take.</param>
/// <param name="Tier">The tier by its name; a function that has one only has it here.</param>
/// <param name="Beside">Beside whom: a contestant's name, <see cref="FastestRival"/> or <see cref="Memory"/>.</param>
/// <param name="AtMost">The ratio up to which it holds.</param>
internal sealed record SpeedClaim(string What, FunctionKind Kind, string Tier, string Beside, double AtMost)
{
    /// <summary>Beside whom, where it is nobody by name.</summary>
    public const string FastestRival = "the fastest rival", Memory = "reading and writing alone";

    private const int WidestVectors = 512;

    /// <summary>The ratio up to which it holds with vectors of less than 512 bits.</summary>
    public double AtMostNarrow { get; init; } = AtMost;

    /// <summary>The direction; null for both.</summary>
    public Direction? Direction { get; init; }

    /// <summary>What gradients are computed from.</summary>
    public Saved From { get; init; } = Saved.Inputs;

    /// <summary>The functions by name; empty for all that are measured.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Functions that it leaves out.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>How long rows are, at least and at most.</summary>
    public (int Least, int Most) Columns { get; init; } = (1, int.MaxValue);

    /// <summary>The ratio up to which it holds with vectors so wide.</summary>
    public double Bound(int vectorBits) => vectorBits < WidestVectors ? AtMostNarrow : AtMost;

    /// <summary>The ratios that it is about, as far as they were measured: one for each function and setting.</summary>
    public IEnumerable<ClaimedRatio> Ratios(IEnumerable<Measurement> measurements) =>
        from measurement in measurements
        where Concerns(measurement.Setting, measurement.Function)
        group measurement by (measurement.Setting, measurement.Function) into race
        let ratio = Ratio([.. race])
        where ratio is not null
        select new ClaimedRatio(ratio.Value, race.Key.Function, race.Key.Setting);

    private bool Concerns(RaceSetting setting, string function) =>
        setting.Kind == Kind
        && (Direction is null || setting.Direction == Direction)
        && setting.Columns >= Columns.Least
        && setting.Columns <= Columns.Most
        && (Functions.Count == 0 || Functions.Contains(function))
        && !Except.Contains(function);

    // The better of the forms that count, beside the fastest of those it is compared with.
    private double? Ratio(IReadOnlyList<Measurement> race)
    {
        string[] others = Beside switch
        {
            FastestRival => Names(race, Part.Rival),
            Memory => Names(race, Part.Limit),
            _ => [Beside],
        };
        return Forms(race)
            .Select(form => others.Where(form.Ratios.ContainsKey).Max(other => (double?)form.Ratios[other]))
            .Min();
    }

    private static string[] Names(IEnumerable<Measurement> race, Part part) =>
        [.. race.Where(measurement => measurement.Part == part).Select(measurement => measurement.Contestant)];

    private IEnumerable<Measurement> Forms(IReadOnlyList<Measurement> race)
    {
        Measurement? Form(string from) =>
            race.FirstOrDefault(measurement => measurement.Contestant == Tier + from)
            ?? race.FirstOrDefault(measurement => measurement.Contestant == TierNames.Exact + from);
        Measurement?[] forms =
        [
            From == Saved.Outputs ? null : Form(""),
            From == Saved.Inputs ? null : Form(TierNames.FromOutput),
        ];
        return forms.OfType<Measurement>();
    }
}
