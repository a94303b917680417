namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>What a function inside a model was found to be.</summary>
/// <param name="Function">The function, of the catalogue or beside it.</param>
/// <param name="Low">Below what its values are held: no lower; -∞ if nowhere.</param>
/// <param name="High">Above what its values are held: no higher; ∞ if nowhere.</param>
internal sealed record RecognisedFunction(
    ElementwiseActivation Function, double Low = double.NegativeInfinity, double High = double.PositiveInfinity)
{
    // Constants of models are floats, and written with five digits or more.
    private const double Rounding = 1e-5;

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
            (ParameterInfo Parameter, double Value)[] given = [.. Function.Info.Parameters.Zip(Function.ParameterValues)];
            return given.All(pair => Math.Abs(pair.Value - pair.Parameter.Default) <= Rounding * Math.Abs(pair.Value))
                ? Function.Info.Name
                : $"{Function.Info.Name}({string.Join(", ", given.Select(Text))})";
        }
    }

    private static string Text((ParameterInfo Parameter, double Value) given) =>
        FormattableString.Invariant($"{given.Parameter.Name}={given.Value:G4}");
}
