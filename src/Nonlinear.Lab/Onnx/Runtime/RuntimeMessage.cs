using System.Text.RegularExpressions;

namespace Nonlinear.Lab.Onnx.Runtime;

/// <summary>What ONNX Runtime says went wrong, without the places in its source code.</summary>
internal static partial class RuntimeMessage
{
    // A model's names can be as long as anybody likes.
    private const int Longest = 300, LongestRead = 4000;

    /// <summary>The message of an exception, in a line.</summary>
    public static string Of(Exception wrong)
    {
        string read = wrong.Message.Length > LongestRead ? wrong.Message[..LongestRead] : wrong.Message;
        string whole = string.Join(' ', read.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string line = Places().Replace(whole, "").Trim();
        return line.Length > Longest ? line[..Longest] + " …" : line.TrimEnd('.');
    }

    [GeneratedRegex(@"\[ErrorCode:\w+\]\s*|\[ONNXRuntimeError\] : \d+ : \w+ : |/\S+\.(cc|h):\d+\s*\S*\(.*?\)\s*|\S+\.(cc|h):\d+\s*\S+\s*")]
    private static partial Regex Places();
}
