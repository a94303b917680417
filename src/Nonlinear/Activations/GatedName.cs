using Nonlinear.Names;

namespace Nonlinear;

/// <summary>
/// Reads what names of gated units have besides parameters: where the gates are, and the function of the gate, as in
/// <c>swiglu(beta=2, layout=gate_last)</c> and <c>glu(mish, layout=interleaved)</c>.
/// </summary>
internal static class GatedName
{
    /// <summary>The gated unit that a call names; null, without a problem, if it is one by its parameters alone or none.</summary>
    public static GatedActivation? Read(CatalogEntry entry, Call call, string text, out Exception? problem)
    {
        problem = null;
        if (entry.Info.Family != ActivationFamily.GatedUnit)
            return null;
        List<CallArgument> rest = [.. call.Arguments.Where(argument => !IsLayout(argument))];
        CallArgument[] layouts = [.. call.Arguments.Where(IsLayout)];
        if (layouts.Length > 1)
        {
            problem = new FormatException($"'{text}' sets {GateLayouts.Argument} twice.");
            return null;
        }
        GateLayout? layout = layouts.Length == 0 ? null : GateLayouts.Read(layouts[0].Value);
        if (layouts.Length > 0 && layout is null)
        {
            problem = new FormatException(
                $"{layouts[0]} in '{text}' is no layout; there are "
                + $"{string.Join(", ", Enum.GetValues<GateLayout>().Select(GateLayouts.Write))}.");
            return null;
        }
        if (layout is null && !IsByFunction(entry, rest))
            return null;
        GatedActivation? gated = IsByFunction(entry, rest) ? By(rest[0].Value, text, out problem) : Plain(entry, rest, out problem);
        return gated is null || layout is not { } known ? gated : gated.WithLayout(known);
    }

    private static bool IsLayout(CallArgument argument) =>
        string.Equals(argument.Name, GateLayouts.Argument, StringComparison.OrdinalIgnoreCase);

    // glu(mish), but not glu(x) or glu(-1), as frameworks have it.
    private static bool IsByFunction(CatalogEntry entry, List<CallArgument> arguments) =>
        entry.Info.Name == Glu.Info.Name && arguments is [{ Name: null } function]
        && new Call("", arguments).WithoutInput.Arguments.Count > 0 && !Numeral.TryRead(function.Value, out _);

    private static GatedActivation? By(string function, string text, out Exception? problem)
    {
        if (Catalog.Find(function, out problem) is not { } gate)
            return null;
        if (gate is ElementwiseActivation elementwise)
            return GatedActivation.By(elementwise);
        problem = new FormatException($"'{text}': {gate.Info.Title} is no function of one number, which a gate needs.");
        return null;
    }

    private static GatedActivation? Plain(CatalogEntry entry, List<CallArgument> arguments, out Exception? problem)
    {
        string name = arguments.Count == 0 ? entry.Info.Name : $"{entry.Info.Name}({string.Join(", ", arguments)})";
        return (GatedActivation?)Catalog.Find(name, out problem);
    }
}
