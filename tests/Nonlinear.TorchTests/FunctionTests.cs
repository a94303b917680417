using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Tests;

/// <summary>Values and first gradients: the bits of spans, and next to torch's own.</summary>
[Collection(nameof(LoadedTorch))]
public class FunctionTests
{
    // Torch's double is the measure of our float, where the formula that it uses keeps its digits: its slope of the hard sigmoid has a
    // sixth as a float.
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Torchs = new()
    {
        ["sigmoid"] = nn.functional.sigmoid,
        ["tanh"] = x => nn.functional.tanh(x),
        ["swish"] = x => nn.functional.silu(x),
        ["mish"] = x => nn.functional.mish(x),
        ["relu"] = x => nn.functional.relu(x),
        ["leaky_relu"] = x => nn.functional.leaky_relu(x, 0.01),
        ["elu"] = x => nn.functional.elu(x, 1),
        ["celu"] = x => nn.functional.celu(x, 1),
        ["selu"] = x => nn.functional.selu(x),
        ["gelu"] = x => nn.functional.gelu(x),
        ["gelu_tanh"] = x => nn.functional.gelu(x, GELU.Approximate.tanh, false),
        ["softplus"] = x => nn.functional.softplus(x, 1, 40),
        ["log_sigmoid"] = nn.functional.logsigmoid,
        ["softsign"] = x => nn.functional.softsign(x),
        ["relu6"] = x => nn.functional.relu6(x),
        ["hard_swish"] = x => nn.functional.hardswish(x),
    };

    public FunctionTests(LoadedTorch torch) => torch.Require();

    public static TheoryData<string> OfTorch => [.. Torchs.Keys];

    [Fact]
    public void All_functions_of_one_number_have_the_bits_of_spans_in_every_type_and_tier()
    {
        foreach (ElementwiseActivation function in Catalog.Defaults.OfType<ElementwiseActivation>())
        {
            Same<float>(function, ScalarType.Float32);
            Same<float>(function.Fast, ScalarType.Float32);
            Same<double>(function, ScalarType.Float64);
            Same<Half>(function, ScalarType.Float16);
            Same<BFloat16>(function, ScalarType.BFloat16);
        }

        static void Same<T>(ElementwiseActivation function, ScalarType type)
            where T : unmanaged
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = Samples(type, 41, 5), dy = Samples(type, 41, 5);
            x.requires_grad_(true);
            Tensor y = function.Forward(x);
            y.backward([dy]);
            T[] expected = new T[x.numel()], gradient = new T[x.numel()];
            function.Forward<T>(Numbers<T>(x), expected);
            function.Backward<T>(Numbers<T>(x), Numbers<T>(dy), gradient);
            Assert.Equal((x.dtype, "41,5"), (y.dtype, string.Join(',', y.shape)));
            Assert.Equal(Bytes(expected), Bytes(Numbers<T>(y)));
            Assert.Equal(Bytes(gradient), Bytes(Numbers<T>(x.grad!)));
        }
    }

    [Theory]
    [MemberData(nameof(OfTorch))]
    public void A_function_of_torch_has_the_values_and_gradients_of_torch(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor ours = Samples(ScalarType.Float32, 300, 7).clamp(-4, 4), theirs = ours.to(ScalarType.Float64);
        Tensor dy = Samples(ScalarType.Float32, 300, 7);
        ours.requires_grad_(true);
        theirs.requires_grad_(true);
        Tensor y = ((ElementwiseActivation)Activation.Parse(name)).Forward(ours), theirY = Torchs[name](theirs);
        y.backward([dy]);
        theirY.backward([dy.to(ScalarType.Float64)]);
        Near(theirY, y);
        Near(theirs.grad!, ours.grad!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Softmax_along_a_dimension_has_the_values_and_gradients_of_torch(long dimension)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor ours = Samples(ScalarType.Float32, 6, 9, 11).transpose(0, 2), theirs = ours.to(ScalarType.Float64);
        Tensor dy = Samples(ScalarType.Float32, 11, 9, 6);
        ours.requires_grad_(true);
        theirs.requires_grad_(true);
        (AxisActivation Function, Func<Tensor, Tensor> Torchs)[] functions =
        [
            (Activation.Softmax(), x => nn.functional.softmax(x, dimension)),
            (Activation.LogSoftmax(), x => nn.functional.log_softmax(x, dimension)),
            (Activation.Softmin(), x => nn.functional.softmin(x, dimension)),
        ];
        foreach ((AxisActivation function, Func<Tensor, Tensor> torchs) in functions)
        {
            Tensor y = function.Forward(ours, dimension), theirY = torchs(theirs);
            Near(theirY, y);
            Near(
                autograd.grad([theirY], [theirs], [dy.to(ScalarType.Float64)])[0], autograd.grad([y], [ours], [dy])[0]);
        }
    }

    [Fact]
    public void A_gated_unit_has_the_values_and_gradients_of_torch()
    {
        using DisposeScope scope = NewDisposeScope();
        // Torch's GLU has the value in front of the gate.
        Tensor both = Samples(ScalarType.Float32, 30, 16), theirs = both.to(ScalarType.Float64), dy = Samples(ScalarType.Float32, 30, 8);
        both.requires_grad_(true);
        theirs.requires_grad_(true);
        Tensor[] halves = both.chunk(2, 1);
        Tensor y = Activation.Glu().Forward(gate: halves[1], value: halves[0]), theirY = nn.functional.glu(theirs, 1);
        y.backward([dy]);
        theirY.backward([dy.to(ScalarType.Float64)]);
        Near(theirY, y);
        Near(theirs.grad!, both.grad!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_learned_slope_has_the_values_and_gradients_of_torch(long channels)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor ours = Samples(ScalarType.Float32, 4, 5, 6, 3).contiguous(), theirs = ours.to(ScalarType.Float64);
        Tensor slopes = linspace(-0.5, 1.5, channels), theirSlopes = slopes.to(ScalarType.Float64);
        Tensor dy = Samples(ScalarType.Float32, 4, 5, 6, 3);
        foreach (Tensor learned in (Tensor[])[ours, theirs, slopes, theirSlopes])
            learned.requires_grad_(true);
        Tensor y = Activation.Prelu().Forward(ours, slopes), theirY = nn.functional.prelu(theirs, theirSlopes);
        y.backward([dy]);
        theirY.backward([dy.to(ScalarType.Float64)]);
        Near(theirY, y);
        Near(theirs.grad!, ours.grad!);
        Near(theirSlopes.grad!, slopes.grad!);
    }

    [Fact]
    public void Whatever_the_order_in_memory_results_are_the_same_and_lie_as_torchs()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor dense = Samples(ScalarType.Float32, 3, 4, 5, 6);
        Tensor[] laid =
        [
            dense.transpose(0, 3), dense.permute(2, 0, 3, 1), dense.contiguous().to(ScalarType.Float32).permute(0, 2, 3, 1).contiguous()
                .permute(0, 3, 1, 2),
            dense.narrow(1, 1, 2), dense.narrow(3, 2, 3).transpose(1, 3), dense.narrow(0, 1, 1).expand(7, 4, 5, 6), dense[2],
            dense.narrow(0, 0, 0), tensor(-5.5f),
        ];
        Activation[] functions = [Activation.Gelu(), Activation.Softmax(), Activation.Swiglu()];
        foreach (Tensor layout in laid)
        {
            foreach (Activation function in functions)
            {
                if (function is AxisActivation && layout.dim() == 0)
                    continue;
                Tensor strange = layout.detach().requires_grad_(true), plain = layout.detach().contiguous().clone().requires_grad_(true);
                Tensor y = Of(function, strange), expected = Of(function, plain);
                Assert.Equal(expected.shape, y.shape);
                Assert.Equal(Bytes(Numbers<float>(expected)), Bytes(Numbers<float>(y)));
                if (function is ElementwiseActivation)
                    Assert.Equal(nn.functional.gelu(strange).stride(), y.stride());
                // The gradient of a sum is one number, repeated by a stride of 0.
                y.sum().backward();
                expected.sum().backward();
                Assert.Equal(Bytes(Numbers<float>(plain.grad!)), Bytes(Numbers<float>(strange.grad!)));
            }
        }

        static Tensor Of(Activation function, Tensor x) => function switch
        {
            ElementwiseActivation elementwise => elementwise.Forward(x),
            AxisActivation along => along.Forward(x, 0),
            _ => ((GatedActivation)function).Forward(x, x.flip(0)),
        };
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        using DisposeScope scope = NewDisposeScope();
        ElementwiseActivation gelu = Activation.Gelu();
        Tensor x = zeros(2, 3);
        Assert.Contains("Int64", Assert.Throws<NotSupportedException>(() => gelu.Forward(arange(3))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "x.cpu()", Assert.Throws<NotSupportedException>(() => gelu.Forward(x.to_sparse())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("x", () => gelu.Forward((Tensor)null!));
        Assert.Throws<ArgumentOutOfRangeException>("dimension", () => Activation.Softmax().Forward(x, 2));
        Assert.Throws<ArgumentException>("value", () => Activation.Glu().Forward(x, zeros(3, 2)));
        Assert.Throws<ArgumentException>("value", () => Activation.Glu().Forward(x, zeros(2, 3, ScalarType.Float64)));
        Assert.Throws<ArgumentException>("parameter", () => Activation.Prelu().Forward(x, zeros(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Prelu().Forward(x, full(3, double.NaN)));
        Assert.Throws<NotSupportedException>(() => gelu.Forward(x, zeros(1)));
    }

    private static Tensor Samples(ScalarType type, params long[] shape) => (3 * randn(shape)).to(type);

    private static T[] Numbers<T>(Tensor tensor)
        where T : unmanaged
    {
        using Tensor contiguous = tensor.detach().contiguous();
        return MemoryMarshal.Cast<byte, T>(contiguous.bytes).ToArray();
    }

    private static byte[] Bytes<T>(T[] numbers)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(numbers).ToArray();

    // Half a unit in the last place of the float, and what torch's double itself may be off by where it cancels.
    private static void Near(Tensor theirs, Tensor ours)
    {
        double[] expected = Numbers<double>(theirs);
        float[] actual = Numbers<float>(ours);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            double unit = Math.Max(MathF.BitIncrement(Math.Abs(actual[i])) - Math.Abs(actual[i]), float.Epsilon);
            Assert.True(
                Math.Abs(actual[i] - expected[i]) <= (0.501 * unit) + 2e-15, $"{i}: torch has {expected[i]:R}, here it is {actual[i]:R}");
        }
    }
}
