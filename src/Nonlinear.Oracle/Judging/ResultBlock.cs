using System.Runtime.InteropServices;

namespace Nonlinear.Oracle.Judging;

/// <summary>Computes a subject on neighbours in a set of inputs, a block at a time: what one thread works with.</summary>
/// <param name="subject">What is computed.</param>
/// <param name="inputs">The set.</param>
internal sealed class ResultBlock(Subject subject, InputSet inputs)
{
    /// <summary>How many inputs a block has at most.</summary>
    public const int Length = 1 << 14;

    private readonly double[] _x = new double[Length], _y = new double[Length];

    private int _length;

    /// <summary>Whether the set is every float in the order of their bits, which are computed and looked at as floats.</summary>
    public bool IsOfFloats { get; } = inputs.CountsUp && subject.Format.Type == NumberType.Float;

    /// <summary>The place of the first input in the set.</summary>
    public long First { get; private set; }

    /// <summary>The inputs, of a set of all floats.</summary>
    public ReadOnlySpan<float> FloatInputs => Floats(_x);

    /// <summary>Their results.</summary>
    public ReadOnlySpan<float> FloatResults => Floats(_y);

    /// <summary>The inputs, of any other set.</summary>
    public ReadOnlySpan<double> Inputs => _x.AsSpan(0, _length);

    /// <summary>Their results.</summary>
    public ReadOnlySpan<double> Results => _y.AsSpan(0, _length);

    /// <summary>The results as they lie in memory.</summary>
    public ReadOnlySpan<byte> Bytes => IsOfFloats ? MemoryMarshal.AsBytes(FloatResults) : MemoryMarshal.AsBytes(Results);

    /// <summary>Computes a block.</summary>
    /// <param name="first">The place of its first input.</param>
    /// <param name="length">How many inputs it has.</param>
    public void Compute(long first, int length)
    {
        (First, _length) = (first, length);
        if (!IsOfFloats)
        {
            inputs.Fill(first, _x.AsSpan(0, length));
            subject.Format.Compute(subject.Activation, subject.Derivative, Inputs, _y.AsSpan(0, length));
            return;
        }
        Span<float> x = Floats(_x);
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(x);
        for (int i = 0; i < bits.Length; i++)
            bits[i] = (uint)first + (uint)i;
        if (subject.Derivative)
            subject.Activation.Derivative<float>(x, Floats(_y));
        else
            subject.Activation.Forward<float>(x, Floats(_y));
    }

    private Span<float> Floats(double[] numbers) => MemoryMarshal.Cast<double, float>(numbers.AsSpan())[.._length];
}
