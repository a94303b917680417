using System.Buffers.Binary;
using System.IO.Compression;
using Nonlinear.Lab.Data;

namespace Nonlinear.Tests;

public sealed class FashionMnistTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Four_IDX_files_are_read_compressed_or_not()
    {
        Write("train-images-idx3-ubyte", 2051, [2, 2, 2], [0, 1, 2, 3, 4, 5, 6, 255], compressed: true);
        Write("train-labels-idx1-ubyte", 2049, [2], [9, 3], compressed: false);
        Write("t10k-images-idx3-ubyte", 2051, [1, 2, 2], [7, 7, 7, 7], compressed: false);
        Write("t10k-labels-idx1-ubyte", 2049, [1], [0], compressed: true);
        (Dataset train, Dataset test) = FashionMnist.Read(_folder);
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 255], train.Inputs);
        Assert.Equal([9f, 3], train.Targets);
        Assert.Equal((4, 10, 1), (train.Width, train.ClassNames.Count, test.Count));
    }

    [Fact]
    public void What_is_missing_or_damaged_is_said()
    {
        Assert.Contains(
            "dataset-fashion-mnist",
            Assert.Throws<FileNotFoundException>(() => FashionMnist.Read(_folder)).Message,
            StringComparison.Ordinal);
        Write("train-images-idx3-ubyte", 2051, [2, 2, 2], [0, 1, 2], compressed: false);
        Assert.Contains(
            "ends too early", Assert.Throws<InvalidDataException>(() => FashionMnist.Read(_folder)).Message, StringComparison.Ordinal);
        Write("train-images-idx3-ubyte", 2049, [2, 2, 2], new byte[8], compressed: false);
        Assert.Contains(
            "no IDX file", Assert.Throws<InvalidDataException>(() => FashionMnist.Read(_folder)).Message, StringComparison.Ordinal);
        Write("train-images-idx3-ubyte", 2051, [2, 2, 2], new byte[8], compressed: false);
        Write("train-labels-idx1-ubyte", 2049, [1], [1], compressed: false);
        Assert.Contains(
            "do not belong together",
            Assert.Throws<InvalidDataException>(() => FashionMnist.Read(_folder)).Message,
            StringComparison.Ordinal);
        Write("train-labels-idx1-ubyte", 2049, [2], [1, 10], compressed: false);
        Assert.Contains(
            "label 10", Assert.Throws<InvalidDataException>(() => FashionMnist.Read(_folder)).Message, StringComparison.Ordinal);
    }

    private void Write(string name, int magic, int[] shape, byte[] values, bool compressed)
    {
        byte[] header = new byte[4 * (1 + shape.Length)];
        BinaryPrimitives.WriteInt32BigEndian(header, magic);
        for (int i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * (i + 1)), shape[i]);
        using FileStream file = File.Create(Path.Combine(_folder, compressed ? name + ".gz" : name));
        using Stream stream = compressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(header);
        stream.Write(values);
    }
}
