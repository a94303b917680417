namespace Nonlinear.Names;

/// <summary>
/// Reads a framework's table. After lines such as <c>title: PyTorch</c> there are modules, <c>module torch.nn. nn.</c>, with the paths by
/// which their functions are reached (- for none), and functions, a line each:
/// <c>Name|OtherName(argument=default, …) = our_function(parameter=argument) if argument='value'; other_function : reason # note</c>.
/// What has no reason is always one of ours; what has a reason alone is none. <c>~ form(parameter=argument)</c> after what it is says what
/// is computed there where that is not quite the function. <c>write x * {beta} = our_function(beta)</c> is for functions
/// without a name.
/// </summary>
internal static class TableReader
{
    public static Framework Read(string text)
    {
        Dictionary<string, string> header = [];
        string[] lines = [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        int first = Array.FindIndex(lines, line => line.StartsWith("module ", StringComparison.Ordinal));
        foreach (string line in lines[..first])
        {
            string[] parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            header[parts[0]] = parts.Length > 1 ? parts[1] : "";
        }
        Framework framework = new(header);
        List<FrameworkFunction> functions = [];
        List<Composition> compositions = [];
        string[] prefixes = [];
        foreach (string line in lines[first..])
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "module")
                prefixes = [.. words[1..].Select(prefix => prefix == "-" ? "" : prefix)];
            else if (words[0] == "write")
                compositions.Add(ReadComposition(line["write ".Length..]));
            else
                functions.Add(ReadFunction(framework, prefixes, line));
        }
        (framework.Functions, framework.Compositions) = (functions, compositions);
        return framework;
    }

    private static Composition ReadComposition(string line)
    {
        string[] parts = line.Split(" = ", 2, StringSplitOptions.TrimEntries);
        return new(parts[0], ReadMeaning(parts[1]));
    }

    private static FrameworkFunction ReadFunction(Framework framework, string[] prefixes, string line)
    {
        (line, string note) = Cut(line, " # ");
        (line, string reason) = Cut(line, " : ");
        (line, string deviation) = Cut(line, " ~ ");
        (string signature, string meanings) = Cut(line, " = ");
        int open = signature.IndexOf('(', StringComparison.Ordinal);
        string names = open < 0 ? signature : signature[..open];
        string arguments = open < 0 ? "" : signature[(open + 1)..^1];
        return new(
            framework,
            prefixes,
            names.Split('|'),
            [.. Call.SplitArguments(arguments).Select(ReadArgument)],
            [.. meanings.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadMeaning)])
        {
            Reason = reason,
            Note = note,
            Deviation = deviation.Length == 0 ? null : ReadMeaning(deviation),
            IsCalled = open >= 0,
        };
    }

    private static (string Before, string After) Cut(string line, string separator)
    {
        int at = line.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (line.Trim(), "") : (line[..at].Trim(), line[(at + separator.Length)..].Trim());
    }

    private static FrameworkArgument ReadArgument(string text)
    {
        (text, string written) = Cut(text, "→");
        (string names, string value) = Cut(text, "=");
        string[] all = names.Split('|');
        return new(all[0], value.Length == 0 ? null : value) 
        {
            OtherNames = all[1..],
            Written = written.Length == 0 ? null : written,
        };
    }

    private static FrameworkMeaning ReadMeaning(string text)
    {
        (string function, string conditions) = Cut(text, " if ");
        int open = function.IndexOf('(', StringComparison.Ordinal);
        string name = open < 0 ? function : function[..open];
        KeyValuePair<string, string>[] parameters = open < 0
            ? []
            : [.. Call.SplitArguments(function[(open + 1)..^1]).Select(ReadParameter)];
        ILookup<bool, KeyValuePair<string, string>> isLayout = parameters.ToLookup(parameter => parameter.Key == GateLayouts.Argument);
        string? layout = isLayout[true].Select(parameter => parameter.Value).FirstOrDefault();
        return new(name, [.. isLayout[false]])
        {
            Layout = layout is null ? null : GateLayouts.Read(layout) ?? throw new InvalidDataException($"{layout} is no layout."),
            Conditions = [.. conditions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadCondition)],
        };
    }

    // A parameter alone is one that the argument has the name of.
    private static KeyValuePair<string, string> ReadParameter(string text)
    {
        (string parameter, string value) = Cut(text, "=");
        return new(parameter, value.Length == 0 ? parameter : value);
    }

    private static Condition ReadCondition(string text)
    {
        string relation = ((string[])["<=", ">=", "="]).First(relation => text.Contains(relation, StringComparison.Ordinal));
        (string argument, string value) = Cut(text, relation);
        return new(argument, relation, value);
    }
}
