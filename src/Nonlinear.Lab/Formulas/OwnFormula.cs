using System.Globalization;
using System.Text.RegularExpressions;

namespace Nonlinear.Lab.Formulas;

/// <summary>
/// A formula that somebody types, as a function like those of the catalogue: compiled into the same loops, with derivatives by dual
/// numbers, and with its letters as parameters.
/// </summary>
public static partial class OwnFormula
{
    private const int MostParameters = 4;

    private const string Source = "a formula of your own";

    // A parameter that nothing is known of.
    private const double Usual = 1;

    // Each takes some tens of kilobytes, and no page or process sees as many in a day.
    private const int MostCompiled = 1 << 13;

    private static readonly CompiledFormulas Compiled = new(MostCompiled);

    /// <summary>The function that a text names or is the formula of.</summary>
    /// <exception cref="FormatException">It is neither; the message says why not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Activation Parse(string text)
    {
        if (Activation.TryParse(text, out Activation? known))
            return known;
        return LooksLikeOne(text) ? Read(text) : Activation.Parse(text);
    }

    /// <summary>Whether a text that names no function is meant as a formula: it has the argument in it.</summary>
    public static bool LooksLikeOne(string text) => Argument().IsMatch(text);

    /// <summary>Reads a formula, with values for its parameters behind it if they are not 1: <c>max(x, a*x)(a=0.1)</c>.</summary>
    /// <exception cref="FormatException">It cannot be read, and the message says where; or it is too long, or nests too deep; or too many
    /// others have been compiled.</exception>
    public static ElementwiseActivation Read(string text)
    {
        FormulaNesting.Check(text);
        Match settings = Settings().Match(text);
        string written = settings.Success ? text[..settings.Index] : text, formula = Blanks().Replace(written, "");
        FormulaPart whole = FormulaGrammar.Read(written);
        string[] names = ParametersOf(whole);
        double[] values = [.. names.Select(_ => Usual)];
        foreach (Match setting in Setting().Matches(settings.Value))
        {
            int place = Array.IndexOf(names, setting.Groups["name"].Value);
            if (place < 0)
                throw new FormatException($"The formula {formula} has no parameter {setting.Groups["name"].Value}.");
            values[place] = double.TryParse(setting.Groups["value"].Value, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw new FormatException($"The value {setting.Groups["value"].Value} of {names[place]} is no number.");
        }
        return Compiled.GetOrAdd(formula, () => Compile(formula, whole, names))(values);
    }

    /// <summary>
    /// The same function written so that it keeps its digits, or null: it is none that somebody typed, or nothing in it can be written so.
    /// </summary>
    internal static ElementwiseActivation? Stable(Activation activation)
    {
        if (activation.Info.Source != Source || StableForm.Of(activation.Info.Name) is not { } formula)
            return null;
        string[] settings =
        [
            .. activation.Info.Parameters.Zip(
                activation.ParameterValues, (parameter, value) => FormattableString.Invariant($"{parameter.Name}={value:R}")),
        ];
        return Read(settings.Length == 0 ? formula : $"{formula}({string.Join(", ", settings)})");
    }

    private static string[] ParametersOf(FormulaPart formula)
    {
        string[] names = [.. Names(formula).Where(name => !FormulaType.IsConstant(name)).Distinct()];
        return names.Length <= MostParameters
            ? names
            : throw new FormatException(FormattableString.Invariant(
                $"A formula has {MostParameters} parameters at most, and this one has {names.Length}: {string.Join(", ", names)}."));
    }

    private static IEnumerable<string> Names(FormulaPart part) => part switch
    {
        NamePart name => [name.Name],
        CallPart call => call.Arguments.SelectMany(Names),
        OperatorPart of => Names(of.Left).Concat(Names(of.Right)),
        NegativePart negative => Names(negative.Of),
        _ => [],
    };

    private static Func<double[], ElementwiseActivation> Compile(string formula, FormulaPart whole, string[] names)
    {
        ICreator? creator = null;
        ActivationInfo info = new(formula, formula)
        {
            Source = Source,
            Parameters = [.. names.Select(name => new ParameterInfo(name, name, Usual) { Examples = [-2, 2] })],
            KinksWhen = values => Bends(whole) ? FormulaKinks.Of(creator!.Create([.. values])) : [],
        };
        Type type = typeof(TypedFormula<,>).MakeGenericType(
            new FormulaType(names).Of(whole),
            FormulaType.Word(FormulaRegistry.NumberOf(info)));
        creator = (ICreator)Activator.CreateInstance(typeof(Creator<>).MakeGenericType(type))!;
        return creator.Create;
    }

    // Whether there is anything in a formula by which it may have a kink.
    private static bool Bends(FormulaPart part) => part switch
    {
        CallPart call => call.Name is "max" or "min" or "abs" or "relu" || call.Arguments.Any(Bends),
        OperatorPart of => Bends(of.Left) || Bends(of.Right),
        NegativePart negative => Bends(negative.Of),
        _ => false,
    };

    private interface ICreator
    {
        ElementwiseActivation Create(double[] values);
    }

    private sealed class Creator<F> : ICreator
        where F : struct, IElementwise<F>
    {
        public ElementwiseActivation Create(double[] values) => ElementwiseActivation.Create<F>(values);
    }

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}_.])x(?![\p{L}\p{Nd}_=])")]
    private static partial Regex Argument();

    [GeneratedRegex(@"\s*\(\s*[\p{L}_][\p{L}\p{Nd}_]*\s*=[^()]*\)\s*$")]
    private static partial Regex Settings();

    [GeneratedRegex(@"(?<name>[\p{L}_][\p{L}\p{Nd}_]*)\s*=\s*(?<value>[^,\s)]+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
