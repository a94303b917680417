using System.Runtime.CompilerServices;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear.Numerics;

/// <summary>
/// A sum of doubles that loses nothing, and so is the same in any order: as many parts as it takes, none of which overlaps another
/// (Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997).
/// </summary>
/// <remarks>A number that is infinite or NaN makes the sum NaN, and so does one that overflows.</remarks>
internal sealed class ExactSum
{
    // No more fit between the largest double and the smallest without overlapping, and one that is being added.
    private readonly double[] _parts = new double[42];
    private int _count;

    /// <summary>The number nearest to the sum, and what is left of it.</summary>
    public Pair Value
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            Pair value = 0;
            int left = _count;
            while (left > 0 && value.Low.Value == 0)
                value = Pair.QuickSum(value.High, _parts[--left]);
            if (left == 0)
                return value;
            // Half way between two numbers the even one was taken, and the next part tells on which side of it the sum lies.
            double high = value.High.Value, low = value.Low.Value, next = _parts[left - 1], further = high + (2 * low);
            return further - high == 2 * low && double.IsNegative(next) == double.IsNegative(low)
                ? new(further, next - low)
                : new(high, low + next);
        }
    }

    public void Clear() => _count = 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double number)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            Pair sum = Pair.Sum(number, _parts[i]);
            number = sum.High.Value;
            if (sum.Low.Value != 0)
                _parts[kept++] = sum.Low.Value;
        }
        if (!double.IsFinite(number))
            (kept, number) = (0, double.NaN);
        _parts[kept++] = number;
        _count = kept;
    }

    public void Add(Pair number)
    {
        Add(number.Low.Value);
        Add(number.High.Value);
    }

    /// <summary>Adds a · b, both of whose parts are doubles: no product may be below 2⁻¹⁰⁰⁰ unless a is a whole number.</summary>
    public void AddProduct(double a, double b) => Add(Pair.Product(a, b));

    /// <summary>Adds all of another sum.</summary>
    public void Add(ExactSum other)
    {
        for (int i = 0; i < other._count; i++)
            Add(other._parts[i]);
    }
}
