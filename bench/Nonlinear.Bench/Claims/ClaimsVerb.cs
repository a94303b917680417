using System.CommandLine;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Studies;
using Nonlinear.Lab.Studies.Choosing;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Training;

namespace Nonlinear.Bench.Claims;

/// <summary>bench claims: how often choose claims a difference where there is none, and finds one that was planted.</summary>
internal static class ClaimsVerb
{
    private static readonly string[] Compared = ["relu", "tanh", "gelu", "elu"];

    public static Command Create()
    {
        Option<int> tries = new("--tries") { Description = "How many choices are made by training.", DefaultValueFactory = _ => 100 };
        Option<int> drawn = new("--drawn") { Description = "How many are made of drawn scores.", DefaultValueFactory = _ => 10_000 };
        Option<int> threads = new("--threads") { Description = "Runs at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Command command = new("claims", "How often choose claims what is not so, and finds what is.") { tries, drawn, threads };
        command.SetAction((parsed, cancellation) =>
        {
            Permuted(parsed.GetValue(tries), parsed.GetValue(threads), cancellation);
            Planted(parsed.GetValue(tries), parsed.GetValue(threads), cancellation);
            Drawn(parsed.GetValue(drawn), cancellation);
            return Task.CompletedTask;
        });
        return command;
    }

    // Handwritten digits under the labels of others: nothing can be learned, and no function can be better.
    private static void Permuted(int tries, int threads, CancellationToken cancellation)
    {
        int claims = 0, above = 0;
        for (int number = 1; number <= tries; number++)
        {
            ChoicePlan plan = new(PermutedDigits(number), Compared, Seeds: 10) { Hidden = [8], Epochs = 3, Rates = [0.01, 0.03] };
            Competition competition = Competition.Run(plan, new(new RunsHere(store: null, threads), progress: null, cancellation));
            claims += Compared.Any(competition.Differs) ? 1 : 0;
            above += Compared.Any(competition.BeatsFloor) ? 1 : 0;
        }
        Console.WriteLine($"Permuted labels: {claims} of {tries} choices claim a difference, {above} a function above the floor.");
    }

    private static Dataset PermutedDigits(int number)
    {
        const int Rows = 200;
        Dataset digits = Digits.Data;
        int[] order = new RandomStream(number, "permuted labels").Permutation(Rows);
        return digits with
        {
            Inputs = digits.Inputs[..(Rows * digits.Width)],
            Targets = [.. order.Select(row => digits.Targets[row])],
        };
    }

    // Runs with a difference that is known, since the two functions are each other's mirror image: first none, then one that choose
    // says is found in four of five choices with runs that scatter like these.
    private static void Planted(int tries, int threads, CancellationToken cancellation)
    {
        PlantedRuns[] all = [.. Enumerable.Range(1, tries).Select(number => new PlantedRuns(number, threads, cancellation))];
        double difference = PlantedRuns.StatedDifference(Math.Sqrt(all.Average(runs => runs.Deviation * runs.Deviation)));
        (bool Found, bool Within)[] judged = [.. all.Select(runs => runs.Judge(difference, cancellation))];
        Console.WriteLine(
            $"Trained runs, no difference: {all.Count(runs => runs.Claims)} of {tries} choices claim one. With {100 * difference:0.00} "
            + $"points planted, said to be found in four of five choices: found in {judged.Count(verdict => verdict.Found)}, within its "
            + $"interval in {judged.Count(verdict => verdict.Within)}.");
    }

    // Scores as runs on shared rows have them: what the rows do to a difference is the same in all runs, the rest is not.
    private static void Drawn(int tries, CancellationToken cancellation)
    {
        PlantedScores planted = PlantedScores.AtStatedPower(), none = PlantedScores.Of(0);
        int found = 0, within = 0, claims = 0;
        for (int number = 1; number <= tries; number++)
        {
            claims += none.Compete(number, cancellation).Differs(PlantedScores.Better) ? 1 : 0;
            Competition competition = planted.Compete(number, cancellation);
            Interval interval = competition.Difference(PlantedScores.Better);
            found += competition.Differs(PlantedScores.Better) && interval.Mean > 0 ? 1 : 0;
            within += interval.Low <= planted.Difference && planted.Difference <= interval.High ? 1 : 0;
        }
        Console.WriteLine(
            $"Drawn scores, no difference: {claims} of {tries} choices claim one. With {100 * planted.Difference:0.00} points planted: "
            + $"found in {found}, within its interval in {within}.");
    }
}
