using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nonlinear.Training;

/// <summary>
/// Random numbers for one purpose of one seed: the initial weights, the order of the batches, the noise of some data. Runs with the same
/// seed draw the same numbers for the same purpose whatever else they draw, so that they can be compared in pairs.
/// </summary>
/// <remarks>
/// <para>The bits are the same on every system: whole numbers come from xoshiro256** (Blackman and Vigna, 2018, arXiv:1805.01407), normal
/// ones from them by the polar method (Marsaglia and Bray, 1964) with the library's own logarithm. Nothing about them is secret.</para>
/// <para>A stream is not safe to use from several threads at once.</para>
/// </remarks>
#pragma warning disable CA1711 // It is a stream of random numbers, as the field calls it.
public sealed class RandomStream
#pragma warning restore CA1711
{
    private readonly Xoshiro _generator;

    /// <summary>The stream of a purpose.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the numbers are for, with a number if there are several of a kind.</param>
    public RandomStream(int seed, string purpose)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{purpose}")));
        _generator = new(BinaryPrimitives.ReadInt32LittleEndian(hash));
    }

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    public double Uniform() => _generator.Uniform();

    /// <summary>A whole number from 0 up to, but not including, the bound.</summary>
    /// <param name="bound">The bound.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return _generator.Below(bound);
    }

    /// <summary>A normally distributed number, with mean 0 and deviation 1.</summary>
    public double Normal()
    {
        double x, square;
        do
        {
            x = (2 * _generator.Uniform()) - 1;
            double y = (2 * _generator.Uniform()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);
        return x * Math.Sqrt(-2 * Logarithm.Function.Forward(square) / square);
    }

    /// <summary>Fills a span with normal numbers of mean 0.</summary>
    /// <param name="numbers">Receives the numbers.</param>
    /// <param name="deviation">Their standard deviation.</param>
    public void Fill(Span<float> numbers, double deviation)
    {
        foreach (ref float number in numbers)
            number = (float)(deviation * Normal());
    }

    /// <summary>The numbers from 0 up to, but not including, a count, in random order.</summary>
    /// <param name="count">The count.</param>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle(order);
        return order;
    }

    /// <summary>Brings the elements into random order (Fisher and Yates).</summary>
    /// <param name="elements">The elements.</param>
    public void Shuffle(Span<int> elements)
    {
        for (int i = elements.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (elements[i], elements[j]) = (elements[j], elements[i]);
        }
    }
}
