using System.Globalization;

namespace Nonlinear.Lab.Formulas;

/// <summary>Puts the type of a formula together, part by part.</summary>
/// <param name="parameters">The parameters, in their order.</param>
internal sealed class FormulaType(IReadOnlyList<string> parameters)
{
    // A power is a product: more factors would take longer than the exponential and logarithm that nobody asked for.
    private const int LargestPower = 16;

    private static readonly Dictionary<string, double> Constants = new() { ["pi"] = Math.PI, ["π"] = Math.PI, ["e"] = Math.E };

    private static readonly Dictionary<string, Type> Functions = new()
    {
        ["abs"] = typeof(AbsoluteOf<>), ["exp"] = typeof(ExpOf<>), ["expm1"] = typeof(ExpMinusOneOf<>), ["log"] = typeof(LogOf<>),
        ["ln"] = typeof(LogOf<>), ["log1p"] = typeof(LogOnePlusOf<>), ["sqrt"] = typeof(RootOf<>), ["sin"] = typeof(SinOf<>),
        ["cos"] = typeof(CosOf<>), ["tanh"] = typeof(TanhOf<>), ["sigmoid"] = typeof(SigmoidOf<>), ["σ"] = typeof(SigmoidOf<>),
        ["softplus"] = typeof(SoftPlusOf<>), ["erf"] = typeof(ErrorFunctionOf<>), ["normcdf"] = typeof(NormalCdfOf<>),
        ["Φ"] = typeof(NormalCdfOf<>), ["normpdf"] = typeof(NormalPdfOf<>), ["φ"] = typeof(NormalPdfOf<>),
        ["relu"] = typeof(PositivePartOf<>), ["max"] = typeof(Larger<,>), ["min"] = typeof(Smaller<,>),
    };

    private static readonly Type[] Parameter = [typeof(P0), typeof(P1), typeof(P2), typeof(P3)];

    private static readonly Type[] Digits =
    [
        typeof(D0), typeof(D1), typeof(D2), typeof(D3), typeof(D4), typeof(D5), typeof(D6), typeof(D7),
        typeof(D8), typeof(D9), typeof(DA), typeof(DB), typeof(DC), typeof(DD), typeof(DE), typeof(DF),
    ];

    /// <summary>What can be written before a parenthesis.</summary>
    public static string FunctionNames => string.Join(", ", Functions.Keys.Where(name => char.IsAscii(name[0])));

    /// <summary>Whether a name is one of the grammar's own, and so no parameter.</summary>
    public static bool IsConstant(string name) => name == "x" || Constants.ContainsKey(name);

    /// <summary>A number as a type.</summary>
    public static Type Word(long number) =>
        typeof(Word<,,,,,,,>).MakeGenericType([.. Enumerable.Range(0, 8).Select(i => Digits[(number >> (28 - (4 * i))) & 15])]);

    /// <summary>The type of a part.</summary>
    /// <exception cref="FormatException">It asks for what there is not; the message says where.</exception>
    public Type Of(FormulaPart part) => part switch
    {
        NumberPart number => Number(number.Value),
        NamePart { Name: "x" } => typeof(X),
        NamePart name when Constants.TryGetValue(name.Name, out double value) => Number(value),
        NamePart name => Parameter[Enumerable.Range(0, parameters.Count).First(i => parameters[i] == name.Name)],
        NegativePart negative => typeof(Negative<>).MakeGenericType(Of(negative.Of)),
        OperatorPart { Sign: '^' } power => Power(power),
        // A gate keeps its digits where the factor alone would be too small.
        OperatorPart { Sign: '*', Right: CallPart { Arguments: [FormulaPart inner] } gate } when GateOf(gate) is { } type =>
            type.MakeGenericType(Of(((OperatorPart)part).Left), Of(inner)),
        OperatorPart of => Operator(of.Sign).MakeGenericType(Of(of.Left), Of(of.Right)),
        CallPart call => Call(call),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static Type? GateOf(CallPart call) => Functions.GetValueOrDefault(call.Name) is { } function
        ? function == typeof(SigmoidOf<>) ? typeof(SigmoidGate<,>) : function == typeof(NormalCdfOf<>) ? typeof(NormalGate<,>) : null
        : null;

    private static Type Operator(char sign) => sign switch
    {
        '+' => typeof(Sum<,>),
        '-' => typeof(Difference<,>),
        '*' => typeof(Product<,>),
        _ => typeof(Quotient<,>),
    };

    private static Type Number(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return typeof(NumberOf<,>).MakeGenericType(Word((bits >> 32) & 0xFFFFFFFF), Word(bits & 0xFFFFFFFF));
    }

    private Type Power(OperatorPart power)
    {
        if (power.Right is NumberPart { Value: 0.5 })
            return typeof(RootOf<>).MakeGenericType(Of(power.Left));
        if (power.Right is not NumberPart { Value: >= 1 and <= LargestPower } exponent || exponent.Value != Math.Floor(exponent.Value))
            throw new FormatException(FormattableString.Invariant(
                $"At place {power.Place}, a power is a whole number from 1 to {LargestPower} or 0.5; write others with exp and log."));
        return Power(Of(power.Left), (int)exponent.Value);
    }

    private static Type Power(Type radix, int exponent) => exponent switch
    {
        1 => radix,
        _ when exponent % 2 == 0 => typeof(Squared<>).MakeGenericType(Power(radix, exponent / 2)),
        _ => typeof(Product<,>).MakeGenericType(radix, Power(radix, exponent - 1)),
    };

    private Type Call(CallPart call)
    {
        if (!Functions.TryGetValue(call.Name, out Type? function))
            throw new FormatException(FormattableString.Invariant(
                $"At place {call.Place}, '{call.Name}' is no function that formulas have; there are {FunctionNames}."));
        int wanted = function.GetGenericArguments().Length;
        string arguments = wanted == 1 ? "one argument" : "two arguments";
        if (call.Arguments.Count != wanted)
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"At place {call.Place}, {call.Name} takes {arguments}, not {call.Arguments.Count}."));
        return function.MakeGenericType([.. call.Arguments.Select(Of)]);
    }
}
