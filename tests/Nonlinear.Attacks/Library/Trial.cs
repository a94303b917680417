using System.Globalization;
using System.Runtime.InteropServices;
using Nonlinear.Oracle;

namespace Nonlinear.Attacks.Library;

/// <summary>What a random call works with: random numbers of a type, and a record of calls and faults.</summary>
/// <param name="random">Where everything is drawn.</param>
/// <param name="format">The type, as the judge knows it.</param>
/// <param name="from">A number of the type from a double.</param>
/// <param name="to">The double of a number.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class Trial<T>(Random random, NumberFormat format, Func<double, T> from, Func<T, double> to, LibraryFindings findings)
    where T : unmanaged
{
    /// <summary>Where everything is drawn.</summary>
    public Random Random => random;

    /// <summary>The type.</summary>
    public NumberFormat Format => format;

    /// <summary>What is called, in words.</summary>
    public string Operation { get; set; } = "";

    /// <summary>What takes what is found.</summary>
    public LibraryFindings Findings => findings;

    /// <summary>Draws numbers.</summary>
    public DrawnNumbers<T> Numbers { get; } = new(random, from);

    /// <summary>A number of the type from a double.</summary>
    public T From(double x) => from(x);

    /// <summary>The double of a number.</summary>
    public double To(T x) => to(x);

    /// <summary>A length as spans have it: mostly of some vectors and a rest, seldom of many.</summary>
    public int Length() => random.Next(8) switch { 0 => random.Next(4), 1 => random.Next(2000), _ => 1 + random.Next(100) };

    /// <summary>Calls something that fills a span, which lies somewhere in an array and must be all that changes of it.</summary>
    public T[] Call(string what, int length, Fill<T> call)
    {
        int offset = random.Next(20);
        T[] all = new T[offset + length + 20];
        MemoryMarshal.AsBytes(all.AsSpan()).Fill(0xA5);
        call(all.AsSpan(offset, length));
        findings.Calls++;
        if (MemoryMarshal.AsBytes(all.AsSpan(0, offset)).ContainsAnyExcept((byte)0xA5)
            || MemoryMarshal.AsBytes(all.AsSpan(offset + length)).ContainsAnyExcept((byte)0xA5))
            findings.Fault($"{what} writes beside its span of {length} elements");
        return all[offset..(offset + length)];
    }

    /// <summary>A copy of numbers that lies somewhere else.</summary>
    public Memory<T> Somewhere(T[] numbers)
    {
        int offset = random.Next(20);
        T[] all = new T[offset + numbers.Length];
        numbers.CopyTo(all, offset);
        return all.AsMemory(offset);
    }

    /// <summary>Whether two results have the same bits, or are both no number.</summary>
    public bool IsSame(T a, T b) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in a)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in b)))
        || (double.IsNaN(to(a)) && double.IsNaN(to(b)));

    /// <summary>Tells where results differ.</summary>
    public void MustBeSame(string what, ReadOnlySpan<T> inputs, ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (IsSame(expected[i], actual[i]))
                continue;
            findings.Fault(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} at {i} of {expected.Length}, x = {to(inputs[i % inputs.Length]):R}: {to(actual[i]):R}, "
                + $"alone {to(expected[i]):R}"));
            return;
        }
    }
}

/// <summary>Fills a span.</summary>
internal delegate void Fill<T>(Span<T> span)
    where T : unmanaged;
