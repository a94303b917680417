using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MathNet.Numerics.Statistics;
using Nonlinear.Bench.Measuring;
using Nonlinear.Lab.Training;
using Nonlinear.Training;

namespace Nonlinear.Bench.Sharing;

/// <summary>bench products: what the matrix product costs whose bits are the same everywhere, and whose bits are.</summary>
internal static class ProductsVerb
{
    private const int Digits = 12;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    // A batch forward, its gradient by the weights and by the inputs, of the layers that choose and the studies have.
    private static readonly (int Rows, int Columns, int Inner, bool TransposeA, bool TransposeB)[] Shapes =
    [
        .. new (int Inputs, int Outputs)[] { (64, 64), (64, 10), (784, 256), (256, 256) }.SelectMany(
            layer => ((int, int, int, bool, bool)[])
            [
                (32, layer.Outputs, layer.Inputs, false, true),
                (layer.Outputs, layer.Inputs, 32, true, false),
                (32, layer.Inputs, layer.Outputs, false, false),
            ]),
    ];

    public static Command Create()
    {
        Option<int> rounds = Inputs.Rounds(200);
        Option<bool> bits = new("--bits") { Description = "The bits alone, without times." };
        Command command = new("products", "What portable matrix products cost, and whose bits are the same on another machine.")
        {
            rounds, bits,
        };
        command.SetAction((parsed, _) =>
        {
            Run(parsed.GetValue(rounds), parsed.GetValue(bits));
            return Task.CompletedTask;
        });
        return command;
    }

    private static void Run(int rounds, bool bits)
    {
        PortableMatrixProduct portable = new();
        MatrixProduct fast = FastestProduct.OfThisMachine;
        List<double> ratios = [];
        Console.WriteLine($"{"product",-24} {"ONNX Runtime",14} {"portable",14} {"ratio",7}   bits: ONNX Runtime, portable");
        foreach ((int rows, int columns, int inner, bool transposeA, bool transposeB) in Shapes)
        {
            RandomStream random = new(1, "products");
            float[] a = new float[rows * inner], b = new float[inner * columns], c = new float[rows * columns];
            random.Fill(a, 1);
            random.Fill(b, 1);
            string name = $"{rows} x {columns} x {inner} {(transposeA ? "A'" : "A")}{(transposeB ? "B'" : "B")}";
            fast.Multiply(a, b, c, rows, columns, inner, transposeA, transposeB);
            string theirs = Hash(c);
            portable.Multiply(a, b, c, rows, columns, inner, transposeA, transposeB);
            string ours = Hash(c);
            if (bits)
            {
                Console.WriteLine($"{name,-24} {"",14} {"",14} {"",7}   {theirs} {ours}");
                continue;
            }
            Contestant native = new(
                    Part.Rival, "ONNX Runtime", () => fast.Multiply(a, b, c, rows, columns, inner, transposeA, transposeB)),
                managed = new(Part.Ours, "portable", () => portable.Multiply(a, b, c, rows, columns, inner, transposeA, transposeB));
            Race race = Race.Run([native, managed], rounds, Limit);
            double ratio = race.Nanoseconds(managed) / race.Nanoseconds(native);
            ratios.Add(ratio);
            Console.WriteLine(
                $"{name,-24} {race.Nanoseconds(native) / 1000,11:0.0} µs {race.Nanoseconds(managed) / 1000,11:0.0} µs {ratio,7:0.00}   "
                + $"{theirs} {ours}");
        }
        if (!bits)
            Console.WriteLine($"Geometric mean of the ratios, of the fastest rounds: {ratios.GeometricMean():0.00}");
    }

    private static string Hash(float[] numbers) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(numbers.AsSpan())))[..Digits];
}
