using System.CommandLine;
using Nonlinear.Lab.Figures;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear plot: figures in the terminal or in a file.</summary>
internal static class PlotVerb
{
    public static Command Create()
    {
        Argument<Activation[]> names = Inputs.Functions();
        Option<bool> derivative = Inputs.Derivative();
        Option<(double From, double To)?> range = Inputs.Range();
        Option<string?> output = new("--output", "-o")
        {
            Description = "A file to write, .svg, .pdf or .png; without it the plot appears in the terminal.",
            HelpName = "file",
        };
        FigureOptions looks = new();
        Command command = new("plot", "Plot functions or their derivatives.") { names, derivative, range, output };
        looks.AddTo(command, output);
        command.SetAction(parsed =>
        {
            Activation[] functions = parsed.GetRequiredValue(names);
            bool derivatives = parsed.GetValue(derivative);
            (double, double)? stretch = parsed.GetValue(range);
            if (parsed.GetValue(output) is { } file)
            {
                FigureSettings settings = looks.Read(parsed, stretch);
                using Figure figure = functions is [var only] && !derivatives
                    ? Figure.Of(only, settings)
                    : Figure.Compare(functions, derivatives, settings);
                figure.Save(file);
            }
            else
            {
                Terminal.Draw(
                    (width, height) => TerminalPlot.Compare(functions, derivatives, stretch, width, height),
                    [.. functions.Select(function => function + (derivatives ? "′" : ""))]);
            }
        });
        return command;
    }
}
