namespace Nonlinear.Symbols;

/// <summary>What the named functions stand for, so that the sigmoid's formula does not end at σ(x).</summary>
internal static class Definitions
{
    /// <summary>The definition of a function of x, if it is the whole formula and has one in elementary terms.</summary>
    public static Node? Of(Node node)
    {
        if (node is not Call { Power: 1, Arguments: [Symbol argument] } call)
            return null;
        Node rising = new Exponential(argument), falling = new Exponential(Algebra.Negate(argument)), one = new Number(1);
        return call.Text switch
        {
            "σ" => Algebra.Divide(one, Algebra.Add(one, falling)),
            "tanh" => Algebra.Divide(Algebra.Add(rising, Algebra.Negate(falling)), Algebra.Add(rising, falling)),
            _ => null,
        };
    }
}
