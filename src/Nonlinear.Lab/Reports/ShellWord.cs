namespace Nonlinear.Lab.Reports;

/// <summary>Words of commands that pages show, for a shell to read.</summary>
internal static class ShellWord
{
    /// <summary>A word of a command, in quotation marks if it holds what a shell would take apart or carry out.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
