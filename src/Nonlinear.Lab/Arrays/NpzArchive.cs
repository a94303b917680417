using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Nonlinear.Lab.Arrays;

/// <summary>Writes archives of NumPy arrays; the same arrays give the same bytes.</summary>
internal sealed class NpzArchive : IDisposable
{
    // The first day that a zip file knows.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly MemoryStream _bytes = new();
    private readonly ZipArchive _archive;

    /// <summary>Starts an archive.</summary>
    public NpzArchive() => _archive = new(_bytes, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Adds a column of doubles.</summary>
    public void Add(string name, ReadOnlySpan<double> column) => Add(
        name,
        new NpyHeader(ElementType.Double, !BitConverter.IsLittleEndian, FortranOrder: false, [column.Length, 1]).ToBytes(),
        MemoryMarshal.AsBytes(column));

    /// <summary>Adds a matrix of floats.</summary>
    public void Add(string name, ReadOnlySpan<float> matrix, int rows) => Add(
        name,
        new NpyHeader(ElementType.Float, !BitConverter.IsLittleEndian, FortranOrder: false, [rows, matrix.Length / rows]).ToBytes(),
        MemoryMarshal.AsBytes(matrix));

    /// <summary>Adds a column of texts.</summary>
    public void Add(string name, IReadOnlyList<string> column)
    {
        // NumPy keeps texts of one length, in UTF-32, with zeros behind the shorter ones.
        byte[][] texts = [.. column.Select(Encoding.UTF32.GetBytes)];
        int length = Math.Max(4, texts.Max(text => text.Length));
        byte[] bytes = new byte[length * texts.Length];
        for (int i = 0; i < texts.Length; i++)
            texts[i].CopyTo(bytes, i * length);
        string layout = string.Create(
            CultureInfo.InvariantCulture, $"{{'descr': '<U{length / 4}', 'fortran_order': False, 'shape': ({texts.Length}, 1), }}");
        const int Prefix = 10, Alignment = 64;
        int total = (Prefix + layout.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] start = [.. NpyLayout.Magic, 1, 0, (byte)((total - Prefix) % 256), (byte)((total - Prefix) / 256)];
        Add(name, [.. start, .. Encoding.ASCII.GetBytes(layout.PadRight(total - Prefix - 1) + "\n")], bytes);
    }

    /// <summary>Ends the archive.</summary>
    public byte[] ToArray()
    {
        _archive.Dispose();
        return _bytes.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _archive.Dispose();
        _bytes.Dispose();
    }

    private void Add(string name, ReadOnlySpan<byte> header, ReadOnlySpan<byte> elements)
    {
        ZipArchiveEntry entry = _archive.CreateEntry($"{name}.npy", CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        using Stream stream = entry.Open();
        stream.Write(header);
        stream.Write(elements);
    }
}
