using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Nonlinear.Lab.Guide.Texts;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear list: the catalogue.</summary>
internal static class ListVerb
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        Option<bool> json = Inputs.Json();
        Command command = new("list", "List all functions.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                WriteJson();
            else
                WriteTable();
        });
        return command;
    }

    private static void WriteTable()
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("name", "formula", "parameters", "also known as");
        // What is known is all that is wanted: activations would bring their kernels.
        foreach (IGrouping<ActivationFamily, ActivationInfo> family in Catalog.All.GroupBy(info => info.Family))
        {
            table.AddRow(Terminal.Plain(FamilyNames.Of(family.Key).English, new Style(decoration: Decoration.Bold)));
            foreach (ActivationInfo info in family)
            {
                table.AddRow(
                    Terminal.Plain("  " + info.Name),
                    Terminal.Plain(Catalog.FormulaOf(info).Text),
                    Terminal.Plain(string.Join(", ", info.Parameters.Select(Setting))),
                    Terminal.Plain(string.Join(", ", info.Aliases)));
            }
        }
        Terminal.Output.Write(table);
    }

    private static string Setting(ParameterInfo parameter) => $"{parameter.Name}={Short(parameter.Default)}";

    // A sixth says more than sixteen digits of it.
    private static string Short(double value)
    {
        int whole = (int)Math.Round(6 * value);
        return whole / 6.0 != value || value == Math.Round(value, 3) ? value.ToString(CultureInfo.InvariantCulture)
            : whole % 2 == 0 ? $"{whole / 2}/3"
            : $"{whole}/6";
    }

    private static void WriteJson() => Console.WriteLine(JsonSerializer.Serialize(
        Catalog.Defaults.Select(activation => new
        {
            name = activation.Info.Name,
            title = activation.Info.Title,
            family = activation.Info.Family.ToString().ToLowerInvariant(),
            summary = FunctionTexts.Of(activation.Info).Summary.English,
            formula = activation.Formula.Text,
            latex = activation.Formula.Latex,
            derivative = activation.DerivativeFormula.Text,
            aliases = activation.Info.Aliases,
            parameters = activation.Info.Parameters.Select(parameter => new
            {
                name = parameter.Name,
                symbol = parameter.Symbol,
                @default = parameter.Default,
                minimum = Bound(parameter.Minimum),
                maximum = Bound(parameter.Maximum),
                learnable = parameter.Learnable,
                meaning = FunctionTexts.Of(activation.Info).Meaning(parameter).English,
            }),
            guarantees = Guarantee.Of(activation).Concat(Guarantee.Of(activation.Fast)).Distinct().Select(guarantee => new
            {
                tier = guarantee.Tier == Tier.Fast ? "fast" : "exact",
                type = guarantee.Type.ToString().ToLowerInvariant(),
                ulps = guarantee.Ulps,
            }),
            source = activation.Info.Source,
        }),
        Indented));

    // The largest double stands for: no bound.
    private static double? Bound(double value) => Math.Abs(value) == double.MaxValue ? null : value;
}
