namespace Nonlinear.Lab.Formulas;

/// <summary>
/// How deep the parts of a formula lie in each other: each level takes room on the stack, when it is read and when it is compiled.
/// </summary>
internal static class FormulaNesting
{
    private const int Longest = 1000, Deepest = 100, Shown = 40;

    /// <summary>Refuses what is too long or too deep.</summary>
    /// <exception cref="FormatException">It is.</exception>
    public static void Check(string text)
    {
        string shown = text.Length > Shown ? $"{text[..Shown]}…" : text;
        if (text.Length > Longest)
            throw new FormatException(FormattableString.Invariant(
                $"The formula \"{shown}\" has {text.Length} characters, and may have {Longest}."));
        if (Of(text) > Deepest)
            throw new FormatException(FormattableString.Invariant(
                $"The formula \"{shown}\" has brackets, signs or powers in each other, more than {Deepest} levels deep."));
    }

    // Powers bind to the right and signs stand before signs, so that a row of either is as deep as brackets are; sums are not.
    private static int Of(string text)
    {
        Stack<int> outside = [];
        int depth = 0, most = 0;
        char before = '(';
        foreach (char sign in text.Where(sign => !char.IsWhiteSpace(sign)))
        {
            bool isBetween = char.IsLetterOrDigit(before) || before is ')' or '|' or '²' or '_' or '.';
            switch (sign)
            {
                case '(':
                    outside.Push(depth++);
                    break;
                case ')':
                    depth = outside.TryPop(out int left) ? left : 0;
                    break;
                case '^' or '|':
                case '-' or '−' when !isBetween:
                    depth++;
                    break;
                case '+' or '-' or '−' or '*' or '·' or '/' or ',':
                    depth = outside.TryPeek(out int around) ? around + 1 : 0;
                    break;
            }
            most = Math.Max(most, depth);
            before = sign;
        }
        return most;
    }
}
