using System.Globalization;
using System.Reflection;

namespace Nonlinear.Constants;

/// <summary>The constants that the library was compiled with.</summary>
internal static class Committed
{
    /// <summary>The constants of a class whose names are a letter and a number, in the order of the numbers.</summary>
    public static double[] Coefficients(string name)
    {
        Type type = typeof(Activation).Assembly.GetType($"Nonlinear.Numerics.{name}")
            ?? throw new InvalidOperationException($"{name} is not there yet. {Sollya.WhyNot}");
        IEnumerable<FieldInfo> fields = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.Name[0] == 'C' && field.Name[1..].All(char.IsAsciiDigit));
        return
        [
            .. fields.OrderBy(field => int.Parse(field.Name.AsSpan(1), CultureInfo.InvariantCulture))
                .Select(field => Convert.ToDouble(field.GetRawConstantValue(), CultureInfo.InvariantCulture)),
        ];
    }
}
