using System.Text.RegularExpressions;
using Nonlinear.Lab.Onnx.Graphs;

namespace Nonlinear.Lab.Onnx.Runtime;

/// <summary>What ONNX Runtime says went wrong, without the places in its source code.</summary>
internal static partial class RuntimeMessage
{
    private const int Longest = 300;

    /// <summary>The message of an exception, in a line.</summary>
    public static string Of(Exception wrong)
    {
        string line = Places().Replace(string.Join(' ', wrong.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            "").Trim();
        line = NodeParts.Printable(line);
        return line.Length > Longest ? line[..Longest] + " …" : line.TrimEnd('.');
    }

    [GeneratedRegex(@"\[ErrorCode:\w+\]\s*|\[ONNXRuntimeError\] : \d+ : \w+ : |/\S+\.(cc|h):\d+\s*\S*\(.*?\)\s*|\S+\.(cc|h):\d+\s*\S+\s*")]
    private static partial Regex Places();
}
