namespace Nonlinear.Lab.Names.Forms;

/// <summary>What frameworks compute where it is not quite the function, by the names that their tables have for it.</summary>
internal static class DeviatingForms
{
    private static readonly Dictionary<string, (ActivationInfo Info, Func<double[], ElementwiseActivation> Make)> All = new()
    {
        [RoundedSelu.Info.Name] = (RoundedSelu.Info, values => ElementwiseActivation.Create<RoundedSelu>(values)),
        [SwitchedSoftplus.Info.Name] = (SwitchedSoftplus.Info, values => ElementwiseActivation.Create<SwitchedSoftplus>(values)),
        [ClosedThreshold.Info.Name] = (ClosedThreshold.Info, values => ElementwiseActivation.Create<ClosedThreshold>(values)),
    };

    /// <summary>A form with its parameters.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The parameters by name; others have the form's defaults.</param>
    public static ElementwiseActivation Create(string name, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        (ActivationInfo info, Func<double[], ElementwiseActivation> make) = All[name];
        return make([.. info.Parameters.Select(parameter => values.Any(pair => pair.Key == parameter.Name)
            ? values.First(pair => pair.Key == parameter.Name).Value
            : parameter.Default)]);
    }
}
