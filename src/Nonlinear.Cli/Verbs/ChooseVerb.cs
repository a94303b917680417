using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nonlinear.Lab.Studies;
using Nonlinear.Lab.Studies.Choosing;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear choose: which activation suits some data.</summary>
internal static class ChooseVerb
{
    private static readonly TimeSpan UsualBudget = TimeSpan.FromMinutes(10);

    private static readonly int[] UsualHidden = [64, 64];

    public static Command Create()
    {
        Argument<string> data = new("data")
        {
            Description =
                "A table: CSV, JSON, Parquet or Arrow; or digits, which is built in; "
                + "or fashion-mnist where it is installed, or the folder with its four files.",
            DefaultValueFactory = _ => ChoiceRequest.BuiltIn,
        };
        Option<string?> target = new("--target", "-t") { Description = "The column of the table to predict.", HelpName = "column" };
        Option<string[]> ignore = new("--ignore")
        {
            Description = "Columns to leave out: names, or patterns with * and ?, with commas between; may be repeated.",
            HelpName = "columns",
        };
        Option<string?> missing = new("--missing")
        {
            Description = "The texts that mean that nothing is known, with commas between, as in --missing NA,-999; an empty field does "
                + "anyway. Without it ? does, and among numbers NA, null, None and their like.",
            HelpName = "texts",
        };
        Option<string?> decimals = new Option<string?>("--decimal")
        {
            Description = "What begins the decimals, where numbers such as 1,234 could be read either way.",
        }.AcceptOnlyFromAmong("comma", "point");
        Option<string?> task = new Option<string?>("--task") { Description = "What the target is, if it is not what it looks like." }
            .AcceptOnlyFromAmong("classification", "regression");
        Option<string[]> activations = new("--activations", "-a")
        {
            Description = "What to compare, with commas between: relu,gelu,\"swish(beta=learned)\"; or all.",
            HelpName = "names",
            DefaultValueFactory = _ => [],
            CustomParser = result => SplitNames(result.Tokens.Select(token => token.Value)),
        };
        Option<int> seeds = Inputs.WholeNumber("--seeds", "How many times each is trained; fewer than 3 prove nothing.", 10, 3, 1000);
        Option<int> series = Inputs.WholeNumber(
            "--seed", "Which series of random numbers: each gives other splits, weights and orders.", 0, 0, 1_000_000);
        Option<TimeSpan?> budget = Inputs.Time(
            "--budget", "How long new seeds may be started: 90s, 10m, 2h. With --store without end unless it is said. [default: 10m]");
        Option<int[]?> hidden = Numbers("--hidden", "The widths of the hidden layers.", UsualHidden, width => width is >= 1 and <= 65_536);
        Option<int> epochs = Inputs.WholeNumber("--epochs", "How often training goes through the data.", 15, 1, 10_000);
        Option<double[]?> rates = Numbers(
            "--rates",
            "The learning rates of Adam to try for each. By itself 0.001 to 0.03, and beyond as long as the best lies at an end.",
            [1e-3, 3e-3, 1e-2, 3e-2],
            rate => rate > 0 && double.IsFinite(rate));
        Option<double> bias = new("--bias")
        {
            Description = "What the hidden biases start at, as in --bias=-1.",
            HelpName = "number",
            CustomParser = ParseFinite,
        };
        Option<int[]?> filters = new("--convolutions")
        {
            Description = "For pictures (digits, fashion-mnist): the filters of convolutions in front of the hidden layers, each of 3 × 3 "
                + "places about every second place, as in 8,16.",
            HelpName = "numbers",
            CustomParser = result => ParseNumbers<int>(result, "--convolutions", "8,16", count => count is >= 1 and <= 1024),
        };
        Option<bool> normalised = new("--batch-normalisation", "--batch-norm")
        {
            Description = "Normalises each hidden layer over the batch, before the function.",
        };
        Option<bool> residual = new("--residual")
        {
            Description = "Adds the sums of each hidden layer to those of the next, where the two have one width.",
        };
        Option<double> dropout = new("--dropout")
        {
            Description = "The share of hidden units that are dropped at random while training, as in 0.2.",
            HelpName = "share",
            CustomParser = ParseShare,
        };
        Option<int> patience = Inputs.WholeNumber(
            "--early-stopping",
            "Ends training when the loss on rows not learned from has not fallen for so many epochs, and takes the best; 0 for never.",
            0,
            0,
            10_000);
        Option<string?> save = new("--save")
        {
            Description = "Saves a network with the advised function as ONNX, which takes the table's columns by name and answers in the "
                + "target's unit or with the class's name, and beside it file.sample.npz with rows to try it on.",
            HelpName = "file.onnx",
        };
        Option<bool> json = Inputs.Json();
        Option<string> output = Inputs.LabFolder(), language = Inputs.Language();
        Option<int> threads = Inputs.Threads();
        Option<string?> store = Sharing.Store("Hands the runs out to the workers at a store; implies --portable.");
        Option<bool> portable = Sharing.Portable();
        Command command = new("choose", "Find out which activation suits your data, with statistics.")
        {
            data, target, ignore, missing, decimals, task, activations, seeds, series, budget, hidden, epochs, rates, bias,
            filters, normalised, residual, dropout, patience, save, json, output, language, threads, store, portable,
        };
        command.SetAction((parsed, cancellation) =>
        {
            ChoiceRequest request = new(parsed.GetRequiredValue(data), parsed.GetValue(target))
            {
                Ignored = parsed.GetValue(ignore) ?? [],
                Missing = parsed.GetValue(missing)?.Split(',', StringSplitOptions.TrimEntries),
                DecimalComma = parsed.GetValue(decimals) switch { "comma" => true, "point" => false, _ => null },
                Series = parsed.GetValue(series),
                Regression = parsed.GetValue(task) switch { "regression" => true, "classification" => false, _ => null },
                Activations = parsed.GetRequiredValue(activations),
                Seeds = parsed.GetValue(seeds),
                Budget = parsed.GetValue(budget) ?? (parsed.GetValue(store) is null ? UsualBudget : TimeSpan.MaxValue),
                Hidden = parsed.GetValue(hidden) is { Length: > 0 } widths ? widths : UsualHidden,
                Epochs = parsed.GetValue(epochs),
                Rates = parsed.GetValue(rates) ?? [],
                Bias = parsed.GetValue(bias),
                Filters = parsed.GetValue(filters) ?? [],
                Normalised = parsed.GetValue(normalised),
                Residual = parsed.GetValue(residual),
                Dropout = parsed.GetValue(dropout),
                Patience = parsed.GetValue(patience),
                Save = parsed.GetValue(save),
            };
            LabSettings settings = new(parsed.GetRequiredValue(output), parsed.GetRequiredValue(threads))
            {
                IsChinese = Inputs.IsChinese(parsed, language),
            };
            return Task.Run(
                () => Sharing.With(
                    parsed.GetValue(store),
                    parsed.GetValue(portable),
                    settings,
                    shared => Choose(request, shared, parsed.GetValue(json), cancellation),
                    cancellation),
                cancellation);
        });
        return command;
    }

    // What was found is shown before the network is saved: whatever becomes of that, it is not lost.
    private static void Choose(ChoiceRequest request, LabSettings settings, bool json, CancellationToken cancellation)
    {
        Choice? choice = null;
        Interruption.Word = settings.WhenInterrupted;
        Terminal.WithProgress(
            "Training", progress => choice = Chooser.Choose(request, settings with { Progress = progress }, cancellation), lines: true);
        if (json)
            Console.WriteLine(choice!.Json);
        else
            LabOutput.Write(choice!.Page);
        if (request.Save is not { } place)
            return;
        string sample = choice!.Save(place, cancellation);
        if (!json)
            LabOutput.Say(
                choice.Page,
                new($"The network is {place}, rows to try it on are {sample}", $"网络保存在 {place}，供试用的行保存在 {sample}"));
    }

    // Commas between names, not those within the parentheses of one; all is no name, but stands for every one.
    private static string[] SplitNames(IEnumerable<string> texts)
    {
        List<string> names = [];
        foreach (string text in texts)
        {
            int start = 0, depth = 0;
            for (int i = 0; i <= text.Length; i++)
            {
                if (i < text.Length)
                    depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
                if (i < text.Length && (text[i] != ',' || depth > 0))
                    continue;
                if (text[start..i].Trim() is { Length: > 0 } name)
                    names.Add(name);
                start = i + 1;
            }
        }
        return names is ["all"] ? [] : [.. names];
    }

    private static Option<T[]?> Numbers<T>(string name, string description, T[] usual, Func<T, bool> allowed)
        where T : IParsable<T> => new(name)
        {
            // As they are written: the framework would show them with other signs between.
            Description = $"{description} [default: {Write(usual)}]",
            HelpName = "numbers",
            CustomParser = result => ParseNumbers(result, name, Write(usual), allowed),
        };

    private static T[] ParseNumbers<T>(ArgumentResult result, string name, string example, Func<T, bool> allowed)
        where T : IParsable<T>
    {
        List<T> numbers = [];
        foreach (string text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (T.TryParse(text, CultureInfo.InvariantCulture, out T? number) && allowed(number))
                numbers.Add(number);
            else
                result.AddError(
                    $"'{text}' will not do for {name}; write positive numbers with commas between, as in {name} {example}.");
        }
        return [.. numbers];
    }

    private static string Write<T>(T[] numbers)
        where T : IParsable<T> => string.Join(',', numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number}")));

    private static double ParseShare(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is >= 0 and < 1)
            return share;
        result.AddError($"'{text}' is no share to drop; give a number from 0 and below 1, as in --dropout 0.2.");
        return default;
    }

    private static double ParseFinite(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && float.IsFinite((float)number))
            return number;
        result.AddError($"'{text}' is no number; write it as in --bias=-1.");
        return default;
    }
}
