namespace Nonlinear.Lab.Arrays;

/// <summary>
/// Writes a NumPy file of one axis, in pieces, which appears whole or not at all. The bits of bfloat16, which NumPy does not have, are
/// written as uint16.
/// </summary>
public sealed class NumberFileWriter : IDisposable
{
    private readonly NumberType _type;
    private readonly ArrayTarget _target;

    /// <summary>Starts a file.</summary>
    /// <param name="path">Its path, or - for standard output.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="count">How many there will be.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public NumberFileWriter(string path, NumberType type, long count)
    {
        _type = type;
        ElementType element = type switch
        {
            NumberType.Half => ElementType.Half,
            NumberType.Float => ElementType.Float,
            NumberType.BFloat16 => ElementType.BFloat16,
            _ => ElementType.Double,
        };
        _target = ArrayTarget.Open(path, new(element, !BitConverter.IsLittleEndian, false, [count]), seekable: false);
    }

    /// <summary>Writes the next numbers, which the type holds.</summary>
    public void Write(ReadOnlySpan<double> numbers)
    {
        switch (_type)
        {
            case NumberType.Half:
                Write(numbers, number => (Half)number);
                break;
            case NumberType.Float:
                Write(numbers, number => (float)number);
                break;
            case NumberType.BFloat16:
                Write(numbers, number => (BFloat16)number);
                break;
            default:
                Write(numbers, number => number);
                break;
        }
    }

    /// <summary>Makes the file appear.</summary>
    public void Publish() => _target.Publish();

    /// <summary>Removes what was not published.</summary>
    public void Dispose() => _target.Dispose();

    private void Write<T>(ReadOnlySpan<double> numbers, Func<double, T> narrow)
        where T : unmanaged
    {
        T[] elements = new T[numbers.Length];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = narrow(numbers[i]);
        _target.Write(elements.AsSpan(), new(0, elements.Length, 0, 1), 1, 1);
    }
}
