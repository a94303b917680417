using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Nonlinear.Attacks;

/// <summary>Samples as NumPy files.</summary>
internal static class SampleFile
{
    /// <summary>Writes numbers of any type; their first axis is the sample.</summary>
    public static void Write<T>(string path, T[] values, params long[] shape)
        where T : unmanaged
    {
        string type = values switch
        {
            float[] => "<f4", double[] => "<f8", Half[] => "<f2", long[] => "<i8", int[] => "<i4", bool[] => "|b1",
            _ => throw new ArgumentException($"There is no file of {typeof(T)}.", nameof(values)),
        };
        string extents = string.Concat(shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture) + ","));
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({extents}), }}";
        header = header.PadRight(((10 + header.Length + 64) / 64 * 64) - 11) + "\n";
        using FileStream file = File.Create(path);
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header)]);
        file.Write(MemoryMarshal.AsBytes<T>(values));
    }

    /// <summary>Numbers that are spread like those of a normal distribution; the same for the same seed.</summary>
    public static float[] Normal(int seed, long count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, (int)count).Select(_ =>
            (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
