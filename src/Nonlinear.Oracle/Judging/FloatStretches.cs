using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Oracle.Judging;

/// <summary>
/// Judges the results for floats whose bits count up, thousands at a time: against one number where all of them round to the same, against
/// a polynomial that is sure to be near elsewhere. What that does not decide, and what it finds wrong and notable, goes to the judge one by
/// one.
/// </summary>
internal sealed class FloatStretches(ICurve curve, IFloatJudge judge)
{
    private const uint Sign = 0x8000_0000, Infinity = 0x7F80_0000;

    // Where this many floats are too wide a stretch, each is judged by itself: a series would cost more than they do.
    private const int Least = 128;

    // An error this near the largest is measured anew, more closely; what is larger by half of the last bit that is told is not told apart.
    private const double Margin = 1 - 1e-9, ToldAsEqual = 1 + (0.5 / (1 << Outcome.ToldBits));

    private readonly EnclosureSource _enclosures = new(curve);
    private readonly Guarantee _guarantee = judge.Guarantee;

    /// <summary>Judges results.</summary>
    /// <param name="first">The bits of the first input.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The results.</param>
    /// <param name="outcome">What is found is added to it; the place of an input is its bits.</param>
    public void Look(uint first, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Outcome outcome)
    {
        outcome.Judged += x.Length;
        for (int start = 0; start < x.Length;)
        {
            // Zeros, infinities and NaNs stand at the ends of stretches of numbers.
            uint bits = first + (uint)start, size = bits & ~Sign;
            uint end = size == 0 ? 1 : size < Infinity ? Infinity : size == Infinity ? Infinity + 1 : Sign;
            int length = (int)Math.Min(end - size, (uint)(x.Length - start));
            ReadOnlySpan<float> inputs = x.Slice(start, length), results = y.Slice(start, length);
            if (size > Infinity)
                NaNs(bits, inputs, results, outcome);
            else if (size is 0 or Infinity)
                OneByOne(bits, inputs, results, outcome);
            else
                Numbers(bits, inputs, results, outcome);
            start += length;
        }
    }

    private void NaNs(uint first, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Outcome outcome)
    {
        foreach (float result in y)
        {
            if (float.IsNaN(result))
                continue;
            OneByOne(first, x, y, outcome);
            return;
        }
    }

    private void Numbers(uint first, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Outcome outcome)
    {
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(y);
        if (x.Length > 1 && bits.IndexOfAnyExcept(bits[0]) < 0 && judge.IsEverywhere(x[0], x[^1], y[0]))
            return;
        if (!judge.HasKink(x[0], x[^1]) && _enclosures.Over(x[0], x[^1]) is { } near)
        {
            Compare(near, first, x, y, outcome);
        }
        else if (x.Length <= Least)
        {
            OneByOne(first, x, y, outcome);
        }
        else
        {
            int half = x.Length / 2;
            Numbers(first, x[..half], y[..half], outcome);
            Numbers(first + (uint)half, x[half..], y[half..], outcome);
        }
    }

    private void OneByOne(uint first, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Outcome outcome)
    {
        for (int i = 0; i < x.Length; i++)
            judge.LookAt(first + (uint)i, x[i], y[i], outcome);
    }

    private void Compare(in Enclosure near, uint first, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Outcome outcome)
    {
        Vector256<double> middle = Vector256.Create(near.Middle), c0 = Vector256.Create(near.C0), c1 = Vector256.Create(near.C1),
            c2 = Vector256.Create(near.C2), c3 = Vector256.Create(near.C3), radius = Vector256.Create(near.Radius);
        int i = 0;
        for (; i <= x.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256<double> t, Vector256<double> u) = Vector256.Widen(Vector256.Create(x[i..]));
            t -= middle;
            u -= middle;
            Vector256<double> p = Vector256.FusedMultiplyAdd(t, c3, c2), q = Vector256.FusedMultiplyAdd(u, c3, c2);
            (p, q) = (Vector256.FusedMultiplyAdd(t, p, c1), Vector256.FusedMultiplyAdd(u, q, c1));
            (p, q) = (Vector256.FusedMultiplyAdd(t, p, c0), Vector256.FusedMultiplyAdd(u, q, c0));
            Vector256<int> low = Vector256.Narrow(p - radius, q - radius).AsInt32();
            Vector256<int> high = Vector256.Narrow(p + radius, q + radius).AsInt32();
            Vector256<int> result = Vector256.Create(y[i..]).AsInt32();
            if (((low ^ result) | (high ^ result)) == Vector256<int>.Zero)
                continue;
            uint decided = Vector256.Equals(low, high).ExtractMostSignificantBits();
            uint wrong = ~Vector256.Equals(low, result).ExtractMostSignificantBits() & decided & 0xFF;
            uint notable = IsNotable(first + (uint)i, p, q, radius, result.AsSingle(), outcome) & wrong;
            outcome.Misrounded += BitOperations.PopCount(wrong & ~notable);
            for (uint left = notable | (~decided & 0xFF); left != 0; left &= left - 1)
            {
                int at = i + BitOperations.TrailingZeroCount(left);
                judge.LookAt(first + (uint)at, x[at], y[at], outcome);
            }
        }
        OneByOne(first + (uint)i, x[i..], y[i..], outcome);
    }

    // Which errors may be the largest so far or break the guarantee: those, and whatever is no number, are looked at more closely.
    private uint IsNotable(
        uint place, Vector256<double> p, Vector256<double> q, Vector256<double> radius, Vector256<float> y, Outcome outcome)
    {
        double most = outcome.Worst is not { } worst ? 0
            // Of errors that are told as equal the first counts.
            : worst.Index < place ? Math.Max(worst.Ulps * ToldAsEqual, Outcome.JustOverHalf)
            : worst.Ulps;
        if (outcome.Broken.Count < Outcome.Kept)
            most = Math.Min(most, _guarantee.CorrectlyRounded ? 0 : _guarantee.Ulps);
        Vector256<double> bound = Vector256.Create(most * Margin);
        (Vector256<double> left, Vector256<double> right) = Vector256.Widen(y);
        uint harmless = IsBelow(left, p).ExtractMostSignificantBits() | (IsBelow(right, q).ExtractMostSignificantBits() << 4);
        return ~harmless | Vector256.Equals(y, Vector256<float>.Zero).ExtractMostSignificantBits();

        Vector256<double> IsBelow(Vector256<double> result, Vector256<double> exact)
        {
            // The power of two in a number is all of its bits but those of the fraction.
            Vector256<double> least = Vector256.Abs(exact) - radius;
            Vector256<double> power = (least.AsUInt64() & Vector256.Create(0x7FF0_0000_0000_0000UL)).AsDouble();
            Vector256<double> ulp = Vector256.Max(power * Vector256.Create(1.0 / (1 << 23)), Vector256.Create(Math.ScaleB(1, -149)));
            return Vector256.LessThan(Vector256.Abs(result - exact) + radius, bound * ulp);
        }
    }
}
