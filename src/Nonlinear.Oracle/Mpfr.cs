using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Nonlinear.Oracle;

/// <summary>The functions of the GNU MPFR library that the oracle uses. Rounding is to nearest even throughout.</summary>
internal static partial class Mpfr
{
    private const string Library = "libmpfr.so.6";

    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, typeof(Mpfr).Assembly, null, out _);

    /// <summary>mpfr_t: the precision, the sign, the exponent and the limbs.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Number
    {
        public nint Precision;
        public int Sign;
        public nint Exponent;
        public nint Limbs;
    }

    [LibraryImport(Library, EntryPoint = "mpfr_init2")]
    public static partial void Init(ref Number x, nint precision);

    [LibraryImport(Library, EntryPoint = "mpfr_set_d")]
    public static partial int SetDouble(ref Number x, double value, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_get_d")]
    public static partial double GetDouble(in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_set")]
    public static partial int Set(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_add")]
    public static partial int Add(ref Number y, in Number a, in Number b, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_sub")]
    public static partial int Subtract(ref Number y, in Number a, in Number b, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_mul")]
    public static partial int Multiply(ref Number y, in Number a, in Number b, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_div")]
    public static partial int Divide(ref Number y, in Number a, in Number b, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_neg")]
    public static partial int Negate(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_sqrt")]
    public static partial int Sqrt(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_exp")]
    public static partial int Exp(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_expm1")]
    public static partial int Expm1(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_log1p")]
    public static partial int Log1p(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_log")]
    public static partial int Log(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_sin")]
    public static partial int Sin(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_erf")]
    public static partial int Erf(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_cos")]
    public static partial int Cos(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_tanh")]
    public static partial int Tanh(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_erfc")]
    public static partial int Erfc(ref Number y, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_const_pi")]
    public static partial int Pi(ref Number y, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_set_str", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetText(ref Number x, string digits, int radix = 10, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_get_str")]
    public static unsafe partial nint GetText(byte* digits, out nint exponent, int radix, nuint count, in Number x, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_mul_2si")]
    public static partial int Scale(ref Number y, in Number x, nint power, int rounding = 0);

    [LibraryImport(Library, EntryPoint = "mpfr_cmp")]
    public static partial int Compare(in Number a, in Number b);

    [LibraryImport(Library, EntryPoint = "mpfr_sgn")]
    public static partial int Sign(in Number x);

    [LibraryImport(Library, EntryPoint = "mpfr_number_p")]
    public static partial int IsNumber(in Number x);

    [LibraryImport(Library, EntryPoint = "mpfr_get_exp")]
    public static partial nint GetExponent(in Number x);

    [LibraryImport(Library, EntryPoint = "mpfr_prec_round")]
    public static partial int RoundToPrecision(ref Number x, nint precision, int rounding = 0);
}
