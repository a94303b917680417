using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nonlinear.Cli.Verification;
using Nonlinear.Lab;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear verify: results judged against an independent reference.</summary>
internal static class VerifyVerb
{
    private const int Listed = 10;

    private const string WhenInterrupted = "Interrupted; the same command goes on with what is left of an exhaustive run.";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        Argument<Activation[]> names = Inputs.Functions();
        names.Arity = ArgumentArity.ZeroOrMore;
        Option<bool> derivative = new("--derivative", "-d") { Description = "The derivative alone." };
        Option<bool> forward = new("--forward", "-f") { Description = "The function alone." };
        Option<string?> tier = Inputs.Tier("The tier to judge; both without it.");
        Option<string?> type = new Option<string?>("--type", "-t") { Description = "The number type to judge; all without it." }
            .AcceptOnlyFromAmong([.. Evaluator.Types, "float16", "float32", "float64"]);
        Option<bool> exhaustive = new("--exhaustive", "-e")
        {
            Description = "Every float, Half and BFloat16 there is; doubles are sampled.",
        };
        Option<int?> points = new("--points", "-n")
        {
            Description = "How many random points a sample has, besides the adversarial ones.",
            HelpName = "number",
        };
        Option<int> seed = new("--seed")
        {
            Description = "What the random points are drawn with.",
            HelpName = "number",
            DefaultValueFactory = _ => 1,
        };
        Option<string?> state = new("--state")
        {
            Description = "The folder that an interrupted run goes on from; the user's own by default.",
            HelpName = "folder",
        };
        Option<Chunk?> chunk = new("--chunk")
        {
            Description = "A share of the inputs alone, as in --chunk 3/16; runs over all of them use what such runs have left in --state.",
            HelpName = "k/n",
            CustomParser = ParseChunk,
        };
        Option<bool> fresh = new("--fresh") { Description = "Judge again what this build has been judged on before." };
        Option<string?> output = new("--output", "-o")
        {
            Description = "A Markdown file to write the findings to, with more words.",
            HelpName = "file",
        };
        Option<string?> peers = new("--peers")
        {
            Description = "A file with what was measured of other libraries, to stand beside them there.",
            HelpName = "file",
        };
        Option<string?> store = Sharing.Store("Hands the floats of an exhaustive run out to the workers at a store, part by part.");
        Option<bool> json = Inputs.Json();
        Command command = new(
            "verify",
            "Judge results, the library's or somebody else's, against an independent reference: how far off, and where?")
        {
            names, derivative, forward, tier, type, exhaustive, points, seed, chunk, state, fresh, output, peers, json, store,
        };
        ForeignResults foreign = new();
        foreign.AddTo(command);
        command.Validators.Add(result =>
        {
            foreign.Refuse(result, ours: [tier, state, fresh, peers, store], computed: [exhaustive, points, chunk]);
            if (result.GetValue(derivative) && result.GetValue(forward))
                result.AddError("--derivative and --forward exclude each other; without either both are judged.");
            if (result.GetValue(peers) is not null && result.GetValue(output) is null)
                result.AddError("--peers needs --output.");
            if (result.GetValue(points) is < 0)
                result.AddError("--points must not be negative.");
        });
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                NumberFormat? format = parsed.GetValue(type) is { } typeName ? JudgedNumbers.Format(typeName) : null;
                if (foreign.AreGiven(parsed))
                {
                    ForeignPlan theirs = new(
                        parsed.GetValue(derivative),
                        format,
                        parsed.GetValue(exhaustive),
                        parsed.GetValue(points),
                        parsed.GetValue(seed),
                        parsed.GetValue(chunk));
                    return foreign.Run(
                        parsed, parsed.GetValue(names) ?? [], theirs, parsed.GetValue(output), parsed.GetValue(json), cancellation);
                }
                VerificationPlan plan = new(
                    parsed.GetValue(names) is { Length: > 0 } given ? given : Catalog.Defaults,
                    parsed.GetValue(derivative) ? [true] : parsed.GetValue(forward) ? [false] : [false, true],
                    parsed.GetValue(tier) is { } tierName ? [Inputs.ToTier(tierName)] : null,
                    format is null ? NumberFormat.All : [format],
                    parsed.GetValue(exhaustive),
                    parsed.GetValue(points),
                    parsed.GetValue(seed),
                    parsed.GetValue(chunk));
                // What cannot be read should not be found out at the end.
                (IReadOnlyList<PeerResult> others, IReadOnlyList<string> remarks) = parsed.GetValue(peers) is { } peerFile
                    ? PeerResult.Read(peerFile)
                    : ([], []);
                Interruption.Word = WhenInterrupted;
                IReadOnlyList<VerificationRow> rows = [];
                try
                {
                    Sharing.With(
                        parsed.GetValue(store),
                        desk => rows = plan.Run(new(parsed.GetValue(state), parsed.GetValue(fresh), desk), cancellation),
                        cancellation);
                }
                catch (OperationCanceledException)
                {
                    throw new OperationCanceledException(WhenInterrupted);
                }
                if (parsed.GetValue(output) is { } page)
                    WholeFile.Write(page, Encoding.UTF8.GetBytes(new ExactnessPage(rows, others, remarks).Write()));
                if (parsed.GetValue(json))
                    WriteJson(rows);
                else
                    WriteTable(rows);
                return rows.All(row => row.Holds) ? 0 : 1;
            },
            cancellation));
        return command;
    }

    private static Chunk? ParseChunk(ArgumentResult result)
    {
        try
        {
            return Chunk.Parse(result.Tokens[0].Value);
        }
        catch (FormatException refused)
        {
            result.AddError(refused.Message);
            return null;
        }
    }

    private static void WriteTable(IReadOnlyList<VerificationRow> rows)
    {
        Table table = new Table()
            .Border(TableBorder.Simple)
            .AddColumns("function", "direction", "tier", "type", "inputs", "misrounded", "largest error", "at", "guarantee", "");
        foreach (VerificationRow row in rows)
        {
            table.AddRow(
                Terminal.Plain(row.Function),
                Terminal.Plain(row.Direction),
                Terminal.Plain(row.Tier),
                Terminal.Plain(row.Type),
                Terminal.Plain(row.Inputs),
                Terminal.Plain(row.Misrounded.ToString("N0", CultureInfo.InvariantCulture)),
                Terminal.Plain(row.LargestError),
                Terminal.Plain(row.At),
                Terminal.Plain(row.Guarantee.ToString()),
                Terminal.Plain(row.Holds ? "holds" : "BROKEN", row.Holds ? Color.Green : Color.Red));
        }
        Terminal.Output.Write(table);
        foreach (VerificationRow row in rows.Where(row => !row.Holds))
        {
            foreach (Misrounding broken in row.Broken.Take(Listed))
                Terminal.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Function} {row.Direction} {row.Tier} {row.Type} at {broken.X:R}: {broken.Y:R}, "
                    + $"not {broken.Expected:R} ({broken.Ulps:0.#####} ulp)"));
            if (row.Broken.Count > Listed)
                Terminal.Output.WriteLine($"… and others; --json lists {row.Broken.Count}.");
        }
    }

    private static void WriteJson(IReadOnlyList<VerificationRow> rows) => Console.WriteLine(JsonSerializer.Serialize(
        rows.Select(row => new
        {
            function = row.Function,
            direction = row.Direction,
            tier = row.Tier,
            type = row.Type,
            inputs = row.Inputs,
            judged = row.Judged,
            misrounded = row.Misrounded,
            maxUlps = double.IsFinite(row.MaxUlps) ? row.MaxUlps : (double?)null,
            at = row.At,
            guarantee = row.Guarantee.Ulps,
            holds = row.Holds,
            broken = row.Broken.Select(misrounding => new
            {
                x = Number(misrounding.X),
                y = Number(misrounding.Y),
                expected = Number(misrounding.Expected),
                ulps = Number(misrounding.Ulps),
            }),
        }),
        Indented));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
