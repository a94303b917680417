using System.Runtime.InteropServices;

namespace Nonlinear.Tests;

/// <summary>
/// There are many NaNs, and of two an operation passes on either. What works on whole vectors gives the one that .NET calls NaN, whichever
/// came in: so bits depend neither on the processor nor on how the compiler orders a sum.
/// </summary>
public class NaNTests
{
    // On both sides of the place from which on vectors are dealt out, and in every lane of a vector.
    private static readonly int[] Lengths = [1, 3, 16, 33, 200];

    public static TheoryData<string> Vectors { get; } = [.. TestCatalog.CertainAxisNames.Select(row => row.Data), "crelu"];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Of_a_vector(string name)
    {
        Activation exact = Activation.Parse(name);
        Spans.ForEachType(new OfVector(exact));
        new OfVector(exact.Fast).Run(x => (float)x, x => (double)x);
    }

    [Fact]
    public void Of_a_cross_entropy() => Spans.ForEachType(new OfCrossEntropy());

    [Fact]
    public void Of_attention() => Spans.ForEachType(new OfAttention());

    private static void AssertUsual<T>(T[] results, bool isThere, Func<T, double> to, string what)
        where T : unmanaged
    {
        T[] usual = [Usual<T>()];
        ReadOnlySpan<byte> bits = MemoryMarshal.AsBytes<T>(usual);
        int count = 0;
        for (int i = 0; i < results.Length; i++)
        {
            if (!double.IsNaN(to(results[i])))
                continue;
            count++;
            Assert.True(bits.SequenceEqual(MemoryMarshal.AsBytes<T>(results.AsSpan(i, 1))), $"{what} {typeof(T).Name}, {i}");
        }
        Assert.True(count > 0 || !isThere, $"{what} {typeof(T).Name}: no NaN");
    }

    private static T Usual<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? (T)(object)float.NaN
        : typeof(T) == typeof(double) ? (T)(object)double.NaN
        : typeof(T) == typeof(Half) ? (T)(object)Half.NaN
        : (T)(object)BFloat16.NaN;

    // Quiet ones with a number of their own, of either sign.
    private static T Other<T>(int which)
        where T : unmanaged
    {
        ulong sign = (ulong)(which & 1), number = (ulong)(which & 7) + 1;
        return typeof(T) == typeof(float) ? Of<uint>((uint)(sign << 31 | 0x7FC0_0000 | number))
            : typeof(T) == typeof(double) ? Of<ulong>(sign << 63 | 0x7FF8_0000_0000_0000 | number)
            : typeof(T) == typeof(Half) ? Of<ushort>((ushort)(sign << 15 | 0x7E00 | number))
            : Of<ushort>((ushort)(sign << 15 | 0x7FC0 | number));

        static T Of<TBits>(TBits bits)
            where TBits : unmanaged => MemoryMarshal.Cast<TBits, T>([bits])[0];
    }

    private sealed class OfVector(Activation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            foreach (int length in Lengths)
            {
                for (int place = 0; place < length; place += 1 + (length / 40))
                {
                    int outputs = activation.OutputsFor(length);
                    T[] x = [.. Spans.Ordinary(length, 1).Select(from)], dy = [.. Spans.Ordinary(outputs, 2).Select(from)];
                    T[] y = new T[outputs], dx = new T[length];
                    x[place] = Other<T>(place);
                    x[length - 1 - place] = Other<T>(place + 3);
                    string what = $"{activation} {length} {place}";
                    activation.Forward<T>(x, y);
                    AssertUsual(y, isThere: true, to, what + " forward");
                    activation.Backward<T>(x, dy, dx);
                    AssertUsual(dx, isThere: activation is AxisActivation && length > 1, to, what + " backward");

                    x = [.. Spans.Ordinary(length, 1).Select(from)];
                    dy[place] = Other<T>(place);
                    dy[outputs - 1 - place] = Other<T>(place + 3);
                    activation.Backward<T>(x, dy, dx);
                    AssertUsual(dx, isThere: false, to, what + " backward of a NaN");
                    if (!Spans.GoesBackFromOutput(activation))
                        continue;
                    activation.Forward<T>(x, y);
                    Spans.BackwardFromOutput<T>(activation, y, dy, dx);
                    AssertUsual(dx, isThere: false, to, what + " backward from outputs");
                }
            }
        }
    }

    private sealed class OfCrossEntropy : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            foreach (int length in Lengths)
            {
                T[] logits = [.. Spans.Ordinary(length, 1).Select(from)], loss = new T[1], gradient = new T[length];
                logits[length / 2] = Other<T>(2);
                logits[0] = Other<T>(3);
                foreach (CrossEntropy form in (CrossEntropy[])[new(), new() { LabelSmoothing = 0.1 }, new() { ZLoss = 0.5 }])
                {
                    form.ForwardWithGradient(logits, [length - 1], loss, gradient, 0.5);
                    AssertUsual(gradient, isThere: true, to, $"gradient {length}");
                    AssertUsual(loss, isThere: true, to, $"loss {length}");
                }
            }
        }
    }

    private sealed class OfAttention : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            foreach (int keys in Lengths)
            {
                AttentionShape shape = new(1, 2, 2, keys);
                T[] scores = [.. Spans.Ordinary(4 * keys, 1).Select(from)], dy = [.. Spans.Ordinary(4 * keys, 2).Select(from)];
                T[] y = new T[scores.Length], dx = new T[scores.Length], sinks = [from(1), from(2)], dsinks = new T[2];
                scores[keys / 2] = Other<T>(2);
                dy[^1] = Other<T>(5);
                AttentionSoftmax softmax = new() { Scale = 0.3 };
                softmax.Forward(scores, y, shape, default, sinks);
                AssertUsual(y, isThere: true, to, $"attention {keys}");
                softmax.Backward(scores, dy, dx, shape, default, sinks, dsinks);
                AssertUsual(dx, isThere: true, to, $"gradient of attention {keys}");
                AssertUsual(dsinks, isThere: true, to, $"gradient of sinks {keys}");
            }
        }
    }
}
