using System.Globalization;
using System.IO.Compression;
using Sylvan.Data.Csv;

namespace Nonlinear.Lab.Data;

/// <summary>
/// 1797 handwritten digits of 8 × 8 pixels, part of the library. Origin and licence stand in <c>Data/README.md</c>.
/// </summary>
internal static class Digits
{
    private const int Pixels = 64, Classes = 10;

    private static readonly Lazy<Dataset> LazyData = new(Read);

    /// <summary>The data.</summary>
    public static Dataset Data => LazyData.Value;

    private static Dataset Read()
    {
        using Stream compressed = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        using GZipStream stream = new(compressed, CompressionMode.Decompress);
        using StreamReader text = new(stream);
        using CsvDataReader reader = CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = false });
        List<float> inputs = [], targets = [];
        while (reader.Read())
        {
            for (int i = 0; i < Pixels; i++)
                inputs.Add(reader.GetFloat(i));
            targets.Add(reader.GetFloat(Pixels));
        }
        return new(
            "digits",
            new(
                "Optical recognition of handwritten digits, Alpaydin and Kaynak, UCI Machine Learning Repository, CC BY 4.0.",
                "手写数字光学识别数据集，Alpaydin 与 Kaynak，UCI 机器学习库，CC BY 4.0。"),
            [.. Enumerable.Range(0, Pixels).Select(i => FormattableString.Invariant($"pixel {i / 8},{i % 8}"))],
            [.. inputs],
            [.. targets],
            [.. Enumerable.Range(0, Classes).Select(digit => digit.ToString(CultureInfo.InvariantCulture))])
        {
            CommonScale = true,
            Picture = new(8, 8),
        };
    }
}
