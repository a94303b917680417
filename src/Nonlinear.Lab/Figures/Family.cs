using System.Globalization;

namespace Nonlinear.Lab.Figures;

/// <summary>A member of a family of functions, and the parameter value that sets it apart (empty where there is no family).</summary>
internal sealed record Member(Activation Activation, string Setting);

/// <summary>A function with a parameter stands for a family.</summary>
internal static class Family
{
    /// <summary>
    /// A member for each of the first parameter's examples; the activation alone if it has none or was set to something of its own.
    /// </summary>
    public static IReadOnlyList<Member> Of(Activation activation)
    {
        if (activation.Info.Parameters is not [{ Examples.Count: > 1 } parameter, ..] || !HasDefaults(activation))
            return [new(activation, "")];
        return
        [
            .. parameter.Examples.Select(value => new Member(
                Activation.Parse($"{activation.Info.Name}({parameter.Name}={Number(value)})"), $"{parameter.Symbol} = {Number(value)}")),
        ];
    }

    /// <summary>The title of an activation: its name, and what its parameters were set to if they were.</summary>
    public static string Title(Activation activation) =>
        HasDefaults(activation) ? activation.Info.Title : $"{activation.Info.Title}, {Settings(activation)}";

    /// <summary>An activation among others: its name, and in parentheses what its parameters were set to if they were.</summary>
    public static string Name(Activation activation) =>
        HasDefaults(activation) ? activation.Info.Title : $"{activation.Info.Title} ({Settings(activation)})";

    private static string Settings(Activation activation) => string.Join(
        ", ",
        activation.Info.Parameters.Zip(activation.ParameterValues, (parameter, value) => $"{parameter.Symbol} = {Number(value)}"));

    private static bool HasDefaults(Activation activation) =>
        activation.Info.Parameters.Zip(activation.ParameterValues).All(pair => pair.First.Default == pair.Second);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
