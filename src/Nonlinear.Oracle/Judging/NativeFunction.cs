using System.Runtime.InteropServices;

namespace Nonlinear.Oracle.Judging;

/// <summary>How a function in a native library takes and gives numbers.</summary>
/// <param name="Text">How people write it.</param>
/// <param name="Type">The type of the numbers; null for 16 bits that may be either type.</param>
/// <param name="Array">Whether it fills an array, void f(const T* x, T* y, size_t n), rather than returning a number.</param>
public sealed record NativeSignature(string Text, NumberType? Type, bool Array)
{
    /// <summary>Those that are known.</summary>
    public static IReadOnlyList<NativeSignature> All { get; } =
    [
        new("float(float)", NumberType.Float, false),
        new("double(double)", NumberType.Double, false),
        new("uint16_t(uint16_t)", null, false),
        new("void(const float*,float*,size_t)", NumberType.Float, true),
        new("void(const double*,double*,size_t)", NumberType.Double, true),
        new("void(const uint16_t*,uint16_t*,size_t)", null, true),
    ];

    /// <summary>Reads a signature; blanks and a const do not matter.</summary>
    /// <exception cref="FormatException">It is none that is known.</exception>
    public static NativeSignature Parse(string text) =>
        All.FirstOrDefault(known => Plain(known.Text) == Plain(text))
        ?? throw new FormatException(
            $"'{text}' is no signature that can be called; there are {string.Join("; ", All.Select(known => known.Text))}.");

    private static string Plain(string text) =>
        string.Concat(text.Replace("const", "", StringComparison.Ordinal).Where(sign => !char.IsWhiteSpace(sign)));
}

/// <summary>A function in a native library, called by its address.</summary>
/// <remarks>What its signature is cannot be seen from outside: called by a wrong one, it may end the process.</remarks>
public sealed class NativeFunction : IDisposable
{
    private readonly nint _library, _address;
    private readonly NativeSignature _signature;
    private readonly NumberFormat _format;

    /// <summary>Loads a function.</summary>
    /// <param name="library">The file of the library, or a name that the system finds, such as libm.so.6.</param>
    /// <param name="symbol">The name of the function.</param>
    /// <param name="signature">How it is called.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <exception cref="ArgumentException">The signature has another type.</exception>
    /// <exception cref="FileNotFoundException">There is no such library, or it cannot be loaded.</exception>
    /// <exception cref="EntryPointNotFoundException">It has no such function.</exception>
    public NativeFunction(string library, string symbol, NativeSignature signature, NumberType type)
    {
        _format = NumberFormat.All.First(format => format.Type == type);
        if (signature.Type is { } its ? its != type : _format.Bits != 16)
            throw new ArgumentException($"The signature {signature.Text} takes no numbers of type {_format.Name}.", nameof(type));
        _signature = signature;
        // A path is meant as it is; the system would look for a mere name elsewhere first.
        string name = File.Exists(library) ? Path.GetFullPath(library) : library;
        try
        {
            _library = NativeLibrary.Load(name);
        }
        catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
        {
            throw new FileNotFoundException(
                File.Exists(library)
                    ? $"'{library}' cannot be loaded: it is no library for this system, or needs another one that is missing."
                    : $"There is no library '{library}'.");
        }
        if (!NativeLibrary.TryGetExport(_library, symbol, out _address))
        {
            NativeLibrary.Free(_library);
            throw new EntryPointNotFoundException($"'{library}' exports no function '{symbol}'; nm -D lists what it exports.");
        }
    }

    /// <summary>Computes results.</summary>
    /// <param name="x">The inputs, numbers of the type.</param>
    /// <param name="y">Receives the results.</param>
    public unsafe void Compute(ReadOnlySpan<double> x, Span<double> y)
    {
        switch (_format.Type, _signature.Array)
        {
            case (NumberType.Float, false):
                delegate* unmanaged<float, float> single = (delegate* unmanaged<float, float>)_address;
                for (int i = 0; i < x.Length; i++)
                    y[i] = single((float)x[i]);
                break;
            case (NumberType.Double, false):
                delegate* unmanaged<double, double> plain = (delegate* unmanaged<double, double>)_address;
                for (int i = 0; i < x.Length; i++)
                    y[i] = plain(x[i]);
                break;
            case (_, false):
                delegate* unmanaged<ushort, ushort> bits = (delegate* unmanaged<ushort, ushort>)_address;
                for (int i = 0; i < x.Length; i++)
                    y[i] = _format.FromBits(bits((ushort)_format.ToBits(x[i])));
                break;
            case (NumberType.Float, true):
                OfArray(x, y, number => (float)number, number => number);
                break;
            case (NumberType.Double, true):
                OfArray(x, y, number => number, number => number);
                break;
            default:
                OfArray(x, y, number => (ushort)_format.ToBits(number), number => _format.FromBits(number));
                break;
        }
    }

    /// <summary>Lets go of the library.</summary>
    public void Dispose() => NativeLibrary.Free(_library);

    private unsafe void OfArray<T>(ReadOnlySpan<double> x, Span<double> y, Func<double, T> narrow, Func<T, double> widen)
        where T : unmanaged
    {
        T[] inputs = new T[x.Length], results = new T[x.Length];
        for (int i = 0; i < x.Length; i++)
            inputs[i] = narrow(x[i]);
        fixed (T* from = inputs, to = results)
            ((delegate* unmanaged<void*, void*, nuint, void>)_address)(from, to, (nuint)x.Length);
        for (int i = 0; i < x.Length; i++)
            y[i] = widen(results[i]);
    }
}
