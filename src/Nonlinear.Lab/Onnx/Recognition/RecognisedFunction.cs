namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>What a function inside a model was found to be.</summary>
/// <param name="Function">The function, of the catalogue or beside it.</param>
/// <param name="Low">Below what its values are held: no lower; -∞ if nowhere.</param>
/// <param name="High">Above what its values are held: no higher; ∞ if nowhere.</param>
internal sealed record RecognisedFunction(
    ElementwiseActivation Function, double Low = double.NegativeInfinity, double High = double.PositiveInfinity)
{
    /// <summary>Whether its values are held within bounds.</summary>
    public bool IsBounded => double.IsFinite(Low) || double.IsFinite(High);

    /// <summary>What to call it, with its parameters where they are not the usual ones.</summary>
    public string Name => (double.IsFinite(Low), double.IsFinite(High)) switch
    {
        (false, false) => Own,
        (true, false) => FormattableString.Invariant($"{Own}, at least {Low:G4}"),
        (false, true) => FormattableString.Invariant($"{Own}, at most {High:G4}"),
        _ => FormattableString.Invariant($"{Own}, from {Low:G4} to {High:G4}"),
    };

    private string Own
    {
        get
        {
            IReadOnlyList<ParameterInfo> parameters = Function.Info.Parameters;
            IReadOnlyList<double> values = Function.ParameterValues;
            bool usual = Enumerable.Range(0, parameters.Count).All(i => Math.Abs(values[i] - parameters[i].Default) <= 1e-5 * Math.Abs(values[i]));
            return usual
                ? Function.Info.Name
                : $"{Function.Info.Name}({string.Join(", ", parameters.Select((parameter, i) => FormattableString.Invariant($"{parameter.Name}={values[i]:G4}")))})";
        }
    }
}
