using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Tests;

/// <summary>Floats that are judged by the thousand get the verdicts that each gets by itself.</summary>
public class FloatStretchesTests
{
    private static readonly NumberFormat Single = NumberFormat.Named("float");

    public static TheoryData<string, bool> Directions
    {
        get
        {
            TheoryData<string, bool> rows = [];
            foreach (ElementwiseActivation activation in TestCatalog.Elementwise)
            {
                rows.Add(activation.Info.Name, false);
                rows.Add(activation.Info.Name, true);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void A_polynomial_is_as_near_as_it_says(string name, bool derivative)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Subject subject = new(TestCatalog.Get(name), derivative, Single);
        Judge judge = new(subject);
        EnclosureSource source = new(new ElementwiseCurve(subject));
        Random random = new(5);
        for (int i = 0; i < 300; i++)
        {
            // Stretches of all lengths, of which every third lies where functions bend.
            uint length = 1u << random.Next(1, 15);
            float from = i % 3 == 0
                ? (float)((random.NextDouble() * 16) - 8)
                : BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32));
            uint bits = BitConverter.SingleToUInt32Bits(from);
            float to = BitConverter.UInt32BitsToSingle(bits + length);
            if (!float.IsFinite(from) || !float.IsFinite(to) || from == 0 || to == 0 || from < 0 != to < 0 || judge.HasKink(from, to)
                || source.Over(from, to) is not { } near)
                continue;
            foreach (uint place in (uint[])[0, length, (uint)random.Next((int)length)])
            {
                float x = BitConverter.UInt32BitsToSingle(bits + place);
                double t = x - near.Middle;
                double p = Math.FusedMultiplyAdd(t, Math.FusedMultiplyAdd(t, Math.FusedMultiplyAdd(t, near.C3, near.C2), near.C1), near.C0);
                float low = (float)(p - near.Radius), high = (float)(p + near.Radius);
                BigFloat exact = judge.Exact(x);
                Assert.True(low <= exact.Round(Single) && exact.Round(Single) <= high, $"at {x:R} from {from:R} to {to:R}: {near}");
                Assert.False(
                    near.Radius > 0 && (exact < p - near.Radius || exact > p + near.Radius), $"at {x:R} from {from:R} to {to:R}: {near}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void Stretches_are_judged_as_their_floats_one_by_one(string name, bool derivative)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Subject subject = new((ElementwiseActivation)TestCatalog.Get(name).Fast, derivative, Single);
        Judge judge = new(subject);
        FloatStretches stretches = new(new ElementwiseCurve(subject), judge);
        Random random = new(9);
        float[] x = new float[1500], y = new float[1500];
        // About both zeros, ±∞ and NaN, 1, where exponentials end, and anywhere.
        uint[] starts =
        [
            0, 0x8000_0000 - 700, 0x7F80_0000 - 700, 0xFF80_0000 - 700, 0x3F80_0000 - 700, 0xBF80_0000 - 700, 0x42B0_C000, 0xC2D0_0000,
            0xC0A0_0000, 0x8000_0001, uint.MaxValue - 1499,
            .. Enumerable.Range(0, 12).Select(_ => (uint)random.NextInt64((1L << 32) - 1500)),
        ];
        foreach (uint start in starts)
        {
            for (int i = 0; i < x.Length; i++)
                x[i] = BitConverter.UInt32BitsToSingle(start + (uint)i);
            if (derivative)
                subject.Activation.Derivative<float>(x, y);
            else
                subject.Activation.Forward<float>(x, y);
            AssertSame(stretches, judge, start, x, y);
            foreach (Func<float, float> wrong in (Func<float, float>[])[MathF.BitIncrement, v => -v, _ => float.NaN, _ => 0, v => 1.5f * v])
            {
                int place = random.Next(y.Length);
                (float right, y[place]) = (y[place], wrong(y[place]));
                AssertSame(stretches, judge, start, x, y);
                y[place] = right;
            }
        }
    }

    [Theory]
    [MemberData(nameof(GatedTests.Names), MemberType = typeof(GatedTests))]
    public void A_gated_unit_of_which_one_input_stays_is_judged_so_too(string name)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        GatedActivation unit = (GatedActivation)((GatedActivation)Activation.Parse(name)).Fast;
        Random random = new(11);
        float[] x = new float[1000], y = new float[1000];
        uint[] starts = [0, 0x8000_0000 - 400, 0x7F80_0000 - 400, 0x40E0_0000 - 500, 0xC0E0_0000 - 500, 0xC180_0000, 0x3F40_0000];
        foreach (GatedDirection direction in Enum.GetValues<GatedDirection>())
        {
            foreach (bool isValue in (bool[])[false, true])
            {
                GatedSubject subject = new(unit, direction, Single);
                PartnerJudge judge = new(subject, new(subject), (float)-1.7, isValue);
                FloatStretches stretches = new(judge, judge);
                foreach (uint start in starts)
                {
                    for (int i = 0; i < x.Length; i++)
                        x[i] = BitConverter.UInt32BitsToSingle(start + (uint)i);
                    Compute(subject, isValue);
                    y[random.Next(y.Length)] *= 1.25f;
                    AssertSame(stretches, judge, start, x, y);
                }
            }
        }

        void Compute(GatedSubject subject, bool isValue)
        {
            double[] moving = [.. x.Select(number => (double)number)], still = new double[x.Length], ones = new double[x.Length];
            double[] results = new double[x.Length];
            still.AsSpan().Fill((float)-1.7);
            ones.AsSpan().Fill(1);
            Single.ComputeGated(subject.Activation, subject.Direction, isValue ? moving : still, isValue ? still : moving, ones, results);
            for (int i = 0; i < y.Length; i++)
                y[i] = (float)results[i];
        }
    }

    [Fact]
    public void What_lies_next_to_a_tie_is_decided_without_many_bits()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        // Half of a subnormal number of odd bits is a tie, and silu is a little more than half of its input.
        Subject subject = new(Activation.Swish(), false, Single);
        Outcome outcome = Sweep.Run(
            subject, InputSet.All(Single), 1 << 15, 1 << 17, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (outcome.Misrounded, outcome.ByMpfr));
    }

    private static void AssertSame(FloatStretches stretches, IFloatJudge judge, uint start, float[] x, float[] y)
    {
        Outcome together = new(), single = new();
        stretches.Look(start, x, y, together);
        for (int i = 0; i < x.Length; i++)
            judge.LookAt(start + (uint)i, x[i], y[i], single);
        Assert.Equal((single.Misrounded, single.Worst, x.Length), (together.Misrounded, together.Worst, (int)together.Judged));
        Assert.Equal(single.Broken, together.Broken);
    }
}
