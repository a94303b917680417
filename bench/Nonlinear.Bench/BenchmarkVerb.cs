using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace Nonlinear.Bench;

/// <summary>bench benchmarkdotnet: the same passes under BenchmarkDotNet, for absolute times, their spread, and its diagnosers.</summary>
internal static class BenchmarkVerb
{
    // What git ignores.
    private const string Artifacts = "artifacts/benchmarkdotnet";

    /// <summary>Makes the verb; what follows it is BenchmarkDotNet's own.</summary>
    public static Command Create()
    {
        Argument<string[]> rest = new("argument")
        {
            Description = "Arguments of BenchmarkDotNet, such as --filter '*Forward*' --job short.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new("benchmarkdotnet", "Runs the functions in BenchmarkDotNet.") { rest };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            string[] arguments = [.. parsed.Tokens.SkipWhile(token => token.Value != command.Name).Skip(1).Select(token => token.Value)];
            BenchmarkSwitcher.FromTypes([typeof(ActivationBenchmarks)]).Run(arguments, DefaultConfig.Instance.WithArtifactsPath(Artifacts));
        });
        return command;
    }
}
