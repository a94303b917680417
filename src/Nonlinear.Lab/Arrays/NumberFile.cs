namespace Nonlinear.Lab.Arrays;

/// <summary>A NumPy file of floating-point numbers of any type of the library's, read in pieces as doubles.</summary>
/// <remarks>
/// NumPy has no bfloat16: the extension ml_dtypes writes it as elements of two bytes without a type, which are taken for it, and others
/// keep its bits as uint16, which are taken for it where the type is given.
/// </remarks>
public sealed class NumberFile : IDisposable
{
    private readonly ArraySource _source;

    private NumberFile(ArraySource source) => _source = source;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="type">The type that it must have; null for any.</param>
    /// <param name="onlyForBits">Whether the type is only told for a file of whole numbers, and another may have any.</param>
    /// <exception cref="InvalidDataException">It is no NumPy file, is incomplete, or holds another type.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NumberFile Open(string path, NumberType? type = null, bool onlyForBits = false)
    {
        ArraySource source = ArraySource.Open(path, brainFloats: true);
        try
        {
            NumberFile file = new(source);
            if (!onlyForBits && file.Type != (type ?? file.Type))
                throw new InvalidDataException(
                    $"{file.Name} holds {NameOf(file.Type)}, not {NameOf(type!.Value)}; name its type with --type.");
            if (source.Header.IsWhole && type != NumberType.BFloat16)
                throw new InvalidDataException(
                    $"{file.Name} holds whole numbers (uint16); if they are the bits of bfloat16, say so with --type bfloat16.");
            source.MakeSeekable();
            return file;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The file, as messages name it.</summary>
    public string Name => _source.Name;

    /// <summary>The type of its numbers.</summary>
    public NumberType Type => _source.Header.Type switch
    {
        ElementType.Half => NumberType.Half,
        ElementType.Float => NumberType.Float,
        ElementType.BFloat16 => NumberType.BFloat16,
        _ => NumberType.Double,
    };

    /// <summary>How many numbers it holds.</summary>
    public long Count => _source.Header.Count;

    /// <summary>Refuses a file whose numbers do not belong to those of another one by one.</summary>
    /// <exception cref="InvalidDataException">Shape or memory order differ.</exception>
    public void MustFit(NumberFile other)
    {
        if (!_source.Header.Shape.SequenceEqual(other._source.Header.Shape))
            throw new InvalidDataException($"{Name} has the shape {Shape(this)} and {other.Name} {Shape(other)}; they must have the same.");
        if (_source.Header.FortranOrder != other._source.Header.FortranOrder && _source.Header.Shape.Count(extent => extent > 1) > 1)
            throw new InvalidDataException(
                $"{Name} and {other.Name} differ in memory order; save both again with numpy.ascontiguousarray.");

        static string Shape(NumberFile file) => $"({string.Join(", ", file._source.Header.Shape)})";
    }

    /// <summary>Reads numbers in the order of the file.</summary>
    /// <param name="start">The place of the first.</param>
    /// <param name="numbers">Receives them.</param>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public void Read(long start, Span<double> numbers)
    {
        switch (_source.Header.Type)
        {
            case ElementType.Half:
                Read(start, numbers, (Half number) => (double)number);
                break;
            case ElementType.BFloat16:
                Read(start, numbers, (BFloat16 number) => (double)number);
                break;
            case ElementType.Float:
                Read(start, numbers, (float number) => number);
                break;
            default:
                _source.Read(numbers, new(start, numbers.Length, 0, 1), 1, 1);
                break;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _source.Dispose();

    internal static string NameOf(NumberType type) => type switch
    {
        NumberType.Half => "float16",
        NumberType.Float => "float32",
        NumberType.Double => "float64",
        _ => "bfloat16",
    };

    private void Read<T>(long start, Span<double> numbers, Func<T, double> widen)
        where T : unmanaged
    {
        T[] elements = System.Buffers.ArrayPool<T>.Shared.Rent(numbers.Length);
        try
        {
            Span<T> read = elements.AsSpan(0, numbers.Length);
            _source.Read(read, new(start, read.Length, 0, 1), 1, 1);
            for (int i = 0; i < read.Length; i++)
                numbers[i] = widen(read[i]);
        }
        finally
        {
            System.Buffers.ArrayPool<T>.Shared.Return(elements);
        }
    }
}
