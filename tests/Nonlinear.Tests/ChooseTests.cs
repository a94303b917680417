using System.Globalization;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Studies;
using Nonlinear.Lab.Studies.Choosing;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

namespace Nonlinear.Tests;

public class ChooseTests
{
    private const string NoDifference = "no difference that this data can show";

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
        string advice = new ChoiceReport(plan, competition, "").Advice;
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
        Assert.Contains("sigmoid is worse", new ChoiceReport(plan, competition, "").Advice, StringComparison.Ordinal);
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

    private static string Advice(ChoicePlan plan) => new ChoiceReport(plan, Compete(plan), "").Advice;

    private static Competition Compete(ChoicePlan plan)
    {
        using ResultStore store = new(":memory:");
        return Competition.Run(plan, new(store, Environment.ProcessorCount, null, TestContext.Current.CancellationToken));
    }

    private static ChoicePlan Small(Dataset data) => new(data, Compared, Seeds: 10) { Hidden = [8], Epochs = 3, Rates = [0.01, 0.03] };

    private static Dataset Noise(int number)
    {
        const int Rows = 150, Features = 4;
        RandomStream random = new(number, "noise");
        float[] inputs = new float[Rows * Features];
        random.Fill(inputs, 1);
        return new(
            "noise", "", ["a", "b", "c", "d"], inputs, [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Below(2))], ["no", "yes"]);
    }
}
