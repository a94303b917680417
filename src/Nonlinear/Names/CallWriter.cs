using System.Globalization;

namespace Nonlinear.Names;

/// <summary>Writes a function as a framework has it.</summary>
internal static class CallWriter
{
    /// <summary>The function as the framework has it, or a remark if it has it with other parameters only; null if it has it not.</summary>
    public static Spelling? Write(Framework framework, ActivationInfo info, IReadOnlyList<double> values, GateLayout? layout)
    {
        Dictionary<string, double> parameters = info.Parameters.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        Dictionary<string, double> defaults = info.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        FrameworkFunction? other = null;
        Spelling? halves = null;
        foreach (FrameworkFunction function in framework.Functions)
        {
            foreach (FrameworkMeaning meaning in function.Meanings.Where(meaning => meaning.Function == info.Name))
            {
                if (meaning.Layout is { } theirs && theirs != layout)
                {
                    halves ??= new(framework.Title, "") { Remark = $"{function.Name} is {meaning}" };
                    continue;
                }
                string?[]? arguments = Arguments(function, meaning, parameters, defaults);
                FrameworkMeaning? read = arguments is null ? null : ReadBack(function, arguments);
                if (read == meaning)
                    return new(framework.Title, Call(function, arguments!));
                // Another of ours with the same values, as a clip that is a hard tanh, is said by its own name.
                other ??= read is null ? function : null;
            }
        }
        foreach (Composition composition in framework.Compositions.Where(composition => composition.Meaning.Function == info.Name))
        {
            if (Compose(composition, parameters, defaults) is { } code)
                return new(framework.Title, code) { IsComposed = true };
        }
        return other is null ? halves : new(framework.Title, "")
        {
            Remark = $"{other.Name} cannot have {string.Join(", ", parameters.Select(pair => $"{pair.Key} = {Number(pair.Value)}"))}",
        };
    }

    // The arguments that make a function of the framework's the one with these parameters; null if none do.
    private static string?[]? Arguments(
        FrameworkFunction function,
        FrameworkMeaning meaning,
        Dictionary<string, double> parameters,
        Dictionary<string, double> defaults)
    {
        string?[] arguments = [.. function.Arguments.Select(argument => argument.Written)];
        foreach (Condition condition in meaning.Conditions.Where(condition => condition.IsEquality))
        {
            int index = IndexOf(function, condition.Argument);
            arguments[index] = condition.HoldsFor(function.Arguments[index].Default) ? null : condition.Value;
        }
        foreach ((string parameter, string source) in meaning.Parameters)
        {
            if (!parameters.TryGetValue(parameter, out double value))
                return null;
            int index = IndexOf(function, source);
            if (index >= 0)
                arguments[index] = Number(value);
            else if (!Numeral.TryRead(source, out double constant) || constant != value)
                return null;
        }
        bool others = parameters.All(pair => pair.Value == defaults[pair.Key]
            || meaning.Parameters.Any(parameter => parameter.Key == pair.Key));
        return others ? arguments : null;
    }

    // What the arguments are read as; null if as nothing.
    private static FrameworkMeaning? ReadBack(FrameworkFunction function, string?[] arguments) =>
        function.Meanings.FirstOrDefault(candidate => candidate.Conditions.All(condition =>
        {
            int index = IndexOf(function, condition.Argument);
            return condition.HoldsFor(arguments[index] ?? function.Arguments[index].Default);
        }));

    private static string Call(FrameworkFunction function, string?[] arguments)
    {
        bool isPositional = function.Framework.CallsArePositional;
        int last = Array.FindLastIndex(arguments, argument => argument is not null);
        List<string> written = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            FrameworkArgument argument = function.Arguments[i];
            bool isInput = i < function.Tensors;
            if (isInput && function.Framework.HasOperators)
                continue;
            if (isInput)
                written.Add(argument.Name);
            else if (isPositional && i <= last)
                written.Add(arguments[i] ?? argument.Default!);
            else if (arguments[i] is { } value)
                written.Add($"{argument.Name}={value}");
        }
        bool isName = written.Count == 0 && (function.Framework.HasOperators || !function.IsCalled);
        return isName ? function.Name : $"{function.Name}({string.Join(", ", written)})";
    }

    private static string? Compose(Composition composition, Dictionary<string, double> parameters, Dictionary<string, double> defaults)
    {
        string code = composition.Template;
        foreach ((string parameter, double value) in parameters)
        {
            KeyValuePair<string, string> bound = composition.Meaning.Parameters.FirstOrDefault(pair => pair.Key == parameter);
            if (bound.Key is null ? value != defaults[parameter] : Numeral.TryRead(bound.Value, out double constant) && constant != value)
                return null;
            code = code.Replace($"{{{parameter}}}", Number(value), StringComparison.Ordinal);
        }
        return code;
    }

    private static int IndexOf(FrameworkFunction function, string argument) =>
        function.Arguments.ToList().FindIndex(candidate => candidate.Is(argument));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
