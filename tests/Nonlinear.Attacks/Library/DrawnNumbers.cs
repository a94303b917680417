using System.Runtime.InteropServices;

namespace Nonlinear.Attacks.Library;

/// <summary>Draws inputs of a type: ordinary numbers, special ones, and every mixture of them.</summary>
internal sealed class DrawnNumbers<T>(Random random, Func<double, T> from)
    where T : unmanaged
{
    private const int MostOrdinary = 90;

    private static readonly double[] Special =
    [
        0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-45, -1e-45, 5e-324, -5e-324, 4.2e-45, -4.2e-45,
        1.1754944e-38, -1.1754944e-38, 1.1754942e-38, -1.1754942e-38, 6e-8, -6e-8, 1e-30, -1e-30, 1e-7, -1e-7, 1, -1, 65504, -65504,
        3.4e38, -3.4e38, 1e308, -1e308, -5.5, -20, -100, -745, 88.8, 709.8,
    ];

    /// <summary>A vector of some length.</summary>
    /// <param name="length">The length.</param>
    /// <param name="hard">What is special of a function beside: its kinks.</param>
    public T[] Vector(int length, IReadOnlyList<double> hard)
    {
        T[] numbers = new T[length];
        if (length == 0)
            return numbers;
        (double from, double width) = random.Next(3) switch { 0 => (-3.0, 6.0), 1 => (0.5, 2.0), _ => (-12.0, 24.0) };
        for (int i = 0; i < length; i++)
            numbers[i] = Ordinary(from, width);
        switch (random.Next(4))
        {
            // One alone among ordinary numbers, in any lane.
            case 0:
                numbers[random.Next(length)] = Hard(hard);
                break;
            case 1:
                for (int i = random.Next(8); i < length; i += 1 + random.Next(16))
                    numbers[i] = Hard(hard);
                break;
            case 2:
                for (int i = 0; i < length; i++)
                    numbers[i] = Hard(hard);
                break;
        }
        return numbers;
    }

    /// <summary>A vector of ordinary numbers.</summary>
    public T[] Plain(int length) => [.. Enumerable.Range(0, length).Select(_ => Ordinary(-2, 4))];

    private T Ordinary(double low, double width) => from(low + (width * random.NextDouble()));

    private T Hard(IReadOnlyList<double> hard)
    {
        int kind = random.Next(100);
        if (kind < 20 && hard.Count > 0)
        {
            double at = hard[random.Next(hard.Count)];
            return Beside(from(at), random.Next(-2, 3));
        }
        return kind < MostOrdinary ? from(Special[random.Next(Special.Length)]) : AnyBits();
    }

    // A few numbers of the type away, by their bits.
    private static T Beside(T number, int steps)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref number, 1));
        int sum = bytes[0] + steps;
        if (sum is >= 0 and < 256)
            bytes[0] = (byte)sum;
        return number;
    }

    private T AnyBits()
    {
        T number = default;
        random.NextBytes(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref number, 1)));
        return number;
    }
}
