using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>A power series about a point, cut off after a number of terms; its arithmetic yields the series of a formula.</summary>
internal sealed class Series(BigFloat[] terms)
{
    public BigFloat this[int power] => terms[power];

    private int Count => terms.Length;

    /// <summary>The series of x itself about a point.</summary>
    public static Series Variable(BigFloat point, int count) => Of(count, power => power switch { 0 => point, 1 => 1, _ => 0 });

    public static Series operator +(Series a, BigFloat constant) => Of(a.Count, power => power == 0 ? a[0] + constant : a[power]);

    public static Series operator +(Series a, Series b) => Of(a.Count, power => a[power] + b[power]);

    public static Series operator *(Series a, BigFloat factor) => Of(a.Count, power => a[power] * factor);

    public static Series operator *(Series a, Series b) => Of(a.Count, power => Sum(0, power, i => a[i] * b[power - i]));

    public static Series operator /(Series a, Series b)
    {
        BigFloat[] quotient = new BigFloat[a.Count];
        for (int n = 0; n < quotient.Length; n++)
            quotient[n] = (a[n] - Sum(0, n - 1, i => quotient[i] * b[n - i])) / b[0];
        return new(quotient);
    }

    /// <summary>e to the power of it: n eₙ is the sum of the i aᵢ eₙ₋ᵢ.</summary>
    public Series Exp()
    {
        BigFloat[] power = new BigFloat[Count];
        power[0] = BigFloat.Exp(terms[0]);
        for (int n = 1; n < power.Length; n++)
            power[n] = Sum(1, n, i => i * terms[i] * power[n - i]) / n;
        return new(power);
    }

    /// <summary>The derivative, whose last term is unknown and 0.</summary>
    public Series Derivative() => Of(Count, power => power + 1 < Count ? (power + 1) * terms[power + 1] : 0);

    /// <summary>The integral that has the given value at the point.</summary>
    public Series Integral(BigFloat value) => Of(Count, power => power == 0 ? value : terms[power - 1] / power);

    private static Series Of(int count, Func<int, BigFloat> term) => new([.. Enumerable.Range(0, count).Select(term)]);

    private static BigFloat Sum(int from, int to, Func<int, BigFloat> term)
    {
        BigFloat sum = 0;
        for (int i = from; i <= to; i++)
            sum += term(i);
        return sum;
    }
}
