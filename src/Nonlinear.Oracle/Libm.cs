using System.Runtime.InteropServices;

namespace Nonlinear.Oracle;

/// <summary>
/// The double functions of glibc's libm, with the bounds of error that <see cref="Interval"/> relies on, in units of the last place: about
/// twice the largest error known. Source: B. Gladman, V. Innocente, J. Mather, P. Zimmermann, Accuracy of Mathematical Functions in Single,
/// Double, Double Extended, and Quadruple Precision, 2024.
/// </summary>
internal static partial class Libm
{
    /// <summary>
    /// Known to err by at most 0.51 (exp), 0.92 (expm1), 0.52 (log), 0.90 (log1p), 0.52 (sin, cos), 2.22 (tanh), 1.43 (erf) and 5.19
    /// (erfc).
    /// </summary>
    public const double ExpUlps = 2, Expm1Ulps = 2, LogUlps = 2, Log1pUlps = 2, SinUlps = 2, TanhUlps = 4, ErfUlps = 3, ErfcUlps = 10;

    private const string Library = "libm.so.6";

    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, typeof(Libm).Assembly, null, out _);

    [LibraryImport(Library, EntryPoint = "exp"), SuppressGCTransition] public static partial double Exp(double x);
    [LibraryImport(Library, EntryPoint = "expm1"), SuppressGCTransition] public static partial double Expm1(double x);
    [LibraryImport(Library, EntryPoint = "log1p"), SuppressGCTransition] public static partial double Log1p(double x);
    [LibraryImport(Library, EntryPoint = "log"), SuppressGCTransition] public static partial double Log(double x);
    [LibraryImport(Library, EntryPoint = "sin"), SuppressGCTransition] public static partial double Sin(double x);
    [LibraryImport(Library, EntryPoint = "cos"), SuppressGCTransition] public static partial double Cos(double x);
    [LibraryImport(Library, EntryPoint = "erf"), SuppressGCTransition] public static partial double Erf(double x);
    [LibraryImport(Library, EntryPoint = "tanh"), SuppressGCTransition] public static partial double Tanh(double x);
    [LibraryImport(Library, EntryPoint = "erfc"), SuppressGCTransition] public static partial double Erfc(double x);
}
