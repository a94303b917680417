using System.Globalization;
using System.Runtime.InteropServices;
using Nonlinear.Native.Boundary;

namespace Nonlinear.Tests.Native;

/// <summary>What the native library is asked to do, and what the managed one gives: jobs.c and jobs.py read the same files.</summary>
internal sealed class NativeJobs
{
    private readonly List<(string Line, Func<byte[]> Expected, ElementType Type)> _jobs = [];
    private readonly Inputs<float> _floats;
    private readonly Inputs<double> _doubles;
    private readonly Inputs<Half> _halves;
    private readonly Inputs<BFloat16> _bfloats;
    private byte[][]? _expected;

    /// <summary>Jobs on so many floats each, and on fewer numbers of the other types.</summary>
    public NativeJobs(int floats, int others, IEnumerable<Activation> activations)
    {
        (_floats, _doubles) = (new(floats, x => (float)x), new(others, x => x));
        (_halves, _bfloats) = (new(others, x => (Half)x), new(others, x => (BFloat16)x));
        foreach (Activation activation in activations)
        {
            foreach (Activation inTier in ((Activation[])[activation, activation.Fast]).Distinct())
                Add(inTier, ElementType.Float, _floats);
            Add(activation, ElementType.Double, _doubles);
            Add(activation, ElementType.Half, _halves);
            Add(activation, ElementType.BFloat16, _bfloats);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _jobs.Count;

    /// <summary>Writes jobs and inputs.</summary>
    public void Write(string folder)
    {
        File.WriteAllLines(Path.Combine(folder, "jobs.txt"), _jobs.Select(job => job.Line));
        _floats.Write(folder, ElementType.Float);
        _doubles.Write(folder, ElementType.Double);
        _halves.Write(folder, ElementType.Half);
        _bfloats.Write(folder, ElementType.BFloat16);
    }

    /// <summary>Compares results, bit by bit; one NaN is as good as another.</summary>
    public void Check(string folder)
    {
        _expected ??= [.. _jobs.Select(job => job.Expected())];
        using FileStream results = File.OpenRead(Path.Combine(folder, "results.bin"));
        for (int i = 0; i < _jobs.Count; i++)
        {
            byte[] actual = new byte[_expected[i].Length];
            results.ReadExactly(actual);
            // A gradient by parameters is of doubles, whatever the inputs are.
            ElementType type = _jobs[i].Line.StartsWith("gradient", StringComparison.Ordinal) ? ElementType.Double : _jobs[i].Type;
            long different = type switch
            {
                ElementType.Float => Different<float>(_expected[i], actual, float.IsNaN),
                ElementType.Double => Different<double>(_expected[i], actual, double.IsNaN),
                ElementType.Half => Different<Half>(_expected[i], actual, Half.IsNaN),
                _ => Different<BFloat16>(_expected[i], actual, BFloat16.IsNaN),
            };
            Assert.True(different == 0, $"{_jobs[i].Line}: {different} numbers have other bits");
        }
        Assert.Equal(results.Length, results.Position);
    }

    private static long Different<T>(byte[] expected, byte[] actual, Func<T, bool> isNaN)
        where T : unmanaged
    {
        if (expected.AsSpan().SequenceEqual(actual))
            return 0;
        ReadOnlySpan<T> one = MemoryMarshal.Cast<byte, T>(expected), other = MemoryMarshal.Cast<byte, T>(actual);
        long count = 0;
        for (int i = 0; i < one.Length; i++)
        {
            if (!MemoryMarshal.AsBytes(one.Slice(i, 1)).SequenceEqual(MemoryMarshal.AsBytes(other.Slice(i, 1)))
                && !(isNaN(one[i]) && isNaN(other[i])))
                count++;
        }
        return count;
    }

    private void Add<T>(Activation activation, ElementType type, Inputs<T> inputs)
        where T : unmanaged
    {
        int count = inputs.Count;
        switch (activation)
        {
            case ElementwiseActivation elementwise:
                Plan("forward", [count], y => elementwise.Forward<T>(inputs.A, y));
                Plan("derivative", [count], y => elementwise.Derivative<T>(inputs.A, y));
                Plan("backward", [count], y => elementwise.Backward<T>(inputs.A, inputs.B, y));
                if (activation.ParameterValues.Count > 0)
                    Job("gradient", [count], 0, () =>
                    {
                        double[] gradient = new double[activation.ParameterValues.Count];
                        elementwise.ParameterGradient<T>(inputs.A, inputs.B, gradient);
                        return MemoryMarshal.AsBytes<double>(gradient).ToArray();
                    });
                break;
            case AxisActivation along:
                int[] shape = [count / 1000, 50, 20];
                Plan("along", shape, y => along.Forward<T>(inputs.A, y, shape, 1), 1);
                Plan("along", [count / 200, 200], y => along.Forward<T>(inputs.A, y, [count / 200, 200], -1), -1);
                Plan("back_along", shape, y => along.Backward<T>(inputs.A, inputs.B, y, shape, 1), 1);
                break;
            case GatedActivation gated:
                Plan("gated", [count], y => gated.Forward<T>(inputs.A, inputs.B, y));
                Job("back_gated", [count], 0, () =>
                {
                    T[] both = new T[2 * count];
                    gated.Backward<T>(inputs.A, inputs.B, inputs.C, both.AsSpan(0, count), both.AsSpan(count));
                    return MemoryMarshal.AsBytes<T>(both).ToArray();
                });
                break;
            case PooledActivation or WidenedActivation:
                int[] flat = [count];
                Job("forward", flat, 0, () =>
                {
                    T[] y = new T[activation.OutputsFor(count)];
                    activation.Forward<T>(inputs.A, y);
                    return MemoryMarshal.AsBytes<T>(y).ToArray();
                });
                if (activation is PooledActivation)
                    Plan("backward", flat, y => activation.Backward<T>(inputs.A, inputs.B.AsSpan(0, activation.OutputsFor(count)), y));
                break;
        }

        void Plan(string operation, int[] extents, Action<T[]> compute, int axis = 0) => Job(operation, extents, axis, () =>
        {
            T[] y = new T[count];
            compute(y);
            return MemoryMarshal.AsBytes<T>(y).ToArray();
        });

        void Job(string operation, int[] extents, int axis, Func<byte[]> expected)
        {
            string name = activation.ToString().Replace(" ", "", StringComparison.Ordinal);
            _jobs.Add((
                string.Create(
                    CultureInfo.InvariantCulture, $"{operation} {(int)type} {extents.Length} {string.Join(' ', extents)} {axis} {name}"),
                expected,
                type));
        }
    }

    /// <summary>Three arrays of a type: numbers from the whole bit space, the active range and special ones.</summary>
    private sealed class Inputs<T>
        where T : unmanaged
    {
        public Inputs(int count, Func<double, T> from)
        {
            Count = count;
            (A, B, C) = (Make(1), Make(2), Make(3));

            T[] Make(int seed)
            {
                T[] numbers = [.. Spans.Mixed(count, seed).Select(from)];
                Random random = new(seed);
                for (int i = 0; i < count; i += 3)
                    random.NextBytes(MemoryMarshal.AsBytes(numbers.AsSpan(i, 1)));
                return numbers;
            }
        }

        public int Count { get; }

        public T[] A { get; }

        public T[] B { get; }

        public T[] C { get; }

        public void Write(string folder, ElementType type)
        {
            foreach ((string name, T[] numbers) in new[] { ("a", A), ("b", B), ("c", C) })
                File.WriteAllBytes(
                    Path.Combine(folder, FormattableString.Invariant($"{name}.{(int)type}")), MemoryMarshal.AsBytes<T>(numbers).ToArray());
        }
    }
}
