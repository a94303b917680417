using System.Globalization;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Nonlinear.Lab.Formulas;

/// <summary>The grammar of formulas, as calculators and languages have it: <c>max(x, a*x)</c>, <c>x^2 / (1 + |x|)</c>.</summary>
internal static class FormulaGrammar
{
    // No regular expressions: the page would have to bring their interpreter along.
    private static readonly TextParser<Unit> PowerOfTen =
        from letter in Character.In('e', 'E')
        from sign in Character.In('+', '-').OptionalOrDefault()
        from digit in Character.Digit
        from more in Character.Digit.IgnoreMany()
        select Unit.Value;

    private static readonly TextParser<TextSpan> Digits = Word(
        Span.MatchedBy(
            from digit in Character.Digit
            from more in Character.Digit.IgnoreMany()
            from point in Character.EqualTo('.').IgnoreThen(Character.Digit.IgnoreMany()).OptionalOrDefault()
            from power in PowerOfTen.Try().OptionalOrDefault()
            select Unit.Value),
        "a number");

    private static readonly TextParser<TextSpan> Letters = Word(
        Span.MatchedBy(
            from letter in Character.Matching(c => char.IsLetter(c) || c == '_', "letter")
            from more in Character.Matching(c => char.IsLetterOrDigit(c) || c == '_', "letter").IgnoreMany()
            select Unit.Value),
        "a name");

    private static readonly TextParser<FormulaPart> Number =
        Digits.Select(text => (FormulaPart)new NumberPart(Place(text), double.Parse(text.ToStringValue(), CultureInfo.InvariantCulture)));

    private static readonly TextParser<FormulaPart> Inside = Parse.Ref(() => Sum!);

    private static readonly TextParser<FormulaPart> Name =
        from name in Letters
        from arguments in Inside.ManyDelimitedBy(Sign(',')).Between(Sign('('), Sign(')'))
            .Select(parts => (FormulaPart[]?)parts)
            .OptionalOrDefault()
        select arguments is null
            ? (FormulaPart)new NamePart(Place(name), name.ToStringValue())
            : new CallPart(Place(name), name.ToStringValue(), arguments);

    private static readonly TextParser<FormulaPart> Bars =
        from open in Sign('|')
        from inside in Inside
        from close in Sign('|')
        select (FormulaPart)new CallPart(inside.Place, "abs", [inside]);

    private static readonly TextParser<FormulaPart> Atom =
        Number.Or(Name).Or(Inside.Between(Sign('('), Sign(')'))).Or(Bars);

    private static readonly TextParser<FormulaPart?> Exponent =
        Sign('²').Select(_ => (FormulaPart?)new NumberPart(0, 2))
            .Or(Sign('^').IgnoreThen(Parse.Ref(() => Signed!)).Select(part => (FormulaPart?)part));

    private static readonly TextParser<FormulaPart> Power =
        from radix in Atom
        from exponent in Exponent.OptionalOrDefault()
        select exponent is null ? radix : new OperatorPart(radix.Place, '^', radix, exponent);

    private static readonly TextParser<FormulaPart> Signed =
        Minus().IgnoreThen(Parse.Ref(() => Signed!)).Select(part => (FormulaPart)new NegativePart(part.Place, part)).Or(Power);

    private static readonly TextParser<FormulaPart> Product =
        Chain(Sign('*').Or(Sign('·').Select(_ => '*')).Or(Sign('/')), Signed);

    private static readonly TextParser<FormulaPart> Sum = Chain(Sign('+').Or(Minus()), Product);

    /// <summary>Takes a formula apart.</summary>
    /// <exception cref="FormatException">It is none; the message says where it stops being one.</exception>
    public static FormulaPart Read(string text)
    {
        Result<FormulaPart> result = (from space in Character.WhiteSpace.IgnoreMany() from sum in Sum select sum).AtEnd().TryParse(text);
        return result.HasValue ? result.Value : throw new FormatException(
            FormattableString.Invariant($"The formula \"{text}\" cannot be read from place {result.ErrorPosition.Absolute + 1} on: ")
            + $"{result.FormatErrorMessageFragment()}.");
    }

    private static TextParser<FormulaPart> Chain(TextParser<char> signs, TextParser<FormulaPart> part) =>
        Parse.Chain(signs, part, (sign, left, right) => new OperatorPart(left.Place, sign, left, right));

    private static int Place(TextSpan text) => text.Position.Absolute + 1;

    private static TextParser<char> Minus() => Sign('-').Or(Sign('−').Select(_ => '-'));

    private static TextParser<char> Sign(char sign) =>
        from found in Character.EqualTo(sign) from space in Character.WhiteSpace.IgnoreMany() select found;

    private static TextParser<TextSpan> Word(TextParser<TextSpan> word, string what) =>
        (from found in word from space in Character.WhiteSpace.IgnoreMany() select found).Named(what);
}
