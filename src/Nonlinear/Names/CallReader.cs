namespace Nonlinear.Names;

/// <summary>What a call means if it is one of a framework's function.</summary>
/// <param name="Of">The framework's function.</param>
/// <param name="Function">Which of ours it is; null if it is none.</param>
/// <param name="Problem">Why it is none.</param>
internal sealed record Reading(FrameworkFunction Of, NamedFunction? Function, string Problem)
{
    /// <summary>What is computed instead, where that is not quite the function.</summary>
    public NamedFunction? Deviation { get; init; }
}

/// <summary>Gives the arguments of a call to a framework's function.</summary>
internal static class CallReader
{
    public static Reading Read(FrameworkFunction function, Call call)
    {
        if (function.Meanings.Count == 0)
            return new(function, null, $"{function.Name} is none of the functions here: {function.Reason}.");
        string?[] values = [.. function.Arguments.Select(argument => argument.Default)];
        if (Assign(function, call, values) is { } problem)
            return new(function, null, problem);
        foreach (FrameworkMeaning meaning in function.Meanings)
        {
            if (meaning.Conditions.All(condition => condition.HoldsFor(values[IndexOf(function, condition.Argument)])))
                return Apply(function, meaning, values);
        }
        string reason = function.Reason.Length > 0 ? function.Reason : $"it is known for {string.Join(" or ", function.Meanings
            .Select(meaning => meaning.When))}";
        return new(function, null, $"{Written(function, call)} is none of the functions here: {reason}.");
    }

    // The values of the arguments, by place or by name. What is wrong, if something is.
    private static string? Assign(FrameworkFunction function, Call call, string?[] values)
    {
        HashSet<int> given = [];
        int place = 0;
        foreach (CallArgument argument in call.Arguments)
        {
            int index = argument.Name is null ? place : IndexOf(function, argument.Name);
            // A setting where an input is expected: the input was left out.
            if (argument.Name is null && place < function.Tensors && Numeral.TryRead(argument.Value, out _))
                index = place = function.Tensors;
            if (argument.Name is null)
                place++;
            if (index < 0 || index >= values.Length)
                return argument.Name is null
                    ? $"{function.Signature} takes no more arguments: '{argument.Value}' is one too many."
                    : $"{function.Signature} has no argument '{argument.Name}'.";
            if (!given.Add(index))
                return $"{Written(function, call)} sets {function.Arguments[index].Name} twice.";
            if (Problem(function, function.Arguments[index], argument.Value, index < function.Tensors) is { } problem)
                return problem;
            values[index] = argument.Value;
        }
        return null;
    }

    private static string? Problem(FrameworkFunction function, FrameworkArgument argument, string value, bool isInput)
    {
        if (isInput)
            return null;
        if (argument.IsSwitch && !bool.TryParse(value, out _))
            return $"{argument.Name} of {function.Signature} is True or False, not '{value}'.";
        // An axis, or a number of channels.
        bool isWhole = !function.Matters(argument) && (argument.Default is null or "None" || int.TryParse(argument.Default, out _));
        return isWhole && Numeral.TryRead(value, out double number) && number != Math.Floor(number)
            ? $"{argument.Name} of {function.Signature} is a whole number, not '{value}'."
            : null;
    }

    private static Reading Apply(FrameworkFunction function, FrameworkMeaning meaning, string?[] values)
    {
        if (Apply(function, meaning, values, out string problem) is not { } ours)
            return new(function, null, problem);
        NamedFunction? deviation = function.Deviation is { } form ? Apply(function, form, values, out problem) : null;
        return new(function, ours, problem) { Deviation = deviation };
    }

    private static NamedFunction? Apply(FrameworkFunction function, FrameworkMeaning meaning, string?[] values, out string problem)
    {
        List<KeyValuePair<string, double>> parameters = [];
        problem = "";
        foreach ((string parameter, string source) in meaning.Parameters)
        {
            int index = IndexOf(function, source);
            string? value = index < 0 ? source : values[index];
            double number = 0;
            problem = value is null
                ? $"{function.Signature} has no default for {source}; give it."
                : Numeral.TryRead(value, out number) ? "" : $"{source} of {function.Signature} is a number here, not '{value}'.";
            if (problem.Length > 0)
                return null;
            parameters.Add(new(parameter, number));
        }
        return new(meaning.Function, parameters) { Layout = meaning.Layout };
    }

    private static string Written(FrameworkFunction function, Call call) =>
        call.Arguments.Count == 0 ? function.Name : $"{function.Name}({string.Join(", ", call.Arguments)})";

    private static int IndexOf(FrameworkFunction function, string name)
    {
        for (int i = 0; i < function.Arguments.Count; i++)
        {
            if (function.Arguments[i].Is(name))
                return i;
        }
        return -1;
    }
}
