namespace Nonlinear.Lab.Formulas;

/// <summary>
/// The same formula by functions that keep its digits: <c>log(1+exp(x))</c>, which overflows, is <c>softplus(x)</c>, which does not.
/// </summary>
internal static class StableForm
{
    /// <summary>A formula so written, or null if there is nothing in it that could be.</summary>
    public static string? Of(string formula)
    {
        FormulaPart whole = FormulaGrammar.Read(formula);
        string written = FormulaText.Of(Rewritten(whole));
        return written == FormulaText.Of(whole) ? null : written;
    }

    // The parts first: log(1+exp(a)) may be a part of a.
    private static FormulaPart Rewritten(FormulaPart part) => part switch
    {
        CallPart call => Known(call with { Arguments = [.. call.Arguments.Select(Rewritten)] }),
        OperatorPart of => Known(of with { Left = Rewritten(of.Left), Right = Rewritten(of.Right) }),
        NegativePart negative => negative with { Of = Rewritten(negative.Of) },
        _ => part,
    };

    private static CallPart Known(CallPart call) => call switch
    {
        { Name: "log" or "ln", Arguments: [var sum] } when OnePlus(sum) is { } added =>
            Exponent(added) is { } exponent ? Call("softplus", exponent) : Call("log1p", added),
        _ => call,
    };

    private static FormulaPart Known(OperatorPart of) => of switch
    {
        // eᵃ - 1, 1 - σ(a)
        { Sign: '-', Right: NumberPart { Value: 1 } } when Exponent(of.Left) is { } exponent => Call("expm1", exponent),
        { Sign: '-', Left: NumberPart { Value: 1 }, Right: CallPart { Name: "sigmoid" or "σ", Arguments: [var inner] } } =>
            Call("sigmoid", Opposite(inner)),
        // (eᵃ - e⁻ᵃ) / (eᵃ + e⁻ᵃ)
        {
            Sign: '/',
            Left: OperatorPart { Sign: '-', Left: var up, Right: var down },
            Right: OperatorPart { Sign: '+', Left: var first, Right: var second }
        } when Exponent(up) is { } exponent && Exponent(down) is { } other && Same(other, Opposite(exponent))
            && ((Same(up, first) && Same(down, second)) || (Same(up, second) && Same(down, first))) => Call("tanh", exponent),
        // eᵃ / (1 + eᵃ), 1 / (1 + e⁻ᵃ), b / (1 + e⁻ᵃ)
        { Sign: '/' } when OnePlus(of.Right) is { } added && Exponent(added) is { } exponent =>
            Same(of.Left, added) ? Call("sigmoid", exponent) : Times(of.Left, Call("sigmoid", Opposite(exponent))),
        // (1 + erf(a/√2)) / 2, b (1 + erf(a/√2)) / 2, and both with a factor of 0.5 before them
        { Sign: '/', Right: NumberPart { Value: 2 } } when NormalOf(of.Left) is { } normal => normal,
        { Sign: '/', Left: OperatorPart { Sign: '*' } product, Right: NumberPart { Value: 2 } }
            when NormalOf(product.Right) is { } normal => Times(product.Left, normal),
        { Sign: '*', Left: NumberPart { Value: 0.5 } } when NormalOf(of.Right) is { } normal => normal,
        { Sign: '*', Left: OperatorPart { Sign: '*', Left: NumberPart { Value: 0.5 }, Right: var factor } }
            when NormalOf(of.Right) is { } normal => Times(factor, normal),
        _ => of,
    };

    // Φ(a), if a part is twice that: 1 + erf(a/√2).
    private static CallPart? NormalOf(FormulaPart part) => OnePlus(part) is CallPart
    {
        Name: "erf",
        Arguments: [OperatorPart { Sign: '/', Left: var inner, Right: CallPart { Name: "sqrt", Arguments: [NumberPart { Value: 2 }] } }],
    }
        ? Call("normcdf", inner)
        : null;

    // a, if a part is 1 + a or a + 1.
    private static FormulaPart? OnePlus(FormulaPart part) => part switch
    {
        OperatorPart { Sign: '+', Left: NumberPart { Value: 1 }, Right: var added } => added,
        OperatorPart { Sign: '+', Left: var added, Right: NumberPart { Value: 1 } } => added,
        _ => null,
    };

    private static FormulaPart? Exponent(FormulaPart part) => part is CallPart { Name: "exp", Arguments: [var exponent] } ? exponent : null;

    // -a·b is read as (-a)·b.
    private static FormulaPart Opposite(FormulaPart part) => part switch
    {
        NegativePart negative => negative.Of,
        OperatorPart { Sign: '*' or '/', Left: NegativePart first } product => product with { Left = first.Of },
        OperatorPart { Sign: '*' or '/' } product => product with { Left = Opposite(product.Left) },
        _ => new NegativePart(part.Place, part),
    };

    private static FormulaPart Times(FormulaPart factor, FormulaPart other) =>
        factor is NumberPart { Value: 1 } ? other : new OperatorPart(factor.Place, '*', factor, other);

    private static CallPart Call(string name, FormulaPart argument) => new(argument.Place, name, [argument]);

    private static bool Same(FormulaPart one, FormulaPart other) => FormulaText.Of(one) == FormulaText.Of(other);
}
