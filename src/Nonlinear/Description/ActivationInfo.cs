namespace Nonlinear;

/// <summary>What is known about an activation function apart from its formula: names, parameters, kinks and source.</summary>
/// <param name="Name">The name in the catalogue, lower case with underscores, such as <c>leaky_relu</c>.</param>
/// <param name="Title">The name as people write it, such as <c>Leaky ReLU</c>.</param>
public sealed record ActivationInfo(string Name, string Title)
{
    /// <summary>Where the function comes from: authors, title, year, and an arXiv number or DOI.</summary>
    public required string Source { get; init; }

    /// <summary>What it has in common with others.</summary>
    public ActivationFamily Family { get; init; }

    /// <summary>The parameters, in the order in which the formula takes them.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; init; } = [];

    /// <summary>
    /// Other spellings by which the function is found, in any case; one may carry parameters: <c>gelu(approximate=tanh)</c>.
    /// </summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>
    /// Where the formula changes its piece at the default parameters, so that the function, its derivative or a higher one may jump.
    /// </summary>
    public IReadOnlyList<double> Kinks
    {
        get => field ?? KinksWhen?.Invoke([.. Parameters.Select(parameter => parameter.Default)]) ?? [];
        init;
    }

    /// <summary>The kinks as they follow from the parameters, where they do.</summary>
    public Func<IReadOnlyList<double>, IReadOnlyList<double>>? KinksWhen { get; init; }

    /// <summary>Whether the function never decreases, at its default parameters.</summary>
    public bool Monotone { get; init; } = true;

    /// <summary>
    /// How many continuous derivatives the function has at its default parameters; <see cref="int.MaxValue"/> for all, and -1 for a
    /// function that jumps.
    /// </summary>
    public int Smoothness { get; init; } = int.MaxValue;

    /// <summary>The limit at -∞ at the default parameters.</summary>
    public double AtMinusInfinity { get; init; }

    /// <summary>The limit at +∞ at the default parameters.</summary>
    public double AtPlusInfinity { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the derivative can be computed from the output alone, so that a backward pass need not keep the input.</summary>
    public bool DerivativeFromOutput { get; init; }

    /// <summary>
    /// How far off a float may be in the fast tier, in units of the last place; a derivative about a zero of it, where its terms cancel, as
    /// well.
    /// </summary>
    public double FastUlps { get; init; } = 5;

    /// <summary>The stretch of the x axis on which a figure shows the function best.</summary>
    public (double From, double To) FigureRange { get; init; } = (-6, 6);

    /// <summary>
    /// For which parameters <see cref="DerivativeFromOutput"/> holds: a leaky ReLU's output tells its input's sign only if α > 0.
    /// </summary>
    public Func<IReadOnlyList<double>, bool> DerivativeFromOutputWhen { get; init; } = _ => true;

    // How many parameters there are, as a sentence begins: "gelu has no parameters".
    internal string CountedParameters => Parameters.Count switch
    {
        0 => $"{Name} has no parameters",
        1 => $"{Name} has one parameter, {Parameters[0].Name}",
        _ => $"{Name} has {Parameters.Count} parameters, {string.Join(", ", Parameters.Select(parameter => parameter.Name))}",
    };

    // Whether every parameter has its default.
    internal bool HasDefaults(IReadOnlyList<double> values) => Parameters.Zip(values).All(pair => pair.First.Default == pair.Second);

    // The values as an array, or the defaults if there are none. Throws if their number is wrong, or one of them is not allowed.
    internal double[] Check(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return [.. Parameters.Select(parameter => parameter.Default)];
        if (values.Length != Parameters.Count)
            throw new ArgumentException($"{CountedParameters}; {values.Length} values were given.", nameof(values));
        for (int i = 0; i < values.Length; i++)
            Parameters[i].Check(values[i]);
        return values.ToArray();
    }
}
