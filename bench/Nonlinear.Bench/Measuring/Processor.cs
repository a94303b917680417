using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Nonlinear.Bench.Measuring;

/// <summary>Which processor this is: the same words for the same model on every system.</summary>
internal static partial class Processor
{
    private const string LinuxDescription = "/proc/cpuinfo", AppleDescription = "machdep.cpu.brand_string";

    /// <summary>What it is called, with its family and model where the name alone may stand for several.</summary>
    public static string Name { get; } = ProcessorName.Plain(
        X86Base.IsSupported ? FromInstruction()
            : File.Exists(LinuxDescription) && ProcessorName.FromLinux(File.ReadLines(LinuxDescription)) is { } described ? described
            : OperatingSystem.IsMacOS() && FromApple() is { } branded ? branded
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString());

    // The makers' manuals: the name is in three leaves, family and model are in the first one, in two pieces each.
    private static string FromInstruction()
    {
        const int FirstOfName = unchecked((int)0x80000002), LeavesOfName = 3;
        byte[] name = new byte[4 * sizeof(int) * LeavesOfName];
        for (int leaf = 0; leaf < LeavesOfName; leaf++)
        {
            (int a, int b, int c, int d) = X86Base.CpuId(FirstOfName + leaf, 0);
            foreach ((int i, int word) in ((int[])[a, b, c, d]).Index())
                BinaryPrimitives.WriteInt32LittleEndian(name.AsSpan(((4 * leaf) + i) * sizeof(int)), word);
        }
        int version = X86Base.CpuId(1, 0).Eax;
        int family = (version >> 8) & 15, model = (version >> 4) & 15;
        if (family is 6 or 15)
            model += (version >> 12) & 0xF0;
        if (family == 15)
            family += (version >> 20) & 0xFF;
        return string.Create(
            CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(name).TrimEnd('\0')} (family {family}, model {model})");
    }

    private static unsafe string? FromApple()
    {
        const int MostBytes = 256;
        byte* text = stackalloc byte[MostBytes];
        nuint bytes = MostBytes;
        return GetSystemValue(AppleDescription, text, &bytes, null, 0) == 0 ? Marshal.PtrToStringUTF8((nint)text) : null;
    }

    [LibraryImport("libSystem", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int GetSystemValue(string name, void* value, nuint* bytes, void* newValue, nuint newBytes);
}
