namespace Nonlinear.Names;

/// <summary>What must hold of an argument: that it is a value, or is on one side of a number.</summary>
internal sealed record Condition(string Argument, string Relation, string Value)
{
    public bool IsEquality => Relation == "=";

    public bool HoldsFor(string? given)
    {
        if (given is null)
            return false;
        if (Numeral.TryRead(given, out double number) && Numeral.TryRead(Value, out double bound))
            return Relation switch { "=" => number == bound, "<=" => number <= bound, ">=" => number >= bound, _ => false };
        return IsEquality && string.Equals(Plain(given), Plain(Value), StringComparison.OrdinalIgnoreCase);
    }

    public override string ToString() => $"{Argument}{Relation}{Value}";

    private static string Plain(string value) => value.Trim('\'');
}
