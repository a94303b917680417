using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Nonlinear.Tensors;
using Nonlinear.Tensors.Strides;

namespace Nonlinear.Tests;

/// <summary>Tensors of any strides get the bits that spans get, and what cannot be right is refused.</summary>
public class TensorTests
{
    // Rows of more than a block and of less, and vectors of several blocks.
    private static readonly nint[][] Shapes = [[3, 5, 7], [2, 3, 70], [200, 2, 3]];

    public static TheoryData<string, string> InputsAndOutputs { get; } = new(
        from input in TensorView<float>.Kinds
        from output in TensorView<float>.Kinds
        where output != "broadcast"
        select (input, output));

    [Theory]
    [MemberData(nameof(InputsAndOutputs))]
    public void Elements_get_the_bits_of_spans(string input, string output)
    {
        foreach (nint[] lengths in Shapes)
        {
            foreach (Activation function in (Activation[])[Activation.Gelu(), Activation.Swish(1.5).Fast, Activation.Relu()])
                Spans.ForEachType(new ElementwiseCheck((ElementwiseActivation)function, input, output, lengths));
        }
    }

    [Theory]
    [MemberData(nameof(InputsAndOutputs))]
    public void Vectors_along_any_dimension_get_the_bits_of_spans(string input, string output)
    {
        string[] names = ["softmax", "log_softmax.Fast", "sparsemax", "gumbel_softmax(seed=3)"];
        foreach (nint[] lengths in Shapes[..2])
        {
            foreach (AxisActivation function in names.Select(name => (AxisActivation)Activation.Parse(name)))
            {
                for (int dimension = -3; dimension < 3; dimension++)
                    Spans.ForEachType(new AxisCheck(function, input, output, lengths, dimension));
            }
        }
    }

    [Theory]
    [MemberData(nameof(InputsAndOutputs))]
    public void A_parameter_is_broadcast_over_the_inputs(string input, string output)
    {
        nint[] lengths = [4, 3, 5];
        foreach (nint[] parameter in (nint[][])[[1], [5], [3, 1], [3, 5], [4, 1, 1], [4, 1, 5], [4, 3, 5]])
        {
            Spans.ForEachType(new ParameterCheck("prelu", input, output, lengths, parameter));
            new ParameterCheck("elu", input, output, lengths, parameter).Run(x => (float)x, x => (double)x);
        }
    }

    [Fact]
    public void Methods_without_an_output_make_a_dense_tensor()
    {
        float[] numbers = [.. Spans.Mixed(24, 1).Select(x => (float)x)], y = new float[24];
        Tensor<float> x = Tensor.Create(numbers, [2, 3, 4]);
        Activation.Gelu().Forward(numbers, y);
        Assert.Equal(y, Flat(Activation.Gelu().Forward(x)));
        Activation.Gelu().Derivative(numbers, y);
        Assert.Equal(y, Flat(Activation.Gelu().Derivative(x)));
        Activation.Gelu().Backward(numbers, numbers, y);
        Assert.Equal(y, Flat(Activation.Gelu().Backward(x, x)));
        Activation.Softmax().Forward(numbers, y, [2, 3, 4], 1);
        Assert.Equal(y, Flat(Activation.Softmax().Forward(x, 1)));
        Activation.Softmax().Backward(numbers, numbers, y, [2, 3, 4], 1);
        Assert.Equal(y, Flat(Activation.Softmax().Backward(x, x, 1)));
        Assert.Equal([2, 3, 4], Activation.Gelu().Forward(x).Lengths.ToArray());
    }

    [Fact]
    public void Slices_and_transposes_as_the_framework_makes_them_do()
    {
        float[] numbers = [.. Spans.Ordinary(24, 2).Select(x => (float)x)], y = new float[6];
        Tensor<float> x = Tensor.Create(numbers, [4, 6]);
        float[] part = [.. numbers[8..11], .. numbers[14..17]];
        Activation.Gelu().Forward(part, y);
        Assert.Equal(y, Flat(Activation.Gelu().Forward(x.Slice([1..3, 2..5]))));
        Tensor<float> transposed = Tensor.Transpose(x);
        Assert.Equal(Flat(Tensor.Transpose(Activation.Softmax().Forward(x, 1))), Flat(Activation.Softmax().Forward(transposed, 0)));
        Assert.Equal(0, Activation.Gelu().Forward(Tensor.Create<float>([], [0, 3])).FlattenedLength);
    }

    [Fact]
    public void An_output_may_be_the_input_and_may_lie_between_its_elements()
    {
        float[] numbers = [.. Spans.Ordinary(24, 3).Select(x => (float)x)], expected = new float[24];
        Activation.Gelu().Forward(numbers, expected);
        TensorSpan<float> all = new([.. numbers], [4, 6]), columns = new([.. numbers], 0, [6, 4], [1, 6]);
        Activation.Gelu().Forward<float>(all, all);
        Assert.Equal(expected, Flat(all));
        Activation.Gelu().Forward<float>(columns, columns);
        Assert.Equal(expected[6], columns[0, 1]);

        // The right half of each row from the left half.
        float[] memory = [.. numbers];
        Activation.Gelu().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, 0, [4, 3], [6, 1]), new TensorSpan<float>(memory, 3, [4, 3], [6, 1]));
        Assert.Equal(numbers[..3], memory[..3]);
        Assert.Equal(expected[18..21], memory[21..]);
    }

    [Fact]
    public void What_shares_memory_in_part_is_refused_before_anything_is_written()
    {
        float[] memory = [.. Spans.Ordinary(40, 4).Select(x => (float)x)], before = [.. memory];
        AssertRefused("overlaps", () => Activation.Gelu().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, 0, [4, 3], [6, 1]), new TensorSpan<float>(memory, 2, [4, 3], [6, 1])));
        AssertRefused("overlaps", () => Activation.Gelu().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, 0, [3, 3], [3, 1]), new TensorSpan<float>(memory, 0, [3, 3], [1, 3])));
        AssertRefused("share memory", () => Activation.Gelu().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, 0, [4, 3], [3, 1]), new TensorSpan<float>(memory, 20, [4, 3], [0, 1])));
        AssertRefused("share memory", () => Activation.Softmax().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, 0, [4, 3], [3, 1]), new TensorSpan<float>(memory, 20, [4, 3], [0, 1]), 1));
        AssertRefused("overlaps", () => Activation.Gelu().Backward<float>(
            new ReadOnlyTensorSpan<float>(memory, 0, [4], [1]), new ReadOnlyTensorSpan<float>(memory, 10, [4], [1]),
            new TensorSpan<float>(memory, 11, [4], [1])));
        AssertRefused("overlaps", () => Activation.Prelu().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, 0, [4], [1]), new ReadOnlyTensorSpan<float>(memory, 12, [4], [1]),
            new TensorSpan<float>(memory, 11, [4], [1])));
        Assert.Equal(before, memory);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        float[] memory = new float[40];
        AssertRefused("y is 3 × 4; it must be 4 × 3", () => Activation.Gelu().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, [4, 3]), new TensorSpan<float>(memory, 20, [3, 4], [4, 1])));
        AssertRefused("dimension must be from -2 to 1", () => Activation.Softmax().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, [4, 3]), new TensorSpan<float>(memory, 20, [4, 3], [3, 1]), 2));
        AssertRefused("parameter is 4; its lengths", () => Activation.Prelu().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, [4, 3]), new ReadOnlyTensorSpan<float>(new float[4]),
            new TensorSpan<float>(memory, 20, [4, 3], [3, 1])));
        AssertRefused("alpha must be", () => Activation.Prelu().Forward<float>(
            new ReadOnlyTensorSpan<float>(memory, [4, 3]), new ReadOnlyTensorSpan<float>([1, 2, float.NaN]),
            new TensorSpan<float>(memory, 20, [4, 3], [3, 1])));
        Tensor<float> x = Tensor.Create(memory, [4, 10]);
        Assert.Contains("which dimension", Assert.Throws<NotSupportedException>(
            () => Activation.Parse("softmax").Forward(x)).Message, StringComparison.Ordinal);
        Assert.Contains("maxout", Assert.Throws<NotSupportedException>(
            () => Activation.Parse("maxout").Forward(x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_places_are_found_exactly()
    {
        Random random = new(5);
        int right = 0, refused = 0;
        for (int round = 0; round < 5000; round++)
        {
            float[] memory = new float[200];
            TensorView<float> input = Draw(random, memory), output = Draw(random, memory);
            // Of some the framework makes no tensor.
            if (Record.Exception(() => input.Input.Rank + output.Output.Rank) is not null)
                continue;
            int[] read = Numbered(input), written = Numbered(output);
            bool isRight = written.Distinct().Count() == written.Length
                && (!read.Intersect(written).Any() || (read.SequenceEqual(written) && input.Lengths.SequenceEqual(output.Lengths)));
            Exception? problem = Record.Exception(() =>
            {
                Places.CheckOutput(output.Output, "y");
                Places.CheckOverlap(input.Input, output.Output, "y");
            });
            Assert.True(isRight == problem is null, $"{Words(input)} to {Words(output)}: {problem?.Message}");
            _ = isRight ? right++ : refused++;
        }
        Assert.True(right > 500 && refused > 500, $"{right} right, {refused} refused");
    }

    private static TensorView<float> Draw(Random random, float[] memory)
    {
        int rank = random.Next(1, 4);
        nint[] lengths = [.. Enumerable.Range(0, rank).Select(_ => (nint)random.Next(1, 4))];
        nint[] strides = [.. lengths.Select(length => length == 1 ? 0 : (nint)random.Next(0, 13))];
        return new(memory, random.Next(0, 60), lengths, strides);
    }

    private static string Words(TensorView<float> view) =>
        $"{view.Start}: {string.Join('×', view.Lengths)} by {string.Join(',', view.Strides)}";

    private static int[] Numbered(TensorView<float> view) =>
        new TensorView<int>([.. Enumerable.Range(0, view.Memory.Length)], view.Start, view.Lengths, view.Strides).Elements;

    private static void AssertRefused(string part, Action call) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);

    private static float[] Flat(in ReadOnlyTensorSpan<float> tensor)
    {
        float[] flat = new float[tensor.FlattenedLength];
        tensor.FlattenTo(flat);
        return flat;
    }

    private static int[] Ints(nint[] lengths) => [.. lengths.Select(length => (int)length)];

    // A view with numbers in it, and those numbers in the order of their indices: broadcast ones are fewer.
    private static (TensorView<T> View, T[] Numbers) Filled<T>(string kind, nint[] lengths, int seed, Func<double, T> from)
        where T : unmanaged
    {
        TensorView<T> view = TensorView<T>.Create(kind, lengths, from(7));
        view.Elements = [.. Spans.Mixed((int)(lengths[0] * lengths[1] * lengths[2]), seed).Select(from)];
        return (view, view.Elements);
    }

    private static void AssertBits<T>(T[] expected, TensorView<T> actual, T filling, string what)
        where T : unmanaged
    {
        Assert.True(Bytes(expected).SequenceEqual(Bytes(actual.Elements)), what);
        // Nothing else was touched.
        TensorView<T> rest = actual with { Memory = [.. actual.Memory] };
        rest.Elements = [.. expected.Select(_ => filling)];
        Assert.True(rest.Memory.All(element => element.Equals(filling)), what);
    }

    private static Span<byte> Bytes<T>(T[] numbers)
        where T : unmanaged => MemoryMarshal.AsBytes(numbers.AsSpan());

    private sealed class ElementwiseCheck(ElementwiseActivation function, string input, string output, nint[] lengths) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            (TensorView<T> x, T[] numbers) = Filled(input, lengths, 1, from);
            (TensorView<T> dy, T[] upstream) = Filled(input, lengths, 2, from);
            TensorView<T> y = TensorView<T>.Create(output, lengths, from(7));
            T[] expected = new T[numbers.Length];
            string what = $"{function} {typeof(T).Name} {input} {output} {string.Join('×', lengths)}";
            function.Forward(numbers, expected);
            function.Forward(x.Input, y.Output);
            AssertBits(expected, y, from(7), $"{what} forward");
            function.Derivative(numbers, expected);
            function.Derivative(x.Input, y.Output);
            AssertBits(expected, y, from(7), $"{what} derivative");
            function.Backward(numbers, upstream, expected);
            function.Backward(x.Input, dy.Input, y.Output);
            AssertBits(expected, y, from(7), $"{what} backward");
        }
    }

    private sealed class AxisCheck(AxisActivation function, string input, string output, nint[] lengths, int dimension) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            (TensorView<T> x, T[] numbers) = Filled(input, lengths, 3, value => from(Math.Clamp(value, -30, 30)));
            (TensorView<T> dy, T[] upstream) = Filled(input, lengths, 4, value => from(Math.Clamp(value, -30, 30)));
            TensorView<T> y = TensorView<T>.Create(output, lengths, from(7));
            T[] expected = new T[numbers.Length];
            string what = $"{function} {typeof(T).Name} {input} {output} {string.Join('×', lengths)} {dimension}";
            function.Forward(numbers, expected, Ints(lengths), dimension);
            function.Forward(x.Input, y.Output, dimension);
            AssertBits(expected, y, from(7), $"{what} forward");
            function.Backward(numbers, upstream, expected, Ints(lengths), dimension);
            function.Backward(x.Input, dy.Input, y.Output, dimension);
            AssertBits(expected, y, from(7), $"{what} backward");
            if (function.HasDerivativeFromOutput)
            {
                function.BackwardFromOutput(numbers, upstream, expected, Ints(lengths), dimension);
                function.BackwardFromOutput(x.Input, dy.Input, y.Output, dimension);
                AssertBits(expected, y, from(7), $"{what} from outputs");
            }
        }
    }

    private sealed class ParameterCheck(string name, string input, string output, nint[] lengths, nint[] parameter) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            ElementwiseActivation function = TestCatalog.Get(name);
            (TensorView<T> x, T[] numbers) = Filled(input, lengths, 5, from);
            (TensorView<T> dy, T[] upstream) = Filled(input, lengths, 6, from);
            TensorView<T> y = TensorView<T>.Create(output, lengths, from(7));
            int count = (int)parameter.Aggregate((nint)1, (product, length) => product * length);
            T[] values = [.. Enumerable.Range(1, count).Select(i => from(i / 8.0))];
            string what = $"{name} {typeof(T).Name} {input} {output} by {string.Join('×', parameter)}";

            // Each value by itself, with the elements that share it in their order.
            T[] forward = new T[numbers.Length], backward = new T[numbers.Length];
            double[] sums = new double[count];
            int[] owners = [.. Enumerable.Range(0, numbers.Length).Select(Owner)];
            for (int value = 0; value < count; value++)
            {
                int[] places = [.. Enumerable.Range(0, numbers.Length).Where(place => owners[place] == value)];
                T[] own = [.. places.Select(place => numbers[place])], gradient = [.. places.Select(place => upstream[place])];
                T[] result = new T[own.Length];
                function.ForwardPerChannel(own, [own.Length], [values[value]], result);
                Place(places, result, forward);
                function.BackwardPerChannel(own, [own.Length], [values[value]], gradient, result, sums.AsSpan(value, 1));
                Place(places, result, backward);
            }

            ReadOnlyTensorSpan<T> shaped = new(values, parameter);
            function.Forward(x.Input, shaped, y.Output);
            AssertBits(forward, y, from(7), $"{what} forward");
            double[] gradients = new double[count];
            function.Backward(x.Input, shaped, dy.Input, y.Output, new TensorSpan<double>(gradients, parameter));
            AssertBits(backward, y, from(7), $"{what} backward");
            Assert.Equal(sums, gradients);
        }

        private int Owner(int place)
        {
            (nint left, nint owner, nint step) = (place, 0, 1);
            for (int dimension = lengths.Length - 1; dimension >= 0; dimension--)
            {
                int own = dimension - lengths.Length + parameter.Length;
                if (own >= 0 && parameter[own] != 1)
                {
                    owner += left % lengths[dimension] * step;
                    step *= parameter[own];
                }
                left /= lengths[dimension];
            }
            return (int)owner;
        }

        private static void Place<T>(int[] places, T[] from, T[] to)
        {
            for (int i = 0; i < places.Length; i++)
                to[places[i]] = from[i];
        }
    }
}
