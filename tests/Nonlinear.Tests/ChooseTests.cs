using Nonlinear.Lab;
using System.Globalization;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Studies;
using Nonlinear.Lab.Studies.Choosing;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;
using Nonlinear.Training;

namespace Nonlinear.Tests;

public class ChooseTests
{
    private static readonly Text Nowhere = Text.Same("");

    private const string NoDifference = "Nothing could be shown to be better than relu: keep it";

    private static readonly string[] Compared = ["relu", "tanh", "gelu", "elu"];

    // More take longer and say more: NONLINEAR_CHOICES=100 dotnet test.
    private static int Choices =>
        int.TryParse(Environment.GetEnvironmentVariable("NONLINEAR_CHOICES"), CultureInfo.InvariantCulture, out int choices) ? choices : 20;

    [Fact]
    [Trait("Speed", "slow")]
    public void Where_all_activations_are_equal_it_says_so()
    {
        // Labels drawn without regard to the inputs: whatever a network says, it is right half of the time.
        int equal = Enumerable.Range(1, Choices).Count(
            number => Advice(Small(Noise(number))).Contains(NoDifference, StringComparison.Ordinal));
        // At least 93 of 100; of fewer as many as keep a choice with 5% of false alarms from failing here once in a thousand times.
        int least = Choices == 100 ? 93 : Choices - 1 - (int)Math.Ceiling(0.05 * Choices + 3.1 * Math.Sqrt(Choices * 0.05 * 0.95));
        TestContext.Current.TestOutputHelper?.WriteLine($"{equal} of {Choices} choices find no difference.");
        Assert.True(equal >= least, $"{equal} of {Choices} choices find no difference; at least {least} must.");
    }

    [Fact]
    [Trait("Speed", "slow")]
    public void Where_relu_units_die_it_finds_that_leaky_ones_are_better()
    {
        // Biases far below all inputs: a rectifier has no slope there and stays as it is, a leaky one climbs out.
        ChoicePlan plan =
            new(Digits.Data, ["relu", "leaky_relu", "elu"], Seeds: 6) { Hidden = [16, 16], Epochs = 10, Rates = [0.01], Bias = -8 };
        Competition competition = Compete(plan);
        string advice = new ChoiceReport(plan, competition, "").Advice.English;
        Assert.True(competition.Results("relu").Average(result => result.Dead) > 0.9);
        Assert.True(competition.Differs("leaky_relu"));
        Assert.StartsWith("Use ", advice, StringComparison.Ordinal);
        Assert.Contains("leaky_relu", advice, StringComparison.Ordinal);
        Assert.Contains("better than relu", advice, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "slow")]
    public void A_loser_is_stopped_at_the_look_and_the_rest_goes_on()
    {
        ChoicePlan plan = new(Digits.Data, ["relu", "tanh", "sigmoid"], Seeds: 7)
        {
            Hidden = [.. Enumerable.Repeat(16, 10)],
            Epochs = 6,
            Rates = [0.003],
        };
        Competition competition = Compete(plan);
        Assert.True(competition.Stopped("sigmoid"));
        Assert.Equal(
            (7, 7, Competition.SeedsBeforeLook),
            (competition.Results("relu").Count, competition.Results("tanh").Count, competition.Results("sigmoid").Count));
        Assert.True(competition.Differs("sigmoid"));
        Assert.Contains("sigmoid is worse", new ChoiceReport(plan, competition, "").Advice.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_that_runs_out_before_three_seeds_is_an_error()
    {
        ChoicePlan plan = Small(Noise(1)) with { Budget = TimeSpan.Zero };
        Assert.Contains("--budget", Assert.Throws<InvalidOperationException>(() => Compete(plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_and_tests_are_those_of_the_textbook()
    {
        // Student's sleep data (1908): the differences of ten patients, t = 4.0621, p = 0.002833, 95% interval 0.7001 to 2.4599.
        double[] sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
        Assert.Equal(0.00283289, Statistics.PairedTest(sleep, 0), 1e-8);
        Interval interval = Statistics.MeanInterval(sleep, 0);
        Assert.Equal((1.58, 0.7001142, 2.4598858), (interval.Mean, Math.Round(interval.Low, 7), Math.Round(interval.High, 7)));
        // Shared rows make the same differences less convincing: the error grows by √(1 + n · test/train).
        Interval wide = Statistics.MeanInterval(sleep, 1 / 3.0);
        Assert.Equal(Math.Sqrt(1 + (10 / 3.0)), (wide.High - wide.Mean) / (interval.High - interval.Mean), 1e-12);
        // Holm, by hand: 0.01 · 4, 0.02 · 3, 0.04 · 2 raised to what came before, 0.05 · 1 likewise.
        Assert.Equal([0.08, 0.04, 0.06, 0.08], Statistics.Holm([0.04, 0.01, 0.02, 0.05]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.9, 0.6], Statistics.Holm([0.9, 0.3]));
        Assert.Equal([1, 1], Statistics.Holm([0.9, 0.6]));
        Assert.Equal(1, Statistics.PairedTest([0, 0, 0], 0));
    }

    [Fact]
    public void The_interval_of_a_difference_is_the_one_by_which_it_was_judged()
    {
        // Holm, by hand: 0.001 < 0.05/4, 0.01 < 0.05/3, 0.03 > 0.05/2 stops it, and 0.04 is not tried.
        double[] probabilities = [0.04, 0.001, 0.03, 0.01], levels = Statistics.HolmLevels(probabilities, 0.05);
        Assert.Equal([0.05 / 2, 0.05 / 4, 0.05 / 2, 0.05 / 3], levels);
        Assert.Equal(
            Statistics.Holm(probabilities).Select(p => p < 0.05), probabilities.Zip(levels, (p, level) => p < level));
        // Whatever the differences, an interval excludes 0 exactly where there is a verdict.
        for (int number = 1; number <= 40; number++)
        {
            Competition competition = PlantedScores.Of(0.012).Compete(number, TestContext.Current.CancellationToken);
            Interval interval = competition.Difference(PlantedScores.Better);
            Assert.Equal(competition.Differs(PlantedScores.Better), interval.Low > 0 || interval.High < 0);
            Assert.True(interval.High > interval.Low);
        }
    }

    [Fact]
    public void A_planted_difference_is_found_as_often_as_is_said_and_one_that_is_not_there_is_not()
    {
        PlantedScores planted = PlantedScores.AtStatedPower();
        int found = 0, within = 0, claimed = 0;
        const int Tries = 200;
        for (int number = 1; number <= Tries; number++)
        {
            Competition competition = planted.Compete(number, TestContext.Current.CancellationToken);
            Interval interval = competition.Difference(PlantedScores.Better);
            found += competition.Differs(PlantedScores.Better) ? 1 : 0;
            within += interval.Low <= planted.Difference && planted.Difference <= interval.High ? 1 : 0;
            claimed += PlantedScores.Of(0).Compete(number, TestContext.Current.CancellationToken).Differs(PlantedScores.Better) ? 1 : 0;
        }
        // 160 and 192 are expected, of the last 8 at most; each is out of these bounds once in a thousand times by chance.
        Assert.InRange(found, 142, 178);
        Assert.InRange(within, 183, 200);
        Assert.InRange(claimed, 0, 17);
    }

    [Fact]
    public void Power_is_that_of_the_noncentral_t()
    {
        // With many runs it is the normal distribution's: (1.96 + 0.84) / √n.
        Assert.Equal((1.95996 + 0.84162) / Math.Sqrt(1000), Power.SmallestDifference(1, 1000, 0, 0.05), 1e-4);
        // R: power.t.test(n = 10, sd = 1, power = 0.8, type = "paired") gives delta = 0.9963.
        Assert.Equal(0.9963, Power.SmallestDifference(1, 10, 0, 0.05), 0.003);
        Assert.Equal(Power.Usual, Power.Of(Power.SmallestDifference(2, 5, 0.1, 0.04), 2, 5, 0.1, 0.04), 1e-6);
        int runs = Power.RunsFor(0.5, 1, 0, 0.05)!.Value;
        Assert.True(Power.SmallestDifference(1, runs, 0, 0.05) <= 0.5 && Power.SmallestDifference(1, runs - 1, 0, 0.05) > 0.5);
        // Runs that share rows have a bound below which no number of them sees.
        Assert.Null(Power.RunsFor(0.5, 1, 0.1333, 0.05));
    }

    [Fact]
    public void The_floor_is_fitted_and_what_does_not_beat_it_is_said_not_to()
    {
        // A straight line with noise: nothing can be better than a linear model.
        RandomStream random = new(1, "line");
        float[] x = new float[300];
        random.Fill(x, 1);
        float[] y = [.. x.Select(value => (3 * value) + (float)random.Normal())];
        Dataset line = new("line", Nowhere, ["x"], x, y, []);
        FloorResult linear = new FloorRun("", FloorKind.Linear, 1).Carry(line), mean = new FloorRun("", FloorKind.Constant, 1).Carry(line);
        Assert.InRange(linear.Score, 0.75, 0.99);
        Assert.InRange(mean.Score, -0.5, 0.01);
        ChoicePlan plan = new(line, ["relu", "tanh"], Seeds: 3) { Hidden = [4], Epochs = 2, Rates = [0.01] };
        Competition competition = Compete(plan);
        string[] findings = [.. new ChoiceFindings(plan, competition).All().Select(finding => finding.English)];
        Assert.Equal(FloorKind.Linear, competition.BestFloor);
        Assert.Contains(findings, finding => finding.Contains("do better than the linear model", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.StartsWith("What 3 seeds of these 300 rows can show", StringComparison.Ordinal));

        // Classes by a line through the origin: the logistic model finds it.
        Dataset classes = new("classes", Nowhere, ["x"], x, [.. x.Select(value => value > 0 ? 1f : 0f)], ["no", "yes"]);
        FloorResult logistic = new FloorRun("", FloorKind.Linear, 1).Carry(classes);
        Assert.True(logistic is { Score: > 0.9, Loss: < 0.2 });
    }

    [Fact]
    public void Skewed_classes_are_judged_by_more_than_accuracy_and_dead_units_are_said()
    {
        RandomStream random = new(1, "skewed");
        float[] x = new float[200];
        random.Fill(x, 1);
        Dataset data = new("skewed", Nowhere, ["x"], x, [.. Enumerable.Range(0, 200).Select(i => i % 20 == 0 ? 1f : 0f)], ["no", "yes"]);
        // Biases far below all inputs: every unit is dead.
        ChoicePlan plan = new(data, ["relu", "relu6"], Seeds: 3) { Hidden = [4], Epochs = 1, Rates = [1e-6], Bias = -30 };
        Competition competition = Compete(plan);
        ChoiceFindings findings = new(plan, competition);
        Assert.True(findings.IsSkewed);
        Assert.Equal(0.5, competition.Floor(FloorKind.Constant)[0].Balanced, 1e-9);
        Assert.Contains(
            findings.All(), finding => finding.English.Contains("100.0% of the hidden units are dead", StringComparison.Ordinal));
        Assert.Contains(
            new ChoiceReport(plan, competition, "").Write().Parts.OfType<Nonlinear.Lab.Reports.ReportTable>(),
            table => table.Columns.Any(column => column.Words?.English == "balanced accuracy")
                && table.Columns.Any(column => column.Words?.English == "log-loss"));
    }

    [Fact]
    public void Learning_rates_are_searched_as_long_as_the_best_lies_at_an_end()
    {
        RandomStream random = new(1, "line");
        float[] x = new float[200];
        random.Fill(x, 1);
        Dataset line = new("line", Nowhere, ["x"], x, [.. x.Select(value => 3 * value)], []);
        ChoicePlan plan = new(line, ["relu", "tanh"], Seeds: 3) { Hidden = [4], Epochs = 3, Rates = [1e-5] };
        ChoiceResult fixedRate = Carry(plan), searched = Carry(plan with { Ladder = ChoicePlan.UsualLadder });
        Assert.Equal(1e-5, fixedRate.Rate);
        Assert.InRange(searched.Rate, 1e-2, 1e-1);
        Assert.True(searched.Score > fixedRate.Score + 0.3);
        // From above as well, and no further than the ladder goes.
        Assert.InRange(Carry(plan with { Rates = [1000], Ladder = [.. ChoicePlan.UsualLadder, 1000] }).Rate, 1e-2, 1e-1);
        Assert.Equal(1e-4, Carry(plan with { Ladder = [1e-5, 1e-4] }).Rate);

        ChoiceResult Carry(ChoicePlan one) => one.Runs(1, ["tanh"])[0].Carry(line, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Runs_with_one_seed_share_their_rows()
    {
        Dataset data = Noise(1);
        SplitData split = data.Split(1);
        Assert.Same(split, data.Split(1));
        Assert.NotSame(split, data.Split(2));
        Assert.NotSame(split, (data with { Targets = [.. data.Targets.Reverse()] }).Split(1));
        Assert.Equal(split.Test.Count, (int)Math.Round(0.5 / data.ScoreResolution));
        GC.KeepAlive(split);
    }

    [Fact]
    public void Each_series_of_seeds_is_another_and_data_have_folders_of_their_own()
    {
        ChoicePlan plan = Small(Noise(1));
        Assert.Equal((1, 1001), (plan.Runs(1, ["relu"])[0].Seed, (plan with { Series = 1 }).Runs(1, ["relu"])[0].Seed));
        Dataset table = Noise(1) with { Columns = [new NumberColumn("a", false)] };
        Dataset other = Noise(2) with { Columns = table.Columns };
        Assert.NotEqual((plan with { Data = table }).Folder, (plan with { Data = other }).Folder);
        Assert.Matches("^noise-class-[0-9a-f]{6}$", (plan with { Data = table }).Folder);
    }

    private static string Advice(ChoicePlan plan) => new ChoiceReport(plan, Compete(plan), "").Advice.English;

    private static Competition Compete(ChoicePlan plan)
    {
        using ResultStore store = new(":memory:");
        return Competition.Run(plan, new(new RunsHere(store, Environment.ProcessorCount), null, TestContext.Current.CancellationToken));
    }

    private static ChoicePlan Small(Dataset data) => new(data, Compared, Seeds: 10) { Hidden = [8], Epochs = 3, Rates = [0.01, 0.03] };

    private static Dataset Noise(int number)
    {
        const int Rows = 150, Features = 4;
        RandomStream random = new(number, "noise");
        float[] inputs = new float[Rows * Features];
        random.Fill(inputs, 1);
        return new(
            "noise",
            Nowhere,
            ["a", "b", "c", "d"],
            inputs,
            [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Below(2))],
            ["no", "yes"]);
    }
}
