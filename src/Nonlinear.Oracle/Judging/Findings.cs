namespace Nonlinear.Oracle.Judging;

/// <summary>A result of somebody's, and what is right.</summary>
/// <param name="Index">Its place.</param>
/// <param name="X">The input.</param>
/// <param name="Upstream">The gradient by the output; 1 where none was given.</param>
/// <param name="Y">The result.</param>
/// <param name="Expected">The number that it should be.</param>
/// <param name="Ulps">The error in units in the last place of the exact value; ∞ for a NaN, an infinity or the wrong zero.</param>
public readonly record struct JudgedResult(long Index, double X, double Upstream, double Y, double Expected, double Ulps);

/// <summary>
/// What the judge found of somebody's results: how many are right, the largest error, what is wrong beyond the last digits, and where the
/// errors lie. Findings of disjoint results can be added in any order.
/// </summary>
public sealed class Findings
{
    // What stands for 0, ±∞ and NaN in place of a power of two.
    private const int OfZero = int.MinValue, OfInfinity = int.MaxValue;

    private readonly Dictionary<(bool Negative, int Exponent), Tally> _byInput = [];
    private readonly SortedDictionary<int, long> _byError = [];
    private readonly Dictionary<Fault, (long Count, JudgedResult First)> _faults = [];

    /// <summary>All results together.</summary>
    public Tally Total { get; } = new();

    /// <summary>How many took many bits to decide.</summary>
    public long ByMpfr { get; private set; }

    /// <summary>The result with the largest finite error; null where there is none.</summary>
    public JudgedResult? Worst { get; private set; }

    /// <summary>How many results are wrong in each way, and the first of them.</summary>
    public IReadOnlyDictionary<Fault, (long Count, JudgedResult First)> Faults => _faults;

    /// <summary>How many errors are at most 1, 2, 4, 8, … ulps and more than the one before; right results are not counted.</summary>
    public IEnumerable<(double Most, long Count)> ByError =>
        _byError.Select(bar => (bar.Key == OfInfinity ? double.PositiveInfinity : Math.ScaleB(1, bar.Key), bar.Value));

    /// <summary>
    /// What was found of inputs from one number up to another of twice its size: from -∞ to ∞, then NaN. 0 and ±∞ stand for themselves.
    /// </summary>
    public IEnumerable<(double From, double To, Tally Tally)> ByInput =>
        _byInput.Select(bar => (Ends(bar.Key.Negative, bar.Key.Exponent), bar.Value))
            .OrderBy(bar => double.IsNaN(bar.Item1.From) ? 1 : 0).ThenBy(bar => bar.Item1.From)
            .Select(bar => (bar.Item1.From, bar.Item1.To, bar.Value));

    /// <summary>Whether every result is correctly rounded.</summary>
    public bool IsCorrectlyRounded => Total.Misrounded == 0;

    /// <summary>Whether no result is off by more; the sign of a zero aside.</summary>
    public bool IsWithin(double ulps) =>
        (Worst?.Ulps ?? 0) <= ulps && Total.Lost == (_faults.TryGetValue(Fault.WrongZero, out (long Count, JudgedResult) zeros)
            ? zeros.Count
            : 0);

    /// <summary>Takes a result down.</summary>
    public void Add(long index, double x, double upstream, double y, in Verdict verdict)
    {
        Total.Add(verdict);
        (bool, int) place = double.IsNaN(x) ? (false, OfInfinity)
            : (double.IsNegative(x) && x != 0, x == 0 ? OfZero : double.IsInfinity(x) ? OfInfinity - 1 : Math.ILogB(x));
        if (!_byInput.TryGetValue(place, out Tally? tally))
            _byInput[place] = tally = new();
        tally.Add(verdict);
        if (verdict.ByMpfr)
            ByMpfr++;
        if (verdict.IsRight)
            return;
        JudgedResult result = new(index, x, upstream, y, verdict.Expected, verdict.Ulps);
        int bar = double.IsFinite(verdict.Ulps) ? Math.Max(0, (int)Math.Ceiling(Math.Log2(verdict.Ulps))) : OfInfinity;
        _byError[bar] = _byError.GetValueOrDefault(bar) + 1;
        if (double.IsFinite(verdict.Ulps) && (Worst is not { } worst || IsWorse(result, worst)))
            Worst = result;
        if (FaultOf(y, verdict.Expected) is { } fault)
            Add(fault, 1, result);
    }

    /// <summary>Takes what was found of others down.</summary>
    public void Add(Findings other)
    {
        Total.Add(other.Total);
        ByMpfr += other.ByMpfr;
        foreach (((bool, int) place, Tally theirs) in other._byInput)
        {
            if (!_byInput.TryGetValue(place, out Tally? tally))
                _byInput[place] = tally = new();
            tally.Add(theirs);
        }
        foreach ((int bar, long count) in other._byError)
            _byError[bar] = _byError.GetValueOrDefault(bar) + count;
        foreach ((Fault fault, (long count, JudgedResult first)) in other._faults)
            Add(fault, count, first);
        if (other.Worst is { } worse && (Worst is not { } worst || IsWorse(worse, worst)))
            Worst = worse;
    }

    private static Fault? FaultOf(double y, double expected) =>
        double.IsNaN(expected) ? Fault.NumberForNaN
        : double.IsNaN(y) ? Fault.NotANumber
        : y == 0 && expected == 0 ? Fault.WrongZero
        : y == 0 ? Fault.Flushed
        : expected != 0 && double.IsNegative(y) != double.IsNegative(expected) ? Fault.WrongSign
        : double.IsInfinity(y) ? Fault.Infinite
        : double.IsInfinity(expected) ? Fault.FiniteForInfinity
        : null;

    private static (double From, double To) Ends(bool negative, int exponent)
    {
        (double near, double far) = exponent switch
        {
            OfZero => (0.0, 0.0),
            OfInfinity => (double.NaN, double.NaN),
            OfInfinity - 1 => (double.PositiveInfinity, double.PositiveInfinity),
            _ => (Math.ScaleB(1, exponent), Math.ScaleB(1, exponent + 1)),
        };
        return negative ? (-far, -near) : (near, far);
    }

    // The first of equals, so that the order of the work does not show.
    private static bool IsWorse(in JudgedResult a, in JudgedResult b) => a.Ulps > b.Ulps || (a.Ulps == b.Ulps && a.Index < b.Index);

    private void Add(Fault fault, long count, in JudgedResult first)
    {
        (long Count, JudgedResult First) there = _faults.GetValueOrDefault(fault, (0, first));
        _faults[fault] = (there.Count + count, first.Index < there.First.Index ? first : there.First);
    }
}
