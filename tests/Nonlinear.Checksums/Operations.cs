using System.Runtime.InteropServices;

namespace Nonlinear.Checksums;

internal delegate void Map<T>(ReadOnlySpan<T> x, Span<T> y);

internal static class Operations
{
    /// <summary>How many results depended on more than their own input.</summary>
    public static int Failures { get; set; }
}

/// <summary>The operations of the library on a type, which is what their checksums are taken of.</summary>
internal sealed class Operations<T>(string type, Func<double, T> narrow)
    where T : unmanaged, IEquatable<T>, IFormattable
{
    // Enough for a table of a 16-bit type to be made; a number of which vectors of every width leave a rest.
    private const int Count = 4099;

    private static readonly int[] VectorLengths = [1, 2, 3, 7, 8, 9, 31, 100, 1000];

    /// <summary>
    /// Prints a line for each operation, or for results and gradients only: function, tier, type, operation, checksum.
    /// </summary>
    public void Print(Activation activation, bool isWhole)
    {
        switch (activation)
        {
            case ElementwiseActivation elementwise:
                Print(elementwise, "forward", elementwise.Forward);
                Print(elementwise, "backward", (x, y) => elementwise.Backward(x, Upstream(x.Length), y), slices: false);
                if (!isWhole)
                    break;
                Print(elementwise, "derivative", elementwise.Derivative);
                Print(elementwise, "curvature", elementwise.Curvature);
                if (elementwise.HasDerivativeFromOutput)
                    Print(
                        elementwise,
                        "backward from output",
                        (x, dx) => BackwardFromOutput(elementwise.Forward, elementwise.BackwardFromOutput, x, dx),
                        slices: false);
                PrintParameterGradient(elementwise);
                break;
            case AxisActivation along:
                PrintVectors(along, "forward", along.Forward);
                PrintVectors(along, "backward", (x, dx) => along.Backward(x, Upstream(x.Length), dx));
                PrintVectors(along, "backward from output", (x, dx) => BackwardFromOutput(along.Forward, along.BackwardFromOutput, x, dx));
                break;
            case WidenedActivation widened:
                T[] inputs = Numbers.OfAnySize(Count, 1, narrow), outputs = new T[widened.OutputsFor(Count)], gradient = new T[Count];
                widened.Forward<T>(inputs, outputs);
                Write(activation, "forward", outputs);
                widened.Backward<T>(inputs, Upstream(outputs.Length), gradient);
                Write(activation, "backward", gradient);
                break;
            case PooledActivation pooled:
                T[] x = Numbers.OfAnySize(Count * pooled.Pieces, 1, narrow), y = new T[Count], dx = new T[x.Length];
                pooled.Forward<T>(x, y);
                Write(activation, "forward", y);
                pooled.Backward<T>(x, Upstream(Count), dx);
                Write(activation, "backward", dx);
                break;
        }
    }

    private void Print(ElementwiseActivation activation, string operation, Map<T> map, bool slices = true)
    {
        T[] x = Numbers.OfAnySize(Count, 1, narrow), y = new T[Count];
        map(x, y);
        Write(activation, operation, y);
        // A 16-bit type looks results up in a table once there are enough elements, and computes them before.
        for (int length = 0; slices && length < 70; length++)
        {
            int offset = length * 3 % 11;
            T[] part = new T[length];
            map(x.AsSpan(offset, length), part);
            for (int i = 0; i < length; i++)
            {
                if (IsSame(part[i], y[offset + i]))
                    continue;
                Operations.Failures++;
                Console.WriteLine(
                    $"{Name(activation)} {operation}: {part[i]} alone, {y[offset + i]} among others, at {x[offset + i]}, "
                    + $"offset {offset}, length {length}");
            }
        }
    }

    private void BackwardFromOutput(Map<T> forward, Gradient backward, ReadOnlySpan<T> x, Span<T> dx)
    {
        T[] y = new T[x.Length];
        forward(x, y);
        backward(y, Upstream(x.Length), dx);
    }

    private void PrintParameterGradient(ElementwiseActivation activation)
    {
        if (activation.Info.Parameters.Count == 0)
            return;
        Checksum checksum = new();
        double[] gradient = new double[activation.Info.Parameters.Count];
        foreach (int length in (int[])[.. VectorLengths, Count])
        {
            activation.ParameterGradient<T>(Numbers.Ordinary(length, 3, narrow), Upstream(length), gradient);
            checksum.Add<double>(gradient);
        }
        Console.WriteLine($"{Name(activation)} parameters {checksum}");
    }

    private void PrintVectors(Activation activation, string operation, Map<T> map)
    {
        Checksum checksum = new();
        foreach (int length in VectorLengths)
        {
            foreach (T[] x in (T[][])[
                Numbers.Ordinary(length, 4, narrow),
                Numbers.OfAnySize(length, 5, narrow)[..length],
                [.. Enumerable.Repeat(narrow(0.7), length)],
            ])
            {
                T[] y = new T[length];
                map(x, y);
                checksum.Add<T>(y);
            }
        }
        Console.WriteLine($"{Name(activation)} {operation} {checksum}");
    }

    private delegate void Gradient(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx);

    private T[] Upstream(int length) => Numbers.Ordinary(length, 2, narrow);

    private void Write(Activation activation, string operation, T[] results)
    {
        Checksum checksum = new();
        checksum.Add<T>(results);
        Console.WriteLine($"{Name(activation)} {operation} {checksum}");
    }

    private string Name(Activation activation) => $"{activation.Exact} {(activation.Tier == Tier.Fast ? "fast" : "exact")} {type}";

    private static bool IsSame(T a, T b) =>
        (Checksum.IsNaN(a) && Checksum.IsNaN(b))
            || MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in a)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in b)));
}
