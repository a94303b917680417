using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Nonlinear.Bench;
using Nonlinear.Bench.Claims;
using Nonlinear.Bench.Growth;
using Nonlinear.Bench.Ratios;
using Nonlinear.Bench.Sharing;

const int Failure = 1, Misuse = 2;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Command root = new("bench", "Times Nonlinear beside others on floats drawn from N(0, 2), in turns, on one thread.")
{
    new HelpOption(),
    PagesVerb.Create(),
    GrowthVerb.Create(),
    BenchmarkVerb.Create(),
    ClaimsVerb.Create(),
    ProductsVerb.Create(),
    StoreVerb.Create(),
    SpreadVerb.Create(),
};
RatioCommand.Define(root);
ParseResult parsed = root.Parse(args);
// Help is an action of its own and comes before any error.
if (parsed.Errors.Count > 0 && parsed.Action?.ClearsParseErrors != true)
    return Tell(Misuse, parsed.Errors[0].Message);
try
{
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception refused) when (refused is ArgumentException or FormatException or NotSupportedException)
{
    return Tell(Misuse, refused.Message);
}
catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidOperationException or OutOfMemoryException)
{
    return Tell(Failure, failed.Message);
}

static int Tell(int code, string message)
{
    Console.Error.WriteLine($"bench: {string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
    return code;
}
