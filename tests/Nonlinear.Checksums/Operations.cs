using System.Runtime.InteropServices;

namespace Nonlinear.Checksums;

internal delegate void Map<T>(Activation activation, ReadOnlySpan<T> x, Span<T> y);

internal delegate void Gradient<T>(Activation activation, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx);

internal delegate void ParameterGradient<T>(ElementwiseActivation activation, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<double> gradient);

internal static class Operations
{
    /// <summary>How many results depended on more than their own input.</summary>
    public static int Failures { get; set; }
}

/// <summary>The operations of the library on a type, which is what their checksums are taken of.</summary>
internal sealed class Operations<T>(
    string type, Func<double, T> narrow, Map<T> forward, Map<T> derivative, Map<T> curvature, Gradient<T> backward, Gradient<T> backwardFromOutput,
    ParameterGradient<T> parameterGradient)
    where T : unmanaged, IEquatable<T>, IFormattable
{
    // Enough for a table of a 16-bit type to be made; a number of which vectors of every width leave a rest.
    private const int Count = 4099;

    private static readonly int[] VectorLengths = [1, 2, 3, 7, 8, 9, 31, 100, 1000];

    /// <summary>Prints a line for each operation: function, tier, type, operation, checksum.</summary>
    public void Print(Activation activation)
    {
        switch (activation)
        {
            case ElementwiseActivation elementwise:
                Print(elementwise, "forward", forward);
                Print(elementwise, "derivative", derivative);
                Print(elementwise, "curvature", curvature);
                Print(elementwise, "backward", (a, x, y) => backward(a, x, Upstream(x.Length), y), slices: false);
                if (elementwise.Info.DerivativeFromOutput && elementwise.Info.DerivativeFromOutputWhen(elementwise.ParameterValues))
                    Print(elementwise, "backward from output", (a, x, dx) => BackwardFromOutput(a, x, dx), slices: false);
                PrintParameterGradient(elementwise);
                break;
            case AxisActivation:
                PrintVectors(activation, "forward", (x, y) => forward(activation, x, y));
                PrintVectors(activation, "backward", (x, dx) => backward(activation, x, Upstream(x.Length), dx));
                PrintVectors(activation, "backward from output", (x, dx) => BackwardFromOutput(activation, x, dx));
                break;
            case PooledActivation pooled:
                T[] x = Numbers.OfAnySize(Count * pooled.Pieces, 1, narrow), y = new T[Count], dx = new T[x.Length];
                forward(activation, x, y);
                Write(activation, "forward", y);
                backward(activation, x, Upstream(Count), dx);
                Write(activation, "backward", dx);
                break;
        }
    }

    private void Print(ElementwiseActivation activation, string operation, Map<T> map, bool slices = true)
    {
        T[] x = Numbers.OfAnySize(Count, 1, narrow), y = new T[Count];
        map(activation, x, y);
        Write(activation, operation, y);
        // A 16-bit type looks results up in a table once there are enough elements, and computes them before.
        for (int length = 0; slices && length < 70; length++)
        {
            int offset = length * 3 % 11;
            T[] part = new T[length];
            map(activation, x.AsSpan(offset, length), part);
            for (int i = 0; i < length; i++)
            {
                if (IsSame(part[i], y[offset + i]))
                    continue;
                Operations.Failures++;
                Console.WriteLine($"{Name(activation)} {operation}: {part[i]} alone, {y[offset + i]} among others, at {x[offset + i]}, offset {offset}, length {length}");
            }
        }
    }

    private void BackwardFromOutput(Activation activation, ReadOnlySpan<T> x, Span<T> dx)
    {
        T[] y = new T[x.Length];
        forward(activation, x, y);
        backwardFromOutput(activation, y, Upstream(x.Length), dx);
    }

    private void PrintParameterGradient(ElementwiseActivation activation)
    {
        if (activation.Info.Parameters.Count == 0)
            return;
        Checksum checksum = new();
        double[] gradient = new double[activation.Info.Parameters.Count];
        foreach (int length in (int[])[.. VectorLengths, Count])
        {
            parameterGradient(activation, Numbers.Ordinary(length, 3, narrow), Upstream(length), gradient);
            checksum.Add<double>(gradient);
        }
        Console.WriteLine($"{Name(activation)} parameters {checksum}");
    }

    private void PrintVectors(Activation activation, string operation, VectorMap map)
    {
        Checksum checksum = new();
        foreach (int length in VectorLengths)
        {
            foreach (T[] x in (T[][])[Numbers.Ordinary(length, 4, narrow), Numbers.OfAnySize(length, 5, narrow)[..length], [.. Enumerable.Repeat(narrow(0.7), length)]])
            {
                T[] y = new T[length];
                map(x, y);
                checksum.Add<T>(y);
            }
        }
        Console.WriteLine($"{Name(activation)} {operation} {checksum}");
    }

    private delegate void VectorMap(ReadOnlySpan<T> x, Span<T> y);

    private T[] Upstream(int length) => Numbers.Ordinary(length, 2, narrow);

    private void Write(Activation activation, string operation, T[] results)
    {
        Checksum checksum = new();
        checksum.Add<T>(results);
        Console.WriteLine($"{Name(activation)} {operation} {checksum}");
    }

    private string Name(Activation activation) => $"{activation} {(activation.Tier == Tier.Fast ? "fast" : "exact")} {type}";

    private static bool IsSame(T a, T b) =>
        (Checksum.IsNaN(a) && Checksum.IsNaN(b)) || MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in a)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in b)));
}
