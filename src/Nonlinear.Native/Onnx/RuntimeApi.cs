using System.Runtime.InteropServices;
using System.Text;
using Nonlinear.Lab.Onnx.Runtime;

namespace Nonlinear.Native.Onnx;

/// <summary>ONNX Runtime's C interface, as it is given to whoever registers operators.</summary>
internal static unsafe class RuntimeApi
{
    /// <summary>The version of the interface that is asked for: that of ONNX Runtime 1.18.</summary>
    public const uint Version = 18;

    // ORT_FAIL of onnxruntime_error_code.h.
    private const int Failed = 1;

    private static nint* _table;

    /// <summary>Remembers the functions of the runtime.</summary>
    /// <param name="apiBase">What it was called with.</param>
    /// <returns>Whether it is one of version 1.18 or later.</returns>
    public static bool Find(nint* apiBase)
    {
        nint* table = ((delegate* unmanaged<uint, nint*>)apiBase[0])(Version);
        if (table != null)
            _table = table;
        return table != null;
    }

    /// <summary>A failure as the runtime wants it.</summary>
    public static nint Status(string message) => Status(_table, message);

    /// <summary>A failure for a runtime that is too old for anything else.</summary>
    public static nint Status(nint* table, string message)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(message + '\0'))
            return ((delegate* unmanaged<int, byte*, nint>)table[RuntimeEntry.CreateStatus])(Failed, text);
    }

    /// <exception cref="InvalidOperationException">The runtime refused something.</exception>
    public static void Check(nint status)
    {
        if (status != 0)
            throw new InvalidOperationException(MessageOf(status));
    }

    /// <summary>A new domain of operators.</summary>
    public static nint NewDomain(string name)
    {
        nint domain;
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
            Check(((delegate* unmanaged<byte*, nint*, nint>)_table[RuntimeEntry.CreateCustomOpDomain])(text, &domain));
        return domain;
    }

    /// <summary>Adds an operator to a domain.</summary>
    public static void Add(nint domain, CustomOperator* added) =>
        Check(((delegate* unmanaged<nint, CustomOperator*, nint>)_table[RuntimeEntry.AddOperatorToDomain])(domain, added));

    /// <summary>Makes a domain known to sessions with these options.</summary>
    public static void Register(nint options, nint domain) =>
        Check(((delegate* unmanaged<nint, nint, nint>)_table[RuntimeEntry.AddDomainToOptions])(options, domain));

    /// <summary>A number that a node has as an attribute: a float, or digits as text; null if it has none.</summary>
    /// <exception cref="FormatException">The text is no number.</exception>
    public static double? Number(nint node, string name)
    {
        float number;
        fixed (byte* key = Encoding.UTF8.GetBytes(name + '\0'))
        {
            if (Succeeded(((delegate* unmanaged<nint, byte*, float*, nint>)_table[RuntimeEntry.GetFloatAttribute])(node, key, &number)))
                return number;
        }
        if (Whole(node, name) is { } whole)
            return whole;
        if (Text(node, name) is not { } text)
            return null;
        return double.TryParse(
            text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double parsed)
            ? parsed
            : throw new FormatException($"the attribute {name} is '{text}', which is no number");
    }

    /// <summary>A whole number that a node has as an attribute; null if it has none.</summary>
    public static long? Whole(nint node, string name)
    {
        long number;
        fixed (byte* key = Encoding.UTF8.GetBytes(name + '\0'))
            return Succeeded(((delegate* unmanaged<nint, byte*, long*, nint>)_table[RuntimeEntry.GetWholeNumberAttribute])(
                node, key, &number)) ? number : null;
    }

    /// <summary>A text that a node has as an attribute; null if it has none.</summary>
    public static string? Text(nint node, string name)
    {
        delegate* unmanaged<nint, byte*, byte*, nuint*, nint> get =
            (delegate* unmanaged<nint, byte*, byte*, nuint*, nint>)_table[RuntimeEntry.GetTextAttribute];
        nuint size = 0;
        fixed (byte* key = Encoding.UTF8.GetBytes(name + '\0'))
        {
            if (!Succeeded(get(node, key, null, &size)))
                return null;
            byte[] text = new byte[size];
            fixed (byte* place = text)
                Check(get(node, key, place, &size));
            return Encoding.UTF8.GetString(text).TrimEnd('\0');
        }
    }

    /// <summary>How many inputs a node has.</summary>
    public static int CountInputs(nint node)
    {
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_table[RuntimeEntry.GetInputCountOfNode])(node, &count));
        return (int)count;
    }

    /// <summary>An input of a running node; 0 if it is left out.</summary>
    public static nint Input(nint context, int index)
    {
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_table[RuntimeEntry.GetInputCount])(context, &count));
        if ((nuint)index >= count)
            return 0;
        nint value;
        Check(((delegate* unmanaged<nint, nuint, nint*, nint>)_table[RuntimeEntry.GetInput])(context, (nuint)index, &value));
        return value;
    }

    /// <summary>The output of a running node, in a shape.</summary>
    public static void* Output(nint context, ReadOnlySpan<long> shape)
    {
        nint value;
        fixed (long* extents = shape)
            Check(((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)_table[RuntimeEntry.GetOutput])(
                context, 0, extents, (nuint)shape.Length, &value));
        return Data(value);
    }

    /// <summary>Where the elements of a tensor lie.</summary>
    public static void* Data(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)_table[RuntimeEntry.GetTensorData])(value, &data));
        return data;
    }

    /// <summary>The shape of a tensor.</summary>
    public static long[] Shape(nint value)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)_table[RuntimeEntry.GetTypeAndShape])(value, &info));
        nuint axes;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_table[RuntimeEntry.GetAxisCount])(info, &axes));
        long[] shape = new long[axes];
        fixed (long* extents = shape)
            Check(((delegate* unmanaged<nint, long*, nuint, nint>)_table[RuntimeEntry.GetExtents])(info, extents, axes));
        ((delegate* unmanaged<nint, void>)_table[RuntimeEntry.ReleaseTypeAndShape])(info);
        return shape;
    }

    /// <summary>Does work in parts, on the threads of the session.</summary>
    /// <param name="context">The running node.</param>
    /// <param name="work">Does a part.</param>
    /// <param name="parts">How many there are.</param>
    /// <param name="state">What the work is given.</param>
    public static void InParallel(nint context, delegate* unmanaged<void*, nuint, void> work, int parts, void* state) =>
        Check(((delegate* unmanaged<nint, delegate* unmanaged<void*, nuint, void>, nuint, nuint, void*, nint>)
            _table[RuntimeEntry.ParallelFor])(context, work, (nuint)parts, 0, state));

    // A failure that only says that there is no such thing.
    private static bool Succeeded(nint status)
    {
        if (status != 0)
            _ = MessageOf(status);
        return status == 0;
    }

    private static string MessageOf(nint status)
    {
        string message =
            Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)_table[RuntimeEntry.GetErrorMessage])(status)) ?? "";
        ((delegate* unmanaged<nint, void>)_table[RuntimeEntry.ReleaseStatus])(status);
        return message;
    }
}
