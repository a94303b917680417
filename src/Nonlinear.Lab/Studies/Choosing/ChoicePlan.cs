using Nonlinear.Lab.Data;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>Which activations are compared, and how: everything that decides the numbers.</summary>
/// <param name="Data">The data.</param>
/// <param name="Activations">What is compared, by name.</param>
/// <param name="Seeds">How many times each is trained, every time with another split, other weights and another order.</param>
internal sealed record ChoicePlan(Dataset Data, IReadOnlyList<string> Activations, int Seeds)
{
    /// <summary>The fewest seeds from which anything can be concluded.</summary>
    public const int FewestSeeds = 3;

    /// <summary>The name of the function that all others are compared with, if it is among them.</summary>
    public const string UsualBaseline = "relu";

    /// <summary>The widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>The learning rates of Adam that are tried for each activation and seed, in their order.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [1e-3, 3e-3, 1e-2, 3e-2];

    /// <summary>Further learning rates, those above among them, that are tried one by one as long as the best lies at an end.</summary>
    public IReadOnlyList<double> Ladder { get; init; } = [];

    /// <summary>The rates from which a search takes its next.</summary>
    public static IReadOnlyList<double> UsualLadder { get; } = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1];

    /// <summary>How often training goes through the data.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>The rows for a step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>What the biases of the hidden layers start at.</summary>
    public double Bias { get; init; }

    /// <summary>The filters of each convolution in front of the hidden layers, for pictures.</summary>
    public IReadOnlyList<int> Filters { get; init; } = [];

    /// <summary>Whether each hidden layer is normalised over the batch.</summary>
    public bool Normalised { get; init; }

    /// <summary>Whether hidden layers of one width have residual connections.</summary>
    public bool Residual { get; init; }

    /// <summary>The share of hidden units that are dropped at random while training.</summary>
    public double Dropout { get; init; }

    /// <summary>
    /// After how many epochs without a smaller loss on the validation part training ends, with the weights of the best; 0 for never.
    /// </summary>
    public int Patience { get; init; }

    /// <summary>The most seeds of a choice.</summary>
    public const int MostSeeds = 1000;

    /// <summary>Which of the series of seeds is used; each has other splits and other random numbers throughout.</summary>
    public int Series { get; init; }

    /// <summary>How long new seeds may be started.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.MaxValue;

    /// <summary>Whether everything is the same to the bit on any machine; so it has no times.</summary>
    public bool IsPortable { get; init; } = FastestProduct.IsPortable;

    /// <summary>The network in words, without its function.</summary>
    public Text Network
    {
        get
        {
            Text[] layers =
            [
                .. Filters.Count == 0
                    ? (Text[])[]
                    : [Layers(Filters, new("convolution", "卷积层"), new("filters", "个滤波器"))],
                Layers(Hidden, new("hidden layer", "隐藏层"), new("units", "个单元")),
            ];
            Text[] parts =
            [
                .. Normalised ? (Text[])[new("batch normalisation", "批归一化")] : [],
                .. Residual ? (Text[])[new("residual connections", "残差连接")] : [],
                .. Dropout > 0 ? (Text[])[new($"{Cells.Share(Dropout)} dropout", $"{Cells.Share(Dropout)} 的 dropout")] : [],
            ];
            Text with = parts.Length == 0
                ? new("without normalisation, residual connections or dropout", "没有归一化、残差连接或 dropout")
                : new(
                    $"with {Text.List([.. parts.Select(part => part.English)]).English}",
                    $"带{Text.List([.. parts.Select(part => part.Chinese)]).Chinese}");
            return new(
                $"{string.Join(", then ", layers.Select(kind => kind.English))}, {with.English}",
                $"{string.Join("，然后是", layers.Select(kind => kind.Chinese))}，{with.Chinese}");

            static Text Layers(IReadOnlyList<int> widths, Text kind, Text parts)
            {
                Text numbers = Text.List([.. widths.Select(width => $"{width}")]);
                return new(
                    $"{(widths.Count == 1 ? $"a {kind.English}" : $"{kind.English}s")} of {numbers.English} {parts.English}",
                    $"{kind.Chinese}（{numbers.Chinese} {parts.Chinese}）");
            }
        }
    }

    /// <summary>The folder of the page of these data, which no other data share.</summary>
    public string Folder
    {
        get
        {
            string name = string.Concat($"{Data.Name}-{Data.Target}".Select(sign => char.IsLetterOrDigit(sign) ? sign : '-'));
            const int LongestName = 60, Digits = 6;
            return Data.Columns.Count == 0
                ? Data.Name
                : $"{name[..Math.Min(name.Length, LongestName)]}-{Data.Fingerprint[..Digits]}";
        }
    }

    /// <summary>The function that all others are compared with.</summary>
    public string Baseline => Activations.Contains(UsualBaseline) ? UsualBaseline : Activations[0];

    /// <summary>The runs of a seed.</summary>
    /// <param name="seed">Which of the seeds, from 1.</param>
    /// <param name="activations">What is trained.</param>
    public IReadOnlyList<ChoiceRun> Runs(int seed, IEnumerable<string> activations) =>
    [
        .. activations.Select(
            activation => new ChoiceRun(Data.Fingerprint, activation, InSeries(seed), Hidden, Rates, Epochs, Batch, Bias)
            {
                Ladder = Ladder,
                Filters = Filters,
                Normalised = Normalised,
                Residual = Residual,
                Dropout = Dropout,
                Patience = Patience,
            }),
    ];

    /// <summary>The models without hidden layers of a seed.</summary>
    public IReadOnlyList<FloorRun> Floors(int seed) =>
        [.. Enum.GetValues<FloorKind>().Select(kind => new FloorRun(Data.Fingerprint, kind, InSeries(seed)))];

    /// <summary>The number that all random numbers of a seed follow from.</summary>
    public int InSeries(int seed) => (Series * MostSeeds) + seed;
}

/// <summary>A run: an activation with a seed, trained with each of the learning rates.</summary>
internal sealed record ChoiceRun(
    string Data, string Activation, int Seed, IReadOnlyList<int> Hidden, IReadOnlyList<double> Rates, int Epochs, int Batch, double Bias)
{
    /// <summary>Further learning rates, tried one by one as long as the best lies at an end; none for no others.</summary>
    public IReadOnlyList<double> Ladder { get; init; } = [];

    /// <summary>The filters of each convolution in front of the hidden layers, for pictures.</summary>
    public IReadOnlyList<int> Filters { get; init; } = [];

    /// <summary>Whether each hidden layer is normalised over the batch.</summary>
    public bool Normalised { get; init; }

    /// <summary>Whether hidden layers of one width have residual connections.</summary>
    public bool Residual { get; init; }

    /// <summary>The share of hidden units that are dropped at random while training.</summary>
    public double Dropout { get; init; }

    /// <summary>After how many epochs without a smaller loss on the validation part training ends; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>The least score that is told apart.</summary>
    public const double LeastScore = -1;

    /// <summary>Trains, takes the learning rate that did best on the validation part, and judges that network by the test part.</summary>
    public ChoiceResult Carry(Dataset data, CancellationToken cancellation)
    {
        SplitData split = data.Split(Seed);
        return Best(data, split, cancellation).Judge(split.Train, split.Test);
    }

    /// <summary>The network that <see cref="Carry"/> judges.</summary>
    public Network Network(Dataset data, CancellationToken cancellation) => Best(data, data.Split(Seed), cancellation).Network;

    /// <summary>
    /// A score that a mean can be taken of: a network that explains less than nothing of a number is bad, and how much less says nothing.
    /// </summary>
    public static double Bounded(double score) => double.IsNaN(score) ? 0 : Math.Max(score, LeastScore);

    private Trial Best(Dataset data, SplitData split, CancellationToken cancellation)
    {
        (DataPart train, DataPart validation, _) = split;
        HiddenActivation activation = HiddenActivation.Parse(Activation);
        NetworkPlan plan = new(train.Features, Hidden, train.Outputs, activation, Initialisation.LeCun)
        {
            Gain = SignalGain.Of(activation.Function),
            Bias = Bias,
            Picture = data.Picture ?? default,
            Filters = Filters,
            Normalised = Normalised,
            Residual = Residual,
            Dropout = Dropout,
        };
        List<Trial> trials = [.. Rates.Select(Try)];
        while (NextRate(trials) is { } rate)
            trials.Insert(rate < trials[0].Rate ? 0 : trials.Count, Try(rate));
        return trials.MaxBy(Merit)!;

        Trial Try(double rate) => Trial.Of(plan, train, validation, rate, this, cancellation);
    }

    private static (double Score, double Loss) Merit(Trial trial) => (trial.Validation, -trial.Loss);

    // The rate beyond the end at which the best lies, or below all that diverged; null if there is none.
    private double? NextRate(List<Trial> trials)
    {
        Trial best = trials.MaxBy(Merit)!;
        IEnumerable<double> above = Ladder.Where(rate => rate > trials[^1].Rate && best == trials[^1] && !best.Diverged),
            below = Ladder.Where(rate => rate < trials[0].Rate && (best == trials[0] || best.Diverged)).Reverse();
        return above.Concat(below).Cast<double?>().FirstOrDefault();
    }

    /// <summary>A network trained with one of the learning rates.</summary>
    private sealed record Trial(Network Network, double Rate, double Validation, double Loss, double EpochSeconds, bool Diverged)
    {
        public static Trial Of(
            NetworkPlan plan,
            DataPart train,
            DataPart validation,
            double rate,
            ChoiceRun run,
            CancellationToken cancellation)
        {
            Network network = new Network(plan, run.Seed);
            Trainer trainer = new(network, train, new AdamPlan(rate), run.Batch, run.Seed);
            EarlyStopping stopping = new(network, validation, run.Patience);
            double seconds = 0;
            bool diverged = false;
            int epochs = 0;
            while (epochs < run.Epochs && !diverged && !stopping.HasEnded)
            {
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                diverged = !double.IsFinite(trainer.Epoch(cancellation));
                seconds += System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
                epochs++;
                stopping.Look();
            }
            // What has diverged has good weights all the same if it had them before.
            diverged &= !stopping.Restore();
            seconds = Time(seconds / epochs);
            Evaluation evaluation = Evaluation.Of(network, validation);
            return new(network, rate, diverged ? double.NegativeInfinity : Bounded(evaluation.Score), evaluation.Loss, seconds, diverged);
        }

        public ChoiceResult Judge(DataPart train, DataPart test)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            Evaluation evaluation = Evaluation.Of(Network, test);
            double microseconds = Time(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMicroseconds / test.Count);
            (double dead, double saturated) = Diagnosis.NetworkObserver.Shares(Network, train);
            return new(
                Bounded(evaluation.Score),
                evaluation.Balanced,
                evaluation.Loss,
                Rate,
                Diverged,
                dead,
                saturated,
                EpochSeconds,
                microseconds,
                Network.Parameters.Sum(parameter => parameter.Values.Length));
        }

        // What no two machines agree on is no part of a result that they should.
        private static double Time(double measured) => FastestProduct.IsPortable ? 0 : measured;
    }
}

/// <summary>What came out of a run.</summary>
/// <param name="Score">The accuracy or R² on the test part.</param>
/// <param name="Balanced">The accuracy as a mean over the classes; R² for a number.</param>
/// <param name="Loss">The cross-entropy on the test part; half the squared error in units of the target's variance for a number.</param>
/// <param name="Rate">The learning rate that was chosen.</param>
/// <param name="Diverged">Whether training diverged with every rate.</param>
/// <param name="Dead">The share of hidden units that are dead on the rows learned from.</param>
/// <param name="Saturated">The share of hidden units that are saturated on them.</param>
/// <param name="EpochSeconds">How long an epoch took; 0 where results are to be the same on any machine.</param>
/// <param name="InferenceMicroseconds">How long a row took without training; 0 where results are to be the same on any machine.</param>
/// <param name="Parameters">How many numbers were learned.</param>
internal sealed record ChoiceResult(
    double Score,
    double Balanced,
    double Loss,
    double Rate,
    bool Diverged,
    double Dead,
    double Saturated,
    double EpochSeconds,
    double InferenceMicroseconds,
    int Parameters);
