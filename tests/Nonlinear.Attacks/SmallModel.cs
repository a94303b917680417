using Google.Protobuf;
using Nonlinear.Lab.Onnx;
using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;
using Kind = Onnx.AttributeProto.Types.AttributeType;

namespace Nonlinear.Attacks;

/// <summary>A model, or the body of a node, written down in few words: names of tensors stand in texts, with blanks between.</summary>
/// <param name="version">The version of ONNX's operators.</param>
internal sealed class SmallModel(int version = 18)
{
    private readonly List<FunctionProto> _functions = [];
    private readonly List<OperatorSetIdProto> _versions = [];

    /// <summary>The graph so far.</summary>
    public GraphProto Graph { get; } = new() { Name = "g" };

    /// <summary>Adds an input of floats; a text names an axis of any extent.</summary>
    public SmallModel Input(string name, params object[] axes) => Input(name, DataType.Float, axes);

    /// <summary>Adds an input; a text names an axis of any extent.</summary>
    public SmallModel Input(string name, DataType type, params object[] axes)
    {
        ValueInfoProto input = Typed(name, type);
        input.Type.TensorType.Shape = new();
        input.Type.TensorType.Shape.Dim.Add(axes.Select(axis => axis is int extent
            ? new TensorShapeProto.Types.Dimension { DimValue = extent }
            : new TensorShapeProto.Types.Dimension { DimParam = (string)axis }));
        Graph.Input.Add(input);
        return this;
    }

    /// <summary>Adds outputs whose types the runtime finds.</summary>
    public SmallModel Output(string names)
    {
        Graph.Output.Add(names.Split(' ').Select(name => new ValueInfoProto { Name = name }));
        return this;
    }

    /// <summary>Adds an output with its type, which bodies of loops must declare.</summary>
    public SmallModel Output(string name, DataType type)
    {
        Graph.Output.Add(Typed(name, type));
        return this;
    }

    /// <summary>Adds a constant single number.</summary>
    public SmallModel Number(string name, float value) => Constant(Tensor(name, [value]));

    /// <summary>Adds a constant of floats.</summary>
    public SmallModel Floats(string name, float[] values, params long[] shape) => Constant(Tensor(name, values, shape));

    /// <summary>Adds a constant of whole numbers.</summary>
    public SmallModel Wholes(string name, params long[] values) =>
        Constant(new() { Name = name, DataType = (int)DataType.Int64, Dims = { values.Length }, Int64Data = { values } });

    /// <summary>Adds a constant.</summary>
    public SmallModel Constant(TensorProto tensor)
    {
        Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>Adds a node; an operator of another domain is written as domain:operator, an input that is left out as a dash.</summary>
    public SmallModel Node(string operation, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        Graph.Node.Add(NodeOf(operation, inputs, outputs, attributes));
        return this;
    }

    /// <summary>Adds a function of the model, with the nodes of a graph.</summary>
    public SmallModel Function(string name, string inputs, string outputs, SmallModel body, params AttributeProto[] defaults)
    {
        FunctionProto function = new()
        {
            Name = name,
            Domain = "own",
            OpsetImport = { new OperatorSetIdProto { Version = body.Version }, new OperatorSetIdProto { Domain = "own", Version = 1 } },
        };
        function.Input.Add(inputs.Split(' '));
        function.Output.Add(outputs.Split(' '));
        function.Node.Add(body.Graph.Node);
        function.AttributeProto.Add(defaults);
        foreach (string attribute in body.Graph.Node.SelectMany(node => node.Attribute).Select(attribute => attribute.RefAttrName)
            .Where(attribute => attribute.Length > 0 && defaults.All(usual => usual.Name != attribute)).Distinct())
            function.Attribute.Add(attribute);
        _functions.Add(function);
        return Domain("own");
    }

    /// <summary>Lets the model use another domain.</summary>
    public SmallModel Domain(string domain, long ofVersion = 1)
    {
        if (_versions.All(known => known.Domain != domain))
            _versions.Add(new() { Domain = domain, Version = ofVersion });
        return this;
    }

    /// <summary>The model.</summary>
    public ModelProto ToModel()
    {
        ModelProto model = OnnxModel.Of(Graph, version);
        model.OpsetImport.Add(_versions);
        model.Functions.Add(_functions);
        return model;
    }

    /// <summary>The model as a file holds it.</summary>
    public byte[] ToBytes() => ToModel().ToByteArray();

    /// <summary>Floats as a constant; without a shape as many as there are, or a single number of rank 0.</summary>
    public static TensorProto Tensor(string name, float[] values, params long[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Float, FloatData = { values } };
        tensor.Dims.Add(shape.Length > 0 || values.Length == 1 ? shape : [values.Length]);
        return tensor;
    }

    /// <summary>An attribute.</summary>
    public static AttributeProto Attribute(string name, object value) => value switch
    {
        int number => new() { Name = name, Type = Kind.Int, I = number },
        long number => new() { Name = name, Type = Kind.Int, I = number },
        float number => new() { Name = name, Type = Kind.Float, F = number },
        string text => new() { Name = name, Type = Kind.String, S = ByteString.CopyFromUtf8(text) },
        long[] numbers => new() { Name = name, Type = Kind.Ints, Ints = { numbers } },
        float[] numbers => new() { Name = name, Type = Kind.Floats, Floats = { numbers } },
        TensorProto tensor => new() { Name = name, Type = Kind.Tensor, T = tensor },
        SmallModel body => new() { Name = name, Type = Kind.Graph, G = body.Graph },
        Reference reference => new() { Name = name, Type = reference.Type, RefAttrName = reference.To },
        _ => throw new ArgumentException($"'{value}' is nothing that an attribute holds.", nameof(value)),
    };

    private int Version => version;

    private static ValueInfoProto Typed(string name, DataType type) =>
        new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type } } };

    private NodeProto NodeOf(string operation, string inputs, string outputs, (string Name, object Value)[] attributes)
    {
        string[] parts = operation.Split(':');
        NodeProto node = new() { OpType = parts[^1], Domain = parts.Length > 1 ? parts[0] : "", Name = outputs.Split(' ')[0] };
        node.Input.Add(inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name == "-" ? "" : name));
        node.Output.Add(outputs.Split(' ').Select(name => name == "-" ? "" : name));
        node.Attribute.Add(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        if (parts.Length > 1)
            Domain(parts[0]);
        return node;
    }

    /// <summary>The attribute of a function, whose value whoever calls it says.</summary>
    internal sealed record Reference(string To, Kind Type);
}
