using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;

namespace Nonlinear.Bench.Measuring;

/// <summary>
/// The arrays of a race: inputs and gated values from N(0, 2), a gradient from N(0, 1), a place for outputs to save, which gated units
/// write a second gradient to, and one that everybody writes to. Each starts on a cache line, four lines further into a page than the one
/// before: a load whose address agrees with a pending store in its low bits would wait for that store. Three more pages keep arrays whose
/// length is a power of two from meeting in caches that find their lines by a hash.
/// </summary>
internal sealed unsafe class Buffers : IDisposable
{
    private const nuint Page = 4096, Apart = (3 * Page) + 256;

    // Less than a single span can hold, six times.
    public const int Most = 1 << 28;

    private readonly void* _memory;

    /// <summary>Takes the memory.</summary>
    /// <param name="count">How many floats an array holds.</param>
    public Buffers(int count)
    {
        nuint stride = (((nuint)count * sizeof(float)) + Page - 1) / Page * Page + Apart;
        _memory = NativeMemory.AlignedAlloc(6 * stride, Page);
        (Y, X, Dy, Saved, Value, Spare) = (At(0), At(1), At(2), At(3), At(4), At(5));
        Draw(X, 1, 2);
        Draw(Dy, 2, 1);
        Draw(Value, 3, 2);

        Floats At(nuint number) => new((nint)_memory + (nint)(number * stride), count);
    }

    /// <summary>The inputs.</summary>
    public Floats X { get; }

    /// <summary>The gradient by the outputs.</summary>
    public Floats Dy { get; }

    /// <summary>The outputs of a forward pass.</summary>
    public Floats Saved { get; }

    /// <summary>What gates let through.</summary>
    public Floats Value { get; }

    /// <summary>Where a composition may keep what lies between.</summary>
    public Floats Spare { get; }

    /// <summary>Where everybody writes.</summary>
    public Floats Y { get; }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => NativeMemory.AlignedFree(_memory);

    private static void Draw(Floats floats, int seed, double deviation)
    {
        Random random = new(seed);
        double[] samples = new double[Math.Min(floats.Length, 1 << 16)];
        for (Span<float> rest = floats.Span; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, samples.Length)..])
        {
            Normal.Samples(random, samples, 0, deviation);
            for (int i = 0; i < samples.Length && i < rest.Length; i++)
                rest[i] = (float)samples[i];
        }
    }
}
