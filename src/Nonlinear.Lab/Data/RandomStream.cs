using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.Random;

namespace Nonlinear.Lab.Data;

/// <summary>
/// Random numbers for one purpose of one seed: the initial weights, the order of the batches, the split of the data. Runs with the same
/// seed draw the same numbers for the same purpose whatever else they draw, so that they can be compared in pairs.
/// </summary>
internal sealed class RandomStream
{
    private readonly Xoshiro256StarStar _generator;

    /// <summary>The stream of a purpose.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the numbers are for, with a number if there are several of a kind.</param>
    public RandomStream(int seed, string purpose)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{purpose}")));
        _generator = new(BinaryPrimitives.ReadInt32LittleEndian(hash), threadSafe: false);
    }

#pragma warning disable CA5394 // Training needs numbers that can be drawn again, not secret ones.
    /// <summary>A number from 0 up to 1.</summary>
    public double Uniform() => _generator.NextDouble();

    /// <summary>A whole number from 0 up to the bound.</summary>
    public int Below(int bound) => _generator.Next(bound);
#pragma warning restore CA5394

    /// <summary>A normally distributed number, by Marsaglia's polar method (1964).</summary>
    public double Normal()
    {
        while (true)
        {
            double x = (2 * Uniform()) - 1, y = (2 * Uniform()) - 1, square = (x * x) + (y * y);
            if (square is > 0 and < 1)
                return x * Math.Sqrt(-2 * PortableMath.Log(square) / square);
        }
    }

    /// <summary>Fills a span with normal numbers of mean 0.</summary>
    public void Fill(Span<float> numbers, double deviation)
    {
        foreach (ref float number in numbers)
            number = (float)(deviation * Normal());
    }

    /// <summary>The numbers from 0 up to a count, in random order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle(order);
        return order;
    }

    /// <summary>Brings the elements into random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> elements)
    {
        for (int i = elements.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (elements[i], elements[j]) = (elements[j], elements[i]);
        }
    }
}
