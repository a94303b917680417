using System.Text;

namespace Nonlinear.Attacks;

/// <summary>Damages models: bytes of their files, or the fields that they are made of. The same seed and number damage alike.</summary>
internal sealed class Mutator
{
    private const int MostChanges = 4, MostBytes = 4 << 20;

    // Where numbers turn: signs, widths, kinds of tensors, lengths that no memory holds.
    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 10, 11, 13, 16, 17, 19, 64, 100, 127, 128, 255, 256, 1000, 65535, 65536, 1 << 20, 1 << 24, int.MaxValue,
        (ulong)int.MaxValue + 1, uint.MaxValue, 1UL << 32, 1UL << 40, 1UL << 53, long.MaxValue, 1UL << 63, ulong.MaxValue,
        ulong.MaxValue - 1, ulong.MaxValue - 2, unchecked((ulong)int.MinValue),
    ];

    private static readonly float[] Floats =
    [
        0, -0f, 1, -1, 0.5f, 1e-45f, 1e38f, 6, 0.2f, 65504, 2147483648f, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
    ];

    private static readonly string[] Words =
    [
        "", "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Gelu",
        "FastGelu", "QuickGelu", "BiasGelu", "Mish", "Swish", "Softplus", "Softsign", "Shrink", "Clip", "Max", "Min", "Erf", "Where", "Exp",
        "Log", "Sqrt", "Pow", "Abs", "Reciprocal", "Sin", "Sign", "Floor", "Round", "Greater", "Less", "Equal", "Not", "And", "Add", "Sub",
        "Mul", "Div", "Neg", "Identity", "Cast", "CastLike", "Dropout", "QuantizeLinear", "DequantizeLinear", "Sum", "Mean", "Softmax",
        "LogSoftmax", "LSTM", "GRU", "RNN", "Conv", "ConvTranspose", "Gemm", "MatMul", "Transpose", "Reshape", "Squeeze", "Unsqueeze",
        "Flatten", "Concat", "Split", "Slice", "Gather", "Expand", "Tile", "Pad", "ReduceMean", "ReduceSum", "ArgMax", "TopK", "If", "Loop",
        "Scan", "Constant", "ConstantOfShape", "Shape", "Size", "Range", "NonZero", "SequenceConstruct", "SequenceAt", "Optional",
        "BatchNormalization", "LayerNormalization", "InstanceNormalization", "MaxPool", "GlobalAveragePool", "Resize", "OneHot", "Einsum",
        "RandomNormal", "RandomUniformLike", "Bernoulli", "FusedConv", "FusedGemm", "Attention", "QLinearConv", "QLinearSigmoid",
        "com.microsoft", "ai.onnx", "ai.onnx.ml", "own", "nonlinear", "axis", "axes", "alpha", "value", "value_float", "perm", "body",
        "then_branch", "to", "mode", "activations", "min", "max", "location", "offset", "length", "../outside.data", "/etc/hostname",
        "sub/../../outside.data", "folder", "out/hostname", "link.data", "m.data", "-1", "99999999999999999999", "x", "y", "h",
        "\u001b[2J", "\n", "%s%n", "\0", "名",
    ];

    private readonly Random _random;
    private readonly IReadOnlyList<Seed> _seeds;

    private Mutator(IReadOnlyList<Seed> seeds, Random random) => (_seeds, _random) = (seeds, random);

    /// <summary>The damaged model of a number, and the seed that it came from.</summary>
    public static (Seed Seed, byte[] Bytes) Make(IReadOnlyList<Seed> seeds, int seed, long number)
    {
        Random random = new(unchecked((seed * 1_000_003) + (int)(number * 2_654_435_761L)));
        Mutator mutator = new(seeds, random);
        // Large models take long, and what can be wrong with them can be wrong with small ones.
        Seed of = seeds[random.Next(seeds.Count)];
        if (of.IsLarge && random.Next(8) > 0)
            of = seeds[random.Next(seeds.Count)];
        return (of, mutator.Damage(of));
    }

    private byte[] Damage(Seed of)
    {
        int changes = 1 + _random.Next(MostChanges);
        if (_random.Next(5) == 0)
        {
            byte[] bytes = of.Bytes;
            for (int i = 0; i < changes; i++)
                bytes = DamageBytes(bytes);
            return bytes;
        }
        WireMessage model = of.Parsed.Copy();
        for (int i = 0; i < changes; i++)
            DamageFields(model);
        byte[] damaged = model.ToBytes();
        return _random.Next(20) == 0 ? DamageBytes(damaged) : damaged.Length > MostBytes ? damaged[..MostBytes] : damaged;
    }

    private byte[] DamageBytes(byte[] bytes)
    {
        if (bytes.Length == 0)
            return [(byte)_random.Next(256)];
        int at = _random.Next(bytes.Length), length = Math.Min(1 + _random.Next(16), bytes.Length - at);
        byte[] some = new byte[length];
        switch (_random.Next(8))
        {
            case 0:
                some = [(byte)(bytes[at] ^ (1 << _random.Next(8)))];
                return [.. bytes[..at], .. some, .. bytes[(at + 1)..]];
            case 1:
                some = [(byte)_random.Next(256)];
                return [.. bytes[..at], .. some, .. bytes[(at + 1)..]];
            case 2:
                return bytes[..at];
            case 3:
                _random.NextBytes(some);
                return [.. bytes[..at], .. some, .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 6:
                // A number or a length that does not end, or is huge.
                Array.Fill(some, (byte)0xFF);
                return [.. bytes[..at], .. some, .. bytes[(at + length)..]];
            default:
                byte[] other = Any(_seeds).Bytes;
                return [.. bytes[..at], .. other[_random.Next(other.Length)..]];
        }
    }

    private void DamageFields(WireMessage model)
    {
        WireMessage[] messages = [.. model.All.Where(message => message.Fields.Count > 0)];
        if (messages.Length == 0)
            return;
        WireMessage message = Any(messages);
        int place = _random.Next(message.Fields.Count);
        WireField field = message.Fields[place];
        switch (_random.Next(16))
        {
            case 0:
                message.Fields.RemoveAt(place);
                break;
            case 1:
                message.Fields.Insert(place, field.Copy());
                break;
            case 2:
                // As often as a count can make it without filling the disk.
                int times = field.Message is null && _random.Next(20) == 0 ? 1000 : 1 + _random.Next(8);
                message.Fields.AddRange(Enumerable.Range(0, times).Select(_ => field.Copy()));
                break;
            case 3:
                int other = _random.Next(message.Fields.Count);
                (message.Fields[place], message.Fields[other]) = (message.Fields[other], field);
                break;
            case 4:
                field.Number = 1 + _random.Next(30);
                break;
            case 5:
                // From another model, or from elsewhere in this one.
                WireMessage[] kin = [.. (_random.Next(2) == 0 ? model : Any(_seeds).Parsed).All.Where(candidate =>
                    candidate.Kind == message.Kind && candidate.Fields.Count > 0)];
                if (kin.Length > 0)
                    message.Fields.Insert(place, Any(Any(kin).Fields).Copy());
                break;
            case 6:
                Nest(model);
                break;
            case 7:
                Type(message);
                break;
            case 8:
                Rewire(model);
                break;
            default:
                Change(model, field);
                break;
        }
    }

    private void Change(WireMessage model, WireField field)
    {
        if (field.Message is not null)
        {
            // A message in the place of another of its kind.
            WireMessage[] kin = [.. model.All.Concat(Any(_seeds).Parsed.All).Where(other => other.Kind == field.Message.Kind)];
            field.Message = Any(kin).Copy();
        }
        else if (field.Type == 0)
            field.Value = _random.Next(3) == 0 ? field.Value + (ulong)_random.Next(-2, 3) : Any(Numbers);
        else if (field.Type == 5)
            field.Data = BitConverter.GetBytes(_random.Next(3) == 0 ? (float)(_random.NextDouble() * 20) - 10 : Any(Floats));
        else if (field.Type == 2 && field.Data.Length > 0 && _random.Next(3) == 0)
            field.Data = DamageBytes(field.Data);
        else if (field.Type == 2)
            field.Data = Text(model);
        else
            _random.NextBytes(field.Data);
    }

    // A name that the model has elsewhere makes circles, doubles and types that do not fit.
    private byte[] Text(WireMessage model)
    {
        if (_random.Next(2) == 0)
            return Encoding.UTF8.GetBytes(_random.Next(200) == 0 ? new string('a', 100_000) : Any(Words));
        WireField[] texts = [.. model.All.SelectMany(message => message.Fields)
            .Where(field => field is { Type: 2, Message: null, Data.Length: < 100 })];
        return texts.Length == 0 ? [] : [.. Any(texts).Data];
    }

    // A node that takes, or makes, what another does.
    private void Rewire(WireMessage model)
    {
        WireField[] ends = [.. model.All.Where(message => message.Kind == "Node").SelectMany(node => node.Fields)
            .Where(field => field is { Number: 1 or 2, Type: 2, Message: null })];
        if (ends.Length > 1)
            Any(ends).Data = [.. Any(ends).Data];
    }

    private void Type(WireMessage message)
    {
        foreach (WireField field in message.Fields.Where(field => field.Type == 0 && field.Number is 1 or 2 or 14 or 20))
            field.Value = (ulong)_random.Next(27);
    }

    // The model's graph within itself, as the body of one of its nodes, some times over.
    private void Nest(WireMessage model)
    {
        WireField? graph = model.Fields.FirstOrDefault(field => field.Message?.Kind == "Graph");
        if (graph is null || model.All.Take(500).Count() == 500)
            return;
        WireMessage whole = graph.Message!.Copy();
        int depth = 1 + (_random.Next(10) == 0 ? _random.Next(40) : _random.Next(3));
        for (int i = 0; i < depth; i++)
        {
            WireMessage outer = whole.Copy();
            if (outer.Fields.FirstOrDefault(field => field.Message?.Kind == "Node")?.Message is not { } node)
                return;
            byte[] attribute = [0x0A, 4, .. "body"u8, 0xA0, 1, 5];
            WireMessage body = WireMessage.Parse(attribute, "Attribute")!;
            body.Fields.Add(new(6, 2) { Message = graph.Message });
            node.Fields.Add(new(5, 2) { Message = body });
            graph.Message = outer;
        }
    }

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
