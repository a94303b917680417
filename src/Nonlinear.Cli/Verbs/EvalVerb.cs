using System.CommandLine;
using Nonlinear.Lab;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear eval: values of a function at numbers.</summary>
internal static class EvalVerb
{
    public static Command Create()
    {
        Argument<Activation> name = Inputs.Function();
        Argument<string[]> numbers = new("x")
        {
            Description = "Numbers; without any, they are read from standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> derivative = Inputs.Derivative();
        Option<bool> curvature = new("--curvature", "-c") { Description = "The second derivative." };
        Option<string> type = new Option<string>("--type", "-t") { Description = "The number type.", DefaultValueFactory = _ => "float" }
            .AcceptOnlyFromAmong(Evaluator.Types);
        Option<string?> tier = Inputs.Tier("How: exact to the last bit, or fast.");
        Command command = new("eval", "Evaluate a function; one number per line, as short as reads back the same.")
        {
            name,
            numbers,
            derivative,
            curvature,
            type,
            tier,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(derivative) && result.GetValue(curvature))
                result.AddError("--derivative and --curvature exclude each other.");
        });
        command.SetAction(parsed =>
        {
            SpanOperation operation = parsed.GetValue(derivative) ? SpanOperation.Derivative
                : parsed.GetValue(curvature) ? SpanOperation.Curvature
                : SpanOperation.Forward;
            Evaluator evaluator = Evaluator.Create(
                parsed.GetRequiredValue(type),
                parsed.GetRequiredValue(name).In(Inputs.ToTier(parsed.GetValue(tier))),
                operation);
            string[] given = parsed.GetValue(numbers) ?? [];
            if (given.Length > 0)
                evaluator.Evaluate(given, Console.Out);
            else
                evaluator.Evaluate(Console.In, Console.Out);
        });
        return command;
    }
}
