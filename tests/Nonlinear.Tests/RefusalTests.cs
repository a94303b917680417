using System.Runtime.InteropServices;
using Nonlinear.Kernels;
using Nonlinear.Numerics;

namespace Nonlinear.Tests;

/// <summary>
/// What a call on spans is refused with: a sentence that names the thing, says what is wrong with it, and what would be right.
/// </summary>
public class RefusalTests
{
    private const string OtherSpan = "pass the same span or one that is apart.", SpanApart = "pass a span that is apart.";

    private delegate void Call();

    private static readonly (string Sentence, Call Call)[] All =
    [
        ("y has 5 elements; it must have 12.", () => Activation.Relu().Forward(Numbers(12), Numbers(5))),
        ($"y overlaps an input in part; {OtherSpan}", () => Shared((all, x) => Activation.Relu().Forward(x, all[1..13]))),
        ("shape has the negative size -3.", () => Activation.Softmax().Forward(Numbers(12), Numbers(12), [-3, -4], 1)),
        ("shape (3 × 5) does not have the 12 elements of the span.",
            () => Activation.Softmax().Forward(Numbers(12), Numbers(12), [3, 5], 1)),
        ("axis must be from -2 to 1 for a shape of 2 dimensions.", () => Activation.Softmax().Forward(Numbers(12), Numbers(12), [3, 4], 2)),
        ("axis must be from -2 to 1 for a shape of 2 dimensions.",
            () => Activation.Softmax().Forward(Numbers(12), Numbers(12), [3, 4], -3)),
        (
            "Int32 is no type that activations are computed on; there are float, double, Half and BFloat16.",
            () => Activation.Relu().Forward(new int[3], new int[3])),

        // Of functions along an axis.
        ("v has 3 elements; it must have 4.", () => Activation.Softmax().JacobianVectorProduct(Numbers(4), Numbers(3), Numbers(4))),
        ("jv has 5 elements; it must have 4.", () => Activation.Softmax().JacobianVectorProduct(Numbers(4), Numbers(4), Numbers(5))),
        (
            $"jv overlaps an input in part; {OtherSpan}",
            () => Shared((all, x) => Activation.Softmax().JacobianVectorProduct(x, Numbers(12), all[1..13]))),
        (
            $"jv overlaps an input in part; {OtherSpan}",
            () => Shared((all, v) => Activation.Softmax().JacobianVectorProduct(Numbers(12), v, all[1..13]))),
        ("dy has 3 elements; it must have 4.", () => Activation.Softmax().BackwardFromOutput(Numbers(4), Numbers(3), Numbers(4))),
        ("dx has 5 elements; it must have 4.", () => Activation.Softmax().BackwardFromOutput(Numbers(4), Numbers(4), Numbers(5))),
        (
            $"dx overlaps an input in part; {OtherSpan}",
            () => Shared((all, y) => Activation.Softmax().BackwardFromOutput(y, Numbers(12), all[1..13]))),
        (
            $"dx overlaps an input in part; {OtherSpan}",
            () => Shared((all, dy) => Activation.Softmax().BackwardFromOutput(Numbers(12), dy, all[1..13]))),
        ("jacobian has 8 elements; it must have 3 × 3.", () => Activation.Softmax().Jacobian(Numbers(3), Numbers(8))),
        ($"jacobian overlaps an input; {SpanApart}", () => Shared((all, _) => Activation.Softmax().Jacobian<double>(all[..3], all[..9]))),
        (
            "gumbel_softmax with hard=1 gives one-hot outputs, which do not tell its gradient; go back from the inputs (Backward).",
            () => ((AxisActivation)Activation.Parse("gumbel_softmax(hard=1)")).BackwardFromOutput(Numbers(3), Numbers(3), Numbers(3))),
        (
            "firstVector ('-1') must be a non-negative value.",
            () => Activation.Softmax().Forward(Numbers(4), Numbers(4), [1, 4], 1, firstVector: -1)),
        (
            "firstVector ('-1') must be a non-negative value.",
            () => Activation.Softmax().Backward(Numbers(4), Numbers(4), Numbers(4), [1, 4], 1, firstVector: -1)),

        // Of functions with another number of outputs.
        ("y has 12 elements; it must have 24.", () => Activation.Crelu().Forward(Numbers(12), Numbers(12), [3, 4], 1)),
        ($"y overlaps an input; {SpanApart}", () => Shared((all, x) => Activation.Crelu().Forward(x, all[..24]))),
        ($"y overlaps an input; {SpanApart}", () => Shared((all, x) => Activation.Crelu().Forward(x, all[..24], [3, 4], 1))),
        ($"dx overlaps an input; {SpanApart}", () => Shared((all, dx) => Activation.Crelu().Backward(Numbers(12), all[..24], dx))),
        (
            $"dx overlaps an input; {SpanApart}",
            () => Shared((all, dx) => Activation.Crelu().Backward(Numbers(12), all[..24], dx, [3, 4], 1))),
        (
            $"dx overlaps an input in part; {OtherSpan}",
            () => Shared((all, x) => Activation.Crelu().Backward(x, Numbers(24), all[1..13], [3, 4], 1))),
        ("dy has 12 elements; it must have 24.", () => Activation.Crelu().Backward(Numbers(12), Numbers(12), Numbers(12), [3, 4], 1)),
        ("dx has 13 elements; it must have 12.", () => Activation.Crelu().Backward(Numbers(12), Numbers(24), Numbers(13), [3, 4], 1)),
        ("maxout takes its inputs in groups of 5, and 12 is no multiple of it.",
            () => Activation.Maxout(5).Forward(Numbers(12), Numbers(2))),
        (
            "axis 1 has 3 channels, and that is no multiple of the 2 Pieces.",
            () => Activation.Maxout(2).Forward<double>(Numbers(12), Numbers(6), new int[6], [4, 3], 1)),
        (
            "winners has 5 elements; it must have 6.",
            () => Activation.Maxout(2).Forward<double>(Numbers(12), Numbers(6), new int[5], [3, 4], 1)),
        (
            $"winners overlaps an input; {SpanApart}",
            () => Shared((all, x) => Activation.Maxout(2).Forward(x, Numbers(6), Integers(all)[..6], [3, 4], 1))),
        (
            $"y overlaps an input; {SpanApart}",
            () => Shared((all, x) => Activation.Maxout(2).Forward(x, all[..6], new int[6], [3, 4], 1))),
        (
            "winners holds 2; it must hold numbers from 0 to 1.",
            () => Activation.Maxout(2).Backward<double>(Numbers(6), [0, 1, 0, 2, 0, 0], Numbers(12), [3, 4], 1)),
        (
            "winners holds -1; it must hold numbers from 0 to 1.",
            () => Activation.Maxout(2).Backward<double>(Numbers(6), [-1, 1, 0, 0, 0, 0], Numbers(12), [3, 4], 1)),
        (
            $"dx overlaps an input; {SpanApart}",
            () => Shared((all, dx) => Activation.Maxout(2).Backward(all[..6], new int[6], dx, [3, 4], 1))),
        (
            $"dx overlaps an input; {SpanApart}",
            () => Shared((all, dx) =>
            {
                dx.Clear();
                Activation.Maxout(2).Backward(Numbers(6), Integers(all)[..6], dx, [3, 4], 1);
            })),
        (
            "biases has 5 elements; it must have one for each of 2 Pieces and each output.",
            () => Activation.Maxout(2).ForwardAffine(Numbers(3), Numbers(12), Numbers(5), Numbers(2), new int[2])),
        (
            "biases has 0 elements; it must have one for each of 2 Pieces and each output.",
            () => Activation.Maxout(2).ForwardAffine(Numbers(3), Numbers(12), Numbers(0), Numbers(2), new int[2])),
        (
            "weights has 11 elements, and that is no multiple of the 4 biases.",
            () => Activation.Maxout(2).ForwardAffine(Numbers(3), Numbers(11), Numbers(4), Numbers(2), new int[2])),
        (
            "weights has 0 elements, and that is no multiple of the 4 biases.",
            () => Activation.Maxout(2).ForwardAffine(Numbers(3), Numbers(0), Numbers(4), Numbers(2), new int[2])),
        (
            "x has 4 elements, and that is no multiple of the 3 inputs that the weights take.",
            () => Activation.Maxout(2).ForwardAffine(Numbers(4), Numbers(12), Numbers(4), Numbers(2), new int[2])),
        (
            "axis 1 has 3 channels; swiglu takes a gate and a value for each output, an even number.",
            () => Swiglu.Forward(Numbers(12), Numbers(6), [4, 3], 1)),
        (
            "Which numbers are gates? Libraries differ, so swiglu does not guess: use swiglu(layout=gate_first), gate_last or interleaved, "
            + "or pass gates and values apart.",
            () => Activation.Swiglu().Forward(Numbers(12), Numbers(6))),
        ($"y overlaps an input; {SpanApart}", () => Shared((all, x) => Swiglu.Forward(x, all[..6], [3, 4], 1))),
        ($"y overlaps an input; {SpanApart}", () => Shared((all, x) => Swiglu.Forward(x, all[..6]))),
        ($"dx overlaps an input; {SpanApart}", () => Shared((all, dx) => Swiglu.Backward(Numbers(12), all[..6], dx, [3, 4], 1))),
        ($"dx overlaps an input; {SpanApart}", () => Shared((all, dx) => Swiglu.Backward(Numbers(12), all[..6], dx))),
        ($"dx overlaps an input in part; {OtherSpan}", () => Shared((all, x) => Swiglu.Backward(x, Numbers(6), all[1..13], [3, 4], 1))),
        ($"y overlaps an input in part; {OtherSpan}", () => Shared((all, gate) => Swiglu.Forward(gate, Numbers(12), all[1..13]))),
        ($"y overlaps an input in part; {OtherSpan}", () => Shared((all, value) => Swiglu.Forward(Numbers(12), value, all[1..13]))),
        (
            $"dvalue overlaps an input; {SpanApart}",
            () => Shared((all, same) => Swiglu.Backward(Numbers(12), Numbers(12), Numbers(12), same, all[..12]))),
        (
            $"dgate overlaps an input in part; {OtherSpan}",
            () => Shared((all, gate) => Swiglu.Backward(gate, Numbers(12), Numbers(12), all[1..13], Numbers(12)))),
        (
            $"dgate overlaps an input in part; {OtherSpan}",
            () => Shared((all, value) => Swiglu.Backward(Numbers(12), value, Numbers(12), all[1..13], Numbers(12)))),
        (
            $"dgate overlaps an input in part; {OtherSpan}",
            () => Shared((all, dy) => Swiglu.Backward(Numbers(12), Numbers(12), dy, all[1..13], Numbers(12)))),
        (
            $"dvalue overlaps an input in part; {OtherSpan}",
            () => Shared((all, gate) => Swiglu.Backward(gate, Numbers(12), Numbers(12), Numbers(12), all[1..13]))),
        (
            "valueBias has 4 elements; it must have 3.",
            () => Swiglu.ForwardWithBias<double>(Numbers(12), Numbers(3), Numbers(12), Numbers(4), Numbers(12))),
        (
            "gateBias has 5 values, one for each channel; they do not divide the 12 elements of x.",
            () => Swiglu.ForwardWithBias<double>(Numbers(12), Numbers(5), Numbers(12), Numbers(5), Numbers(12))),
        (
            $"y overlaps an input; {SpanApart}",
            () => Shared((all, y) => Swiglu.ForwardWithBias(Numbers(12), all[..3], Numbers(12), Numbers(3), y))),
        (
            $"y overlaps an input; {SpanApart}",
            () => Shared((all, y) => Swiglu.ForwardWithBias(Numbers(12), Numbers(3), Numbers(12), all[..3], y))),
        (
            $"y overlaps an input in part; {OtherSpan}",
            () => Shared((all, gate) => Swiglu.ForwardWithBias(gate, Numbers(3), Numbers(12), Numbers(3), all[1..13]))),
        (
            $"y overlaps an input in part; {OtherSpan}",
            () => Shared((all, value) => Swiglu.ForwardWithBias(Numbers(12), Numbers(3), value, Numbers(3), all[1..13]))),

        // Of what belongs to channels, of two outputs at once, and of gradients by parameters.
        (
            "parameter has 2 values; it must have one, or one for each of the 3 channels.",
            () => Activation.Prelu().ForwardPerChannel(Numbers(12), [2, 3, 2], Numbers(2), Numbers(12))),
        (
            "bias has 5 values, one for each channel; they do not divide the 12 elements of x.",
            () => Activation.Relu().ForwardWithBias(Numbers(12), Numbers(5), Numbers(12))),
        (
            $"derivative overlaps y; {SpanApart}",
            () => Shared((all, y) => Activation.Relu().ForwardWithDerivative(Numbers(12), y, all[..12]))),
        (
            $"gradient overlaps an input; {SpanApart}",
            () => Shared((all, x) => Activation.Swish().ParameterGradient<double>(x, Numbers(12), all[..1]))),
        (
            $"gradient overlaps an input; {SpanApart}",
            () => Shared((all, dy) => Activation.Swish().ParameterGradient<double>(Numbers(12), dy, all[..1]))),
        ("dy has 3 elements; it must have 4.", () => Activation.Swish().ParameterGradient<double>(Numbers(4), Numbers(3), Numbers(1))),

        // Of losses.
        (
            "logits has 7 elements; it must have as many, and at least one, for each of the 2 rows.",
            () => new CrossEntropy().Forward(Numbers(7), [0, 1], Numbers(2))),
        (
            "logits has 0 elements; it must have as many, and at least one, for each of the 2 rows.",
            () => new CrossEntropy().Forward(Numbers(0), [0, 1], Numbers(2))),
        (
            "logits has 7 elements; it must have as many, and at least one, for each of the 0 rows.",
            () => new CrossEntropy().Forward(Numbers(7), [], Numbers(0))),
        ("targets has 5 elements; it must have 6.", () => Soft(new(), Numbers(6), Numbers(5), Numbers(2))),
        ("losses has 3 elements; it must have 2.", () => new CrossEntropy().Forward(Numbers(6), [0, 1], Numbers(3))),
        ($"losses overlaps an input; {SpanApart}", () => Shared((all, logits) => new CrossEntropy().Forward(logits, [0, 1], all[..2]))),
        (
            $"losses overlaps an input; {SpanApart}",
            () => Shared((all, _) =>
            {
                all.Clear();
                new CrossEntropy().Forward(Numbers(6), Integers(all)[..2], all[..2]);
            })),
        (
            $"losses overlaps an input; {SpanApart}",
            () => Shared((all, _) =>
            {
                all.Clear();
                Soft(new(), Numbers(6), all[..6], all[..2]);
            })),
        (
            "dlogits has 5 elements; it must have 6.",
            () => new CrossEntropy().ForwardWithGradient(Numbers(6), [0, 1], Numbers(2), Numbers(5))),
        (
            $"dlogits overlaps an input in part; {OtherSpan}",
            () => Shared((all, logits) => new CrossEntropy().ForwardWithGradient(logits, [0, 1], Numbers(2), all[1..13]))),
        (
            $"dlogits overlaps an input; {SpanApart}",
            () => Shared((all, _) =>
            {
                all.Clear();
                new CrossEntropy().ForwardWithGradient(Numbers(6), Integers(all)[..2], Numbers(2), all[..6]);
            })),
        (
            $"dlogits overlaps an input; {SpanApart}",
            () => Shared((all, _) =>
            {
                all.Clear();
                new CrossEntropy().ForwardWithGradient(Numbers(6), new SoftTargets<double>(all[..6]), Numbers(2), all[..6]);
            })),
        (
            $"dlogits overlaps an input; {SpanApart}",
            () => Shared((all, _) => new CrossEntropy().ForwardWithGradient(Numbers(6), [0, 1], all[..2], all[..6]))),
        (
            "ClassWeights has 2 elements; it must have 3.",
            () => new CrossEntropy { ClassWeights = new double[] { 1, 2 } }.Forward(Numbers(6), [0, 1], Numbers(2))),
        (
            "The target of row 1 is 3; it must be from 0 to 2.",
            () => new CrossEntropy().Forward(Numbers(6), [0, 3], Numbers(2))),
        (
            "The target of row 1 for class 2 is 1.5; it must be from 0 to 1.",
            () => Soft(new(), Numbers(6), [0, 0, 1, 0, 0, 1.5], Numbers(2))),
        (
            "The target of row 0 for class 1 is -0.5; it must be from 0 to 1.",
            () => Soft(new(), Numbers(6), [0, -0.5, 1, 0, 0, 0], Numbers(2))),

        // Of what is no span.
        (
            $"Vectors of {VectorWidth.Current} doubles are in use already; {VectorWidth.Current + 1} cannot be chosen any more.",
            () => VectorWidth.Choose(VectorWidth.Current + 1)),
        (
            "A function has four parameters at most, counted from 0.",
            () => _ = new Parameters<DoubleLanes1<Unchecked>>(1)[4]),
    ];

    private delegate void OnSpans(Span<double> all, Span<double> first12);

    public static TheoryData<int, string> Sentences
    {
        get
        {
            TheoryData<int, string> rows = [];
            for (int i = 0; i < All.Length; i++)
                rows.Add(i, All[i].Sentence);
            return rows;
        }
    }

    private static GatedActivation Swiglu => Activation.Swiglu().WithLayout(GateLayout.GateFirst);

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_sentence_tells_what_is_wrong(int index, string sentence)
    {
        string told = Record.Exception(() => All[index].Call())?.Message ?? "nothing";
        // Behind it the framework tells the parameter's name, and its value.
        Assert.StartsWith(sentence, told.Split(" (Parameter '")[0], StringComparison.Ordinal);
        Assert.True(told.Length == sentence.Length || told[sentence.Length..].StartsWith(" (Parameter '", StringComparison.Ordinal), told);
    }

    private static double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => 0.5 * i)];

    // Memory that two spans of a call have in common.
    private static void Shared(OnSpans call)
    {
        double[] memory = Numbers(30);
        call(memory, memory.AsSpan(0, 12));
    }

    private static Span<int> Integers(Span<double> memory) => MemoryMarshal.Cast<double, int>(memory);

    private static void Soft(CrossEntropy loss, ReadOnlySpan<double> logits, ReadOnlySpan<double> targets, Span<double> losses) =>
        loss.Forward(logits, new SoftTargets<double>(targets), losses);
}
