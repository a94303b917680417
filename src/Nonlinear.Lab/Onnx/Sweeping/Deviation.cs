using System.Globalization;

namespace Nonlinear.Lab.Onnx.Sweeping;

/// <summary>A stretch of inputs where results are wrong.</summary>
/// <param name="From">The least input.</param>
/// <param name="To">The largest input.</param>
/// <param name="Count">How many results in it are wrong.</param>
/// <param name="Kind">In which way.</param>
internal sealed record WrongStretch(double From, double To, int Count, string Kind);

/// <summary>How far results are from exact values.</summary>
/// <param name="Points">How many results were compared.</param>
/// <param name="MaxUlps">
/// The largest error at a finite input, in units in the last place of the exact value; ∞ for a NaN or an infinity.
/// </param>
/// <param name="MaxScaledUlps">The same, but where the value is below 1 in units in the last place of 1.</param>
/// <param name="At">The input of the largest error.</param>
/// <param name="Result">What came out there.</param>
/// <param name="Exact">What should have.</param>
/// <param name="Flushed">How many results are 0 where the exact value is more than the smallest number of the type.</param>
/// <param name="FlushedFrom">The least input, or for vectors exact value, of these.</param>
/// <param name="FlushedTo">The largest one.</param>
/// <param name="Specials">What is wrong at 0, ±∞ and NaN, one sentence each.</param>
/// <param name="Zeros">Where a zero has the other sign.</param>
/// <param name="Stretches">Where results are wrong, the longest stretch first.</param>
/// <param name="OfVectors">Whether a result follows from several inputs: then stretches are of exact values, not of inputs.</param>
internal sealed record Deviation(
    int Points, double MaxUlps, double MaxScaledUlps, double At, double Result, double Exact, int Flushed, double FlushedFrom,
    double FlushedTo, IReadOnlyList<string> Specials, IReadOnlyList<string> Zeros, IReadOnlyList<WrongStretch> Stretches, bool OfVectors)
{
    /// <summary>An error of so many ulps is no matter: what a good library of a runtime has.</summary>
    public const double Tolerable = 8;

    // Good results between bad ones, as they come up by chance, do not end a stretch.
    private const int Gap = 64, ShareOfGap = 4;

    private const int Most = 4;

    /// <summary>Whether results are near everywhere and right at the special numbers; the sign of a zero aside.</summary>
    public bool IsGood => MaxUlps <= Tolerable && Flushed == 0 && Specials.Count == 0;

    /// <summary>
    /// Whether a network will hardly tell: near where values are large, and near 0 where they are small, however many digits are lost.
    /// </summary>
    public bool IsGoodAtScale => MaxScaledUlps <= Tolerable;

    /// <summary>Compares results with exact values.</summary>
    /// <param name="type">The type of the results.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The results.</param>
    /// <param name="exact">The exact values, to the precision of doubles.</param>
    /// <param name="rounded">The exact values, rounded to the type.</param>
    /// <param name="special">How a special place is told, if not by its input alone.</param>
    public static Deviation Of(
        NumberType type, double[] x, double[] y, double[] exact, double[] rounded, Func<int, string?>? special = null)
    {
        Precision precision = Precision.Of(type);
        double[] ulps = new double[x.Length];
        int worst = 0, flushed = 0;
        double scaled = 0, from = double.PositiveInfinity, to = double.NegativeInfinity;
        double[] keys = special is null ? x : exact;
        HashSet<string> specials = [], zeros = [];
        for (int i = 0; i < x.Length; i++)
        {
            ulps[i] = Ulps(precision, y[i], exact[i], rounded[i]);
            bool finite = double.IsFinite(x[i]) && !double.IsNaN(exact[i]);
            if (finite && (ulps[i] > ulps[worst] || !double.IsFinite(x[worst])))
                worst = i;
            if (finite)
                scaled = Math.Max(scaled, ulps[i] * Math.Min(1, precision.Ulp(exact[i]) / precision.Ulp(1)));
            if (y[i] == 0 && ulps[i] > 1)
                (flushed, from, to) = (flushed + 1, Math.Min(from, keys[i]), Math.Max(to, keys[i]));
            string? place = special is not null ? special(i) : x[i] == 0 || !double.IsFinite(x[i]) ? $"at {Text(x[i])}" : null;
            if (place is not null && !Same(y[i], rounded[i]))
                (y[i] == rounded[i] ? zeros : ulps[i] > Tolerable ? specials : []).Add(
                    $"{place} it is {Told(y[i])}, not {Told(rounded[i])}");
        }
        return new(
            x.Length, double.IsFinite(x[worst]) ? ulps[worst] : 0, scaled, x[worst], y[worst], exact[worst],
            flushed, from, to, [.. specials],
            [.. zeros], Find(keys, y, rounded, ulps), special is not null);
    }

    /// <summary>What was found, in sentences.</summary>
    public IEnumerable<string> Explain()
    {
        if (Flushed > 0)
            yield return $"{Range(FlushedFrom, FlushedTo)} it gives 0 where the exact value is not: the tail is cut off";
        foreach (WrongStretch stretch in Stretches.Take(Most))
        {
            yield return $"{Range(stretch.From, stretch.To)} {stretch.Kind}";
        }
        foreach (string special in Specials.Concat(Zeros))
            yield return special;
    }

    /// <summary>A number to a few digits.</summary>
    public static string Short(double x) => double.IsFinite(x) ? x.ToString("G9", CultureInfo.InvariantCulture) : Text(x);

    /// <summary>A number as short as tells it.</summary>
    public static string Text(double x) => double.IsNaN(x) ? "NaN" : double.IsInfinity(x) ? (x > 0 ? "∞" : "-∞")
        : ((float)x == x ? ((float)x).ToString("R", CultureInfo.InvariantCulture) : x.ToString("R", CultureInfo.InvariantCulture));

    private string Range(double from, double to)
    {
        string range = from == to ? $"at {Short(from)}" : $"from {Short(from)} to {Short(to)}";
        return OfVectors ? $"where the exact value is {range[(from == to ? 3 : 0)..]}" : range;
    }

    private static string Told(double x) => double.IsNormal(x) ? "a number" : Text(x);

    // A zero of the other sign is told apart only where the input is 0 or infinite.
    private static bool Same(double a, double b) => a.Equals(b) && (a != 0 || double.IsNegative(a) == double.IsNegative(b));

    private static double Ulps(Precision precision, double y, double exact, double rounded)
    {
        if (double.IsFinite(y) && double.IsFinite(exact))
            return Math.Abs(y - exact) / precision.Ulp(exact);
        return y.Equals(rounded) ? 0 : double.PositiveInfinity;
    }

    private static WrongStretch[] Find(double[] x, double[] y, double[] rounded, double[] ulps)
    {
        int[] order = [.. Enumerable.Range(0, x.Length).Where(i => double.IsFinite(x[i]))];
        Array.Sort(order, (a, b) => x[a].CompareTo(x[b]));
        List<WrongStretch> found = [];
        List<int> bad = [];
        int good = 0;
        foreach (int i in order)
        {
            if (!(ulps[i] > Tolerable))
            {
                if (++good > Math.Max(Gap, bad.Count / ShareOfGap))
                    Close();
                continue;
            }
            good = 0;
            bad.Add(i);
        }
        Close();
        return [.. found.OrderByDescending(stretch => stretch.Count)];

        void Close()
        {
            if (bad.Count > 0)
                found.Add(new(x[bad[0]], x[bad[^1]], bad.Count, Kind(y, rounded, ulps, bad)));
            bad.Clear();
        }
    }

    private static string Kind(double[] y, double[] rounded, double[] ulps, List<int> bad)
    {
        double first = y[bad[0]], most = bad.Max(i => ulps[i]);
        if (bad.All(i => double.IsNaN(y[i])))
            return "it gives NaN";
        if (bad.All(i => double.IsInfinity(y[i])))
            return "it overflows";
        if (bad.All(i => y[i] == 0))
            return $"it gives 0, where the exact value is up to {Short(bad.Max(i => Math.Abs(rounded[i])))} in size";
        if (bad.Count > 2 && bad.All(i => y[i] == first))
            return $"it stays at {Text(first)}";
        string error = double.IsFinite(most) ? string.Create(CultureInfo.InvariantCulture, $"{most:G3} ulp") : "∞";
        return $"it is wrong by up to {error}";
    }
}
