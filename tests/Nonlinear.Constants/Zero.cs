using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>The zero of a function's derivative, and the derivative's power series about it.</summary>
internal sealed class Zero
{
    private Zero(BigFloat point, Series derivative) => (Point, Derivative) = (point, derivative);

    public BigFloat Point { get; }

    public Series Derivative { get; }

    /// <summary>By Newton's method from a point nearby, with as many terms of the series as are asked for.</summary>
    public static Zero Of(Func<Series, Series> function, double near, int terms)
    {
        BigFloat x = near;
        for (int step = 0; step < 8; step++)
        {
            Series slope = function(Series.Variable(x, 4)).Derivative();
            x -= slope[0] / slope[1];
        }
        return new(x, function(Series.Variable(x, terms + 2)).Derivative());
    }

    /// <summary>The derivative over the distance from the zero, from its series.</summary>
    public BigFloat Quotient(BigFloat distance, int terms)
    {
        BigFloat sum = 0;
        for (int power = terms; power >= 1; power--)
            sum = (sum * distance) + Derivative[power];
        return sum;
    }
}
