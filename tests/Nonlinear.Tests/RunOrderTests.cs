using Nonlinear.Cli.Verification;
using Nonlinear.Lab;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Studies.Choosing;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>Runs that go to another machine as text are the runs that this one would carry out.</summary>
public class RunOrderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_choice_that_is_handed_out_comes_to_the_same_scores()
    {
        ChoicePlan plan = new(Digits.Data, ["relu", "swish(beta=learned)"], Seeds: 6) { Hidden = [4], Epochs = 1, Rates = [0.01] };
        plan = plan with { Data = Few(plan.Data), Budget = TimeSpan.MaxValue };
        Competition here = Competition.Run(plan, new(new RunsHere(null, 1), null, Cancellation));
        DirectDesk desk = new(new ChoiceCarrier());
        Competition elsewhere = Competition.Run(
            plan,
            new(new RunsHandedOut(desk, "choose", () => desk.Keep(DatasetBytes.Write(plan.Data))), null, Cancellation),
            new(_ => throw new InvalidOperationException("It was handed out."), _ => throw new InvalidOperationException()));
        // All seeds before the look at once, then all others: networks, and models without hidden layers.
        Assert.Equal([10, 10, 2, 2], desk.Batches);
        foreach (string activation in plan.Activations)
            Assert.Equal(Numbers(here.Results(activation)), Numbers(elsewhere.Results(activation)));
        Assert.Equal(here.Floor(FloorKind.Linear), elsewhere.Floor(FloorKind.Linear));

        static IEnumerable<(double, double, double)> Numbers(IEnumerable<ChoiceResult> results) =>
            results.Select(result => (result.Score, result.Loss, result.Dead));
    }

    [Fact]
    public void A_study_begun_again_elsewhere_comes_to_the_run_that_was_asked_for()
    {
        DirectDesk desk = new(new Squares());
        RunsHandedOut place = new(desk, "squares", () => "");
        Assert.Equal([1, 4, 9, 14], Squares.Study(new(place, null, Cancellation)));
        Assert.Equal([3, 1], desk.Batches);
    }

    [Fact]
    public void A_part_of_a_sweep_that_is_handed_out_finds_the_same()
    {
        Assert.SkipUnless(Nonlinear.Oracle.Oracle.IsAvailable, Nonlinear.Oracle.Oracle.WhyNot);
        const long Start = 0x3F800000, End = Start + 5000;
        Subject subject = new((ElementwiseActivation)Activation.Gelu().In(Tier.Fast), true, NumberFormat.Named("float"));
        Outcome here = Sweep.Run(subject, InputSet.All(subject.Format), Start, End, null, Cancellation);
        string text = new SweepCarrier().Carry(SweepCarrier.Order(subject, Start, End), new DirectDesk(), Cancellation);
        Outcome there = SweepRecord.ReadText(text).Outcome;
        Assert.True(here.Misrounded > 0);
        Assert.Equal((here.Judged, here.Misrounded, here.Worst), (there.Judged, there.Misrounded, there.Worst));
    }

    [Fact]
    public void A_data_set_comes_back_from_its_bytes()
    {
        Dataset data = new("name", Text.Same("origin"), ["a", "b"], [1, float.NaN, -0.0f, 3], [0, 1], ["no", "yes"])
        {
            Measures = [Measure.Plain, new(1e9, 0.1)],
            CommonScale = true,
            Picture = new(2, 1),
        };
        byte[] bytes = DatasetBytes.Write(data);
        Dataset read = DatasetBytes.Read(bytes);
        Assert.Equal(data.Fingerprint, read.Fingerprint);
        Assert.True(read.CommonScale);
        Assert.Equal(data.Picture, read.Picture);
        Assert.Equal(bytes, DatasetBytes.Write(read));
        Assert.Throws<InvalidDataException>(() => DatasetBytes.Read(bytes[..^4]));
    }

    [Fact]
    public void Other_data_than_those_of_a_run_are_refused()
    {
        DirectDesk desk = new(new ChoiceCarrier());
        ChoicePlan plan = new(Few(Digits.Data), ["relu", "tanh"], Seeds: 3) { Hidden = [4], Epochs = 1 };
        string wrong = desk.Keep(DatasetBytes.Write(plan.Data with { Targets = [.. plan.Data.Targets.Reverse()] }));
        Assert.Throws<InvalidDataException>(() => Competition.Run(
            plan, new(new RunsHandedOut(desk, "choose", () => wrong), null, Cancellation)));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 17, 3)]
    [InlineData(33, 10, 64)]
    [InlineData(8, 48, 100)]
    public void A_portable_product_is_chains_of_fused_operations_whatever_the_processor(int rows, int columns, int inner)
    {
        RandomStream random = new(1, "product");
        float[] a = new float[rows * inner], b = new float[inner * columns], expected = new float[rows * columns];
        random.Fill(a, 1);
        random.Fill(b, 1);
        for (int i = 0; i < expected.Length; i++)
        {
            for (int k = 0; k < inner; k++)
                expected[i] = MathF.FusedMultiplyAdd(a[(i / columns * inner) + k], b[(k * columns) + (i % columns)], expected[i]);
        }
        float[] found = new float[expected.Length], turnedA = Turned(a, rows, inner), turnedB = Turned(b, inner, columns);
        foreach ((bool transposeA, bool transposeB) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
        {
            Array.Fill(found, float.NaN);
            new PortableMatrixProduct().Multiply(
                transposeA ? turnedA : a, transposeB ? turnedB : b, found, rows, columns, inner, transposeA, transposeB);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Portable_functions_are_those_of_the_system_but_for_the_last_bits()
    {
        RandomStream random = new(1, "functions");
        for (int i = 0; i < 1000; i++)
        {
            double x = Math.Exp(20 * random.Normal());
            Assert.Equal(Math.Log(x), PortableMath.Log(x), Math.Abs(Math.Log(x)) * 1e-15);
            double y = 10 * random.Normal();
            Assert.Equal(Math.Exp(y), PortableMath.Exp(y), Math.Exp(y) * 1e-15);
        }
        Assert.Equal([1, 3, 9, 27, 81], Enumerable.Range(0, 5).Select(power => PortableMath.Power(3, power)));
    }

    private static float[] Turned(float[] matrix, int rows, int columns)
    {
        float[] turned = new float[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
            turned[(i % columns * rows) + (i / columns)] = matrix[i];
        return turned;
    }

    private static Dataset Few(Dataset data)
    {
        // Asked for before: what is known of the whole must not be told of a part.
        Assert.NotEmpty(data.Fingerprint);
        const int Rows = 100;
        return data with { Inputs = data.Inputs[..(Rows * data.Width)], Targets = data.Targets[..Rows] };
    }

    /// <summary>A desk whose orders are carried out at once.</summary>
    private sealed class DirectDesk(params IRunCarrier[] carriers) : IRunDesk, IRunSource
    {
        private readonly Dictionary<string, byte[]> _contents = [];
        private readonly Dictionary<string, string> _results = [];

        public List<int> Batches { get; } = [];

        public string Where => "here";

        public string Keep(byte[] content)
        {
            _contents["content"] = content;
            return "content";
        }

        public byte[] Content(string hash) => _contents[hash];

        public string? Result(string key) => _results.GetValueOrDefault(key);

        public IReadOnlyList<string> Carry(IReadOnlyList<RunOrder> orders, Action finished, CancellationToken cancellation)
        {
            Batches.Add(orders.Count);
            foreach (RunOrder order in orders)
                _results[order.Key] = carriers.Single(carrier => carrier.Kind == order.Kind).Carry(order, this, cancellation);
            return [.. orders.Select(order => _results[order.Key])];
        }
    }

    /// <summary>A study of two parts, of which the second follows from the first.</summary>
    private sealed class Squares : IRunCarrier
    {
        public string Kind => "squares";

        public string Carry(RunOrder order, IRunSource source, CancellationToken cancellation) =>
            RunsOfOrder.ResultOf(order, source, lab => Study(lab), cancellation);

        public static IReadOnlyList<int> Study(Laboratory lab)
        {
            IReadOnlyList<int> squares = lab.Run<int, int>("squares", [1, 2, 3], number => number * number);
            return [.. squares, .. lab.Run<int, int>("sum", [squares.Sum()], sum => sum)];
        }
    }
}
