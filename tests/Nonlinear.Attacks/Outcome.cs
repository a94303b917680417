using Nonlinear.Lab.Diagnosis;

namespace Nonlinear.Attacks;

/// <summary>What became of a model that was diagnosed, or of anything else that was given to be read.</summary>
/// <param name="Kind">Answer, refusal, stopped (it took too long, and stopped when told), or fault.</param>
/// <param name="What">What was said.</param>
internal sealed record Outcome(string Kind, string What)
{
    public const string Answer = "answer", Refusal = "refusal", Stopped = "stopped", Fault = "fault";

    // What the framework says of an index or an argument tells no user anything.
    private static readonly string[] OfFramework =
        ["Specified argument", "Index was", "Non-negative number", "Length cannot", "startIndex"];

    /// <summary>Diagnoses a model and writes the answer in all its forms.</summary>
    /// <param name="model">The file.</param>
    /// <param name="inputs">What it is shown.</param>
    /// <param name="page">Where to write a page; null for none.</param>
    /// <param name="limit">How long it may take before it is told to stop.</param>
    public static Outcome Of(string model, IReadOnlyList<string> inputs, string? page, TimeSpan limit)
    {
        using CancellationTokenSource stop = new(limit);
        DiagnosisOptions options = new(model, inputs, null, []);
        return Of(
            () =>
            {
                ModelDiagnosis diagnosis = Diagnostician.Diagnose(options, null, stop.Token);
                string json = Diagnostician.ToJson(diagnosis);
                if (page is not null)
                    Diagnostician.Write(page, options, diagnosis);
                return $"{diagnosis.Activations.Count} activations, {json.Length} characters";
            },
            stop.Token);
    }

    /// <summary>What becomes of anything that answers in words.</summary>
    /// <param name="answer">It; exceptions that speak to users are refusals, others are faults.</param>
    /// <param name="stop">Tells it to stop.</param>
    public static Outcome Of(Func<string> answer, CancellationToken stop = default)
    {
        try
        {
            return new(Answer, answer());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new(Stopped, "");
        }
#pragma warning disable CA1031 // What else can be thrown is what is looked for.
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            bool expected = wrong is InvalidDataException or NotSupportedException or IOException or FormatException
                || wrong.GetType() == typeof(ArgumentException)
                || (wrong is ArgumentOutOfRangeException
                    && !OfFramework.Any(words => wrong.Message.StartsWith(words, StringComparison.Ordinal)));
            return expected && wrong.Message.Length > 0
                ? new(Refusal, wrong.Message)
                : new(Fault, $"{wrong.GetType().Name}: {wrong.Message} {Where(wrong)}".ReplaceLineEndings(" "));
        }
    }

    private static string Where(Exception wrong) => string.Join(
        " < ", (wrong.StackTrace ?? "").Split('\n').Select(line => line.Trim()).Where(line =>
            line.Contains("Nonlinear", StringComparison.Ordinal)).Take(3));
}
