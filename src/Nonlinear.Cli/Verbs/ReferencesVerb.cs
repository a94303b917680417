using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nonlinear.Cli.Verification;
using Nonlinear.Lab.Arrays;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear references: the right values of a function, for the tests of other libraries.</summary>
internal static class ReferencesVerb
{
    private const int Block = 1 << 16;

    public static Command Create()
    {
        Argument<Activation> name = Inputs.Function();
        Option<string> type = new Option<string>("--type", "-t") { Description = "The number type.", Required = true }
            .AcceptOnlyFromAmong([.. Evaluator.Types, "float16", "float32", "float64"]);
        Option<string> output = new("--output", "-o")
        {
            Description = "The NumPy file to write; bfloat16, which NumPy does not have, as the bits in uint16.",
            HelpName = "file",
            Required = true,
        };
        Option<string?> inputsOutput = new("--inputs-output")
        {
            Description = "A NumPy file to write the inputs to, in the same order.",
            HelpName = "file",
        };
        Option<string?> inputs = new("--inputs", "-i")
        {
            Description = "A NumPy file of inputs of the type, instead of numbers whose bits count up.",
            HelpName = "file",
        };
        Option<long?> from = Bits("--from", "The bits of the first input, as in 0x3f800000; 0 without it.");
        Option<long?> to = Bits("--to", "The bits behind the last input; without it the inputs end with the last number of the type.");
        Option<bool> derivative = Inputs.Derivative();
        Command command = new(
            "references",
            "Write right values, each the number nearest to the exact one: of all numbers of 16 bits, a range of floats, or given inputs.")
        {
            name, type, output, inputsOutput, inputs, from, to, derivative,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(inputs) is not null && (result.GetResult(from) is not null || result.GetResult(to) is not null))
                result.AddError("--inputs and a range of bits exclude each other.");
        });
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                if (!Oracle.Oracle.IsAvailable)
                    throw new InvalidOperationException(Oracle.Oracle.WhyNot);
                Activation activation = parsed.GetRequiredValue(name);
                ElementwiseActivation function = activation as ElementwiseActivation
                    ?? throw new NotSupportedException($"{activation.Info.Name} has several inputs for each result; it has no such table.");
                NumberFormat format = JudgedNumbers.Format(parsed.GetRequiredValue(type));
                using NumberFile? given = parsed.GetValue(inputs) is { } file ? NumberFile.Open(file, format.Type) : null;
                (long start, long end) = given is not null
                    ? (0, given.Count)
                    : Range(format, parsed.GetValue(from), parsed.GetValue(to));
                Judge judge = new(new Subject(function, parsed.GetValue(derivative), format));
                string place = parsed.GetRequiredValue(output);
                string? copy = parsed.GetValue(inputsOutput);
                Terminal.WithProgress(
                    function.ToString(),
                    progress => Write(judge, format, given, start, end, place, copy, progress, cancellation));
                if (place != ArrayTransform.Standard)
                    Terminal.Output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{end - start:N0} values of {function}{(parsed.GetValue(derivative) ? "′" : "")}, "
                        + $"{JudgedNumbers.Name(format)}{(format.Type == NumberType.BFloat16 ? " as bits in uint16" : "")}."));
            },
            cancellation));
        return command;
    }

    private static (long Start, long End) Range(NumberFormat format, long? from, long? to)
    {
        if (format.Bits == 64)
            throw new ArgumentException("There are too many doubles to write them all; name a file of them with --inputs.");
        long all = 1L << format.Bits, start = from ?? 0, end = to ?? all;
        return start < end && end <= all
            ? (start, end)
            : throw new ArgumentException(
                $"--from 0x{start:x} --to 0x{end:x} is no range of {format.Name}: its bits are from 0 up to 0x{all:x}, the last excluded.");
    }

    private static void Write(
        Judge judge, NumberFormat format, NumberFile? given, long start, long end, string output, string? inputsOutput,
        IProgress<double> progress, CancellationToken cancellation)
    {
        using NumberFileWriter results = new(output, format.Type, end - start);
        using NumberFileWriter? copies = inputsOutput is null ? null : new(inputsOutput, format.Type, end - start);
        double[] x = new double[Block], y = new double[Block];
        for (long first = start; first < end; first += Block)
        {
            int length = (int)Math.Min(Block, end - first);
            if (given is null)
                format.FromBits((ulong)first, x.AsSpan(0, length));
            else
                given.Read(first, x.AsSpan(0, length));
            Parallel.For(
                0,
                length,
                new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
                i => y[i] = judge.Nearest(x[i]));
            results.Write(y.AsSpan(0, length));
            copies?.Write(x.AsSpan(0, length));
            progress.Report((double)(first + length - start) / (end - start));
        }
        results.Publish();
        copies?.Publish();
    }

    private static Option<long?> Bits(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "bits",
        CustomParser = result => ParseBits(name, result),
    };

    private static long? ParseBits(string name, ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        bool hexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (long.TryParse(
            hexadecimal ? text[2..] : text,
            hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long bits) && bits >= 0)
            return bits;
        result.AddError($"{name} takes the bits of a number, as in 0x3f800000; '{text}' are none.");
        return null;
    }
}
