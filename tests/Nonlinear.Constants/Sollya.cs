using System.Diagnostics;
using System.Globalization;

namespace Nonlinear.Constants;

/// <summary>
/// Sollya's fpminimax: the polynomial whose coefficients are doubles or floats and whose largest error is about the least that such
/// coefficients allow. Its last bits depend on the precision it works with.
/// </summary>
/// <remarks>
/// N. Brisebarre, S. Chevillard, Efficient polynomial L∞-approximations, 2007; www.sollya.org. The committed bits are those of version 8.0.
/// </remarks>
internal static class Sollya
{
    private const int Precision = 200;

    public const string WhyNot = "Sollya is not installed (apt-get install sollya).";

    public static bool IsAvailable { get; } = TryRun("quit;") is not null;

    /// <summary>The coefficients that a call of fpminimax finds, of the lowest power first, without powers below the given one.</summary>
    public static double[] Coefficients(string call, int lowest)
    {
        string script = $"prec={Precision}!; display=decimal!; p={call}; for i from {lowest} to degree(p) do {{ print(coeff(p,i)); }};";
        string output = TryRun(script) ?? throw new InvalidOperationException(WhyNot);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static string? TryRun(string script)
    {
        try
        {
            ProcessStartInfo start = new("sollya", "--warnonstderr")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.StandardInput.WriteLine(script);
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
