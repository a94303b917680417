using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nonlinear.Cli.Verification;
using Nonlinear.Lab;
using Nonlinear.Lab.Onnx.Tools;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear verify --results, --model or --library: somebody else's results judged.</summary>
internal sealed class ForeignResults
{
    private const int FloatPoints = 1_000_000, DoublePoints = 100_000;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Option<string[]> _results = new("--results", "-r")
    {
        Description = "NumPy files of inputs and of somebody's results for them, which are judged: x.npy y.npy.",
        HelpName = "x y",
        Arity = new(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _gradient = new("--gradient", "-g")
    {
        Description = "A NumPy file of gradients by the output: the results are judged as dy · f′(x), rounded once.",
        HelpName = "dy",
    };

    private readonly Option<string?> _function = new("--function")
    {
        Description = "The function that somebody's results should be; the same as naming it.",
        HelpName = "name",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "An ONNX model, run in ONNX Runtime and judged.",
        HelpName = "file",
    };

    private readonly Option<string?> _node = new("--node")
    {
        Description = "The node of the model, or a tensor that it makes; without it the model as a whole.",
        HelpName = "name",
    };

    private readonly Option<string?> _library = new("--library")
    {
        Description = "A native library, a function of which is called and judged: lib.so, or a name such as libm.so.6.",
        HelpName = "file",
    };

    private readonly Option<string?> _symbol = new("--symbol") { Description = "The function in the library.", HelpName = "name" };

    private readonly Option<string?> _signature = new("--signature")
    {
        Description = "How it is called: float(float), double(double), uint16_t(uint16_t), \"void(const float*,float*,size_t)\", …",
        HelpName = "type",
    };

    private readonly Option<double?> _within = new("--within")
    {
        Description = "How many ulps somebody's results may be off; without it they must be correctly rounded.",
        HelpName = "ulps",
    };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_results, _gradient, _function, _model, _node, _library, _symbol, _signature, _within])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            int kinds = new[] { _results, (Option)_model, _library }.Count(option => result.GetResult(option) is not null);
            if (kinds > 1)
                result.AddError("--results, --model and --library exclude each other; judge one after the other.");
            if (kinds == 0 && new Option[] { _gradient, _function, _node, _symbol, _signature, _within }
                .FirstOrDefault(option => result.GetResult(option) is not null) is { } lonely)
                result.AddError($"{lonely.Name} belongs to --results, --model or --library.");
            if (result.GetResult(_gradient) is not null && result.GetResult(_results) is null)
                result.AddError("--gradient needs --results x.npy dx.npy.");
            if (result.GetResult(_node) is not null && result.GetResult(_model) is null)
                result.AddError("--node needs --model.");
            if (result.GetResult(_library) is not null && (result.GetResult(_symbol) is null || result.GetResult(_signature) is null))
                result.AddError(
                    "--library needs --symbol and --signature, as in --library libm.so.6 --symbol tanhf --signature 'float(float)'.");
            if (result.GetValue(_within) is { } ulps && !(ulps >= 0.5))
                result.AddError("--within must be 0.5 or more: no result is nearer than the nearest number.");
        });
    }

    /// <summary>Refuses options that would have no effect.</summary>
    /// <param name="result">The command.</param>
    /// <param name="ours">The options for the library's own results.</param>
    /// <param name="computed">The options for results that are computed, not read.</param>
    public void Refuse(CommandResult result, IReadOnlyList<Option> ours, IReadOnlyList<Option> computed)
    {
        bool read = result.GetResult(_results) is not null;
        if (!read && result.GetResult(_model) is null && result.GetResult(_library) is null)
            return;
        if (ours.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } own)
            result.AddError($"{own.Name} is for the library's own results, not for somebody else's.");
        if (read && computed.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } unused)
            result.AddError($"{unused.Name} has no effect on --results: all that the files hold is judged.");
    }

    /// <summary>Whether somebody else's results are to be judged.</summary>
    public bool AreGiven(ParseResult parsed) =>
        parsed.GetResult(_results) is not null || parsed.GetResult(_model) is not null || parsed.GetResult(_library) is not null;

    /// <summary>Judges them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">The functions that were named without an option.</param>
    /// <param name="plan">What the options of every judgement say.</param>
    /// <param name="output">A page to write; null for none.</param>
    /// <param name="json">Whether to write JSON.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>0 if they are as they should be, 1 if not.</returns>
    public int Run(
        ParseResult parsed, IReadOnlyList<Activation> names, ForeignPlan plan, string? output, bool json, CancellationToken cancellation)
    {
        if (!Oracle.Oracle.IsAvailable)
            throw new InvalidOperationException(Oracle.Oracle.WhyNot);
        IReadOnlyList<Activation> all = parsed.GetValue(_function) is { } name ? [.. names, Activation.Parse(name)] : names;
        if (all.Count != 1)
            throw new ArgumentException("Name the one function that the results should be, as in --function gelu.");
        if (all[0] is not ElementwiseActivation function)
            throw new NotSupportedException(
                $"{all[0].Info.Name} has several inputs for each result; functions of one number are judged from outside.");
        JudgedReport? report = null;
        Terminal.WithProgress($"{function}", progress => report = Judge(parsed, function, plan, progress, cancellation));
        if (output is not null)
            WholeFile.Write(output, Encoding.UTF8.GetBytes(report!.ToMarkdown()));
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(report!.ToJson(), Indented));
        else
            Write(report!);
        return report!.Holds ? 0 : 1;
    }

    private JudgedReport Judge(
        ParseResult parsed, ElementwiseActivation function, ForeignPlan plan, IProgress<double> progress, CancellationToken cancellation)
    {
        double? within = parsed.GetValue(_within);
        if (parsed.GetValue(_results) is [var x, var y])
        {
            string? dy = parsed.GetValue(_gradient);
            using FileResults files = new(x, y, dy, plan.Format?.Type);
            return Report($"'{y}' for '{x}'{(dy is null ? "" : $" and '{dy}'")}", files, files.Inputs, files.Results, dy is not null);
        }
        if (parsed.GetValue(_model) is { } file)
        {
            using ModelRun model = ModelRun.Open(file, parsed.GetValue(_node), plan.Format?.Type);
            string node = parsed.GetValue(_node) is { } named ? $", node '{named}'" : "";
            return Computed($"'{file}'{node} in ONNX Runtime {ModelRun.RuntimeVersion}", model.Inputs, model.Results, model.Compute);
        }
        string library = parsed.GetRequiredValue(_library)!, symbol = parsed.GetRequiredValue(_symbol)!;
        NativeSignature signature = NativeSignature.Parse(parsed.GetRequiredValue(_signature)!);
        NumberType type = signature.Type ?? plan.Format?.Type
            ?? throw new ArgumentException($"Say which 16 bits {signature.Text} takes: --type half or --type bfloat16.");
        using NativeFunction native = new(library, symbol, signature, plan.Format?.Type ?? type);
        return Computed($"{symbol} of '{library}'", type, type, native.Compute);

        JudgedReport Computed(string origin, NumberType inputs, NumberType results, ResultFunction compute)
        {
            NumberFormat format = JudgedNumbers.Format(inputs);
            bool every = format.Bits == 16 ? plan.Points is null : plan.Exhaustive;
            InputSet set = every
                ? InputSet.All(format)
                : InputSet.Sample(function, format, plan.Points ?? (format.Bits == 64 ? DoublePoints : FloatPoints), plan.Seed);
            (long start, long end) = plan.Chunk?.Places(set.Count) ?? (0, set.Count);
            string which = every ? "all numbers of the type" : $"{set.Name}, and adversarial ones";
            return Report(
                $"{origin}, on {which}{(plan.Chunk is null ? "" : $", chunk {plan.Chunk}")}",
                new ComputedResults(set, start, end, compute),
                inputs,
                results,
                false);
        }

        JudgedReport Report(string origin, IResultSource source, NumberType inputs, NumberType results, bool gradient)
        {
            NumberFormat format = JudgedNumbers.Format(results);
            bool derivative = plan.Derivative || gradient;
            Judge judge = new(new Subject(function, derivative, format), lenient: true);
            Findings findings = ResultSweep.Run(judge, source, progress, cancellation);
            string what = gradient ? $"dy · {function}′(x)" : derivative ? $"{function}′(x)" : $"{function}(x)";
            return new(what, origin, JudgedNumbers.Format(inputs), format, within, findings);
        }
    }

    private static void Write(JudgedReport report)
    {
        foreach (string sentence in report.Sentences())
            Terminal.Output.WriteLine(Terminal.Printable(sentence));
        foreach ((string caption, string[] columns, string[][] rows) in report.Tables())
        {
            Terminal.Output.WriteLine();
            Terminal.Output.WriteLine(caption);
            Table table = new Table().Border(TableBorder.Simple);
            foreach (string column in columns)
                table.AddColumn(new TableColumn(Terminal.Plain(column)));
            foreach (string[] row in rows)
                table.AddRow(row.Select(cell => Terminal.Plain(cell)));
            Terminal.Output.Write(table);
        }
    }
}
