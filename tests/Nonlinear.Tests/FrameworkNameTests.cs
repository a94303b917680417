using Nonlinear.Lab;
using Nonlinear.Names;

namespace Nonlinear.Tests;

/// <summary>What frameworks call functions: every spelling of the tables, against the formulas of the frameworks' documentation.</summary>
public class FrameworkNameTests
{
    // Arguments that have no say in which function it is.
    private static readonly string[] WithoutInfluence =
    [
        "inplace", "dim", "axis", "axes", "dtype", "device", "name", "threshold of softplus", "num_parameters", "eps of gumbel_softmax",
        "alpha_regularizer", "alpha_constraint", "shared_axes", "use_gelu_python", "use_gelu_tanh_python", "with_vector_loads",
    ];

    private static readonly double[] Points = [-7.5, -4.4, -2.7, -1.3, -0.6, -0.2, 0.3, 0.7, 1.4, 2.9, 5.6, 7.7];

    public static TheoryData<string> Frameworks { get; } = [.. Framework.All.Select(framework => framework.Id)];

    [Theory]
    [MemberData(nameof(Frameworks))]
    public void Every_spelling_agrees_with_the_frameworks_formula(string id)
    {
        List<string> faults = [];
        foreach (FrameworkFormula formula in FrameworkFormulas.Of(id))
        {
            if (Parse(formula.Call, faults) is not { } activation)
                continue;
            if (!Agrees(activation, formula))
                faults.Add($"{formula.Call} is {activation}, which has other values");
            string own = activation.ToString();
            faults.AddRange(OtherWaysToSay(id, formula.Call)
                .Where(other => Activation.TryParse(other, out Activation? parsed) ? parsed.ToString() != own : !IsUndecided(other))
                .Select(other => $"{other} is not {own}"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    // Bare names are ours, or the framework's, or undecided: never a third thing.
    [Theory]
    [MemberData(nameof(Frameworks))]
    public void A_spelling_without_its_path_is_ours_or_the_same_or_refused(string id)
    {
        List<string> faults = [];
        foreach (FrameworkFormula formula in FrameworkFormulas.Of(id))
        {
            string bare = WithoutPath(id, formula.Call);
            if (!Activation.TryParse(formula.Call, out Activation? own) || !Activation.TryParse(bare, out Activation? parsed)
                || parsed.Equals(own))
                continue;
            string head = bare.Split('(')[0].Trim();
            bool isOurs = Activation.TryParse(head, out Activation? ours) && ours.Info == parsed.Info;
            if (!isOurs)
                faults.Add($"{bare} is {parsed}, and {formula.Call} is {own}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public void Every_name_and_meaning_of_a_table_has_a_formula(string id)
    {
        FrameworkFormula[] formulas = [.. FrameworkFormulas.Of(id)];
        List<string> faults = [];
        foreach (FrameworkFunction function in Framework.All.Single(framework => framework.Id == id).Functions)
        {
            if (function.Meanings.Count == 0)
                continue;
            foreach (string name in function.Names)
            {
                if (!formulas.Any(formula => CallsIt(formula.Call, function, name)))
                    faults.Add($"{function.Prefixes[0]}{name} has no formula");
            }
            string[] read =
            [
                .. formulas.Where(formula => function.Names.Any(name => CallsIt(formula.Call, function, name)))
                    .Select(formula => CallReader.Read(function, Call.Read(Call.Plain(formula.Call), formula.Call, out _)!))
                    .Select(reading => reading.Function?.Name ?? reading.Problem),
            ];
            faults.AddRange(function.Meanings.Select(meaning => meaning.Function).Distinct()
                .Where(meaning => !read.Contains(meaning)).Select(meaning => $"{function.Name} has no formula for {meaning}"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_function_of_the_tables_is_in_the_catalogue()
    {
        IEnumerable<string> named = Framework.All.SelectMany(framework => framework.Functions).SelectMany(function => function.Meanings)
            .Concat(Framework.All.SelectMany(framework => framework.Compositions).Select(composition => composition.Meaning))
            .Select(meaning => meaning.Function);
        Assert.Empty(named.Distinct().Except(Catalog.All.Select(info => info.Name)));
    }

    [Fact]
    public void Parameters_of_the_tables_are_parameters_of_the_functions()
    {
        foreach (FrameworkMeaning meaning in Framework.All.SelectMany(framework => framework.Functions)
            .SelectMany(function => function.Meanings)
            .Concat(Framework.All.SelectMany(framework => framework.Compositions).Select(composition => composition.Meaning)))
        {
            if (Catalog.All.FirstOrDefault(info => info.Name == meaning.Function) is { } info)
                Assert.Empty(meaning.Parameters.Select(pair => pair.Key).Except(info.Parameters.Select(parameter => parameter.Name)));
        }
    }

    [Fact]
    public void Arguments_that_nothing_comes_of_are_known_to_have_no_influence()
    {
        IEnumerable<string> silent = Framework.All.SelectMany(framework => framework.Functions)
            .Where(function => function.Meanings.Count > 0)
            .SelectMany(function => function.Arguments.Skip(function.Tensors)
                .Where(argument => !function.Matters(argument))
                .SelectMany(argument => (string[])[argument.Name, $"{argument.Name} of {function.Names[0].ToLowerInvariant()}"])
                .Chunk(2)
                .Where(names => !names.Any(WithoutInfluence.Contains))
                .Select(names => $"{function.Name}: {names[0]}"));
        Assert.Empty(silent);
    }

    [Fact]
    public void A_table_says_of_each_function_what_it_is_or_why_it_is_none()
    {
        foreach (Framework framework in Framework.All)
        {
            Assert.NotEmpty(framework.Title + framework.Version);
            Assert.StartsWith("https://", framework.Source, StringComparison.Ordinal);
            Assert.All(
                framework.Functions, function => Assert.True(function.Meanings.Count > 0 || function.Reason.Length > 0, function.Name));
            Assert.Distinct(framework.Functions.SelectMany(function => function.Names.Select(name => function.Prefixes[0] + name)));
        }
        Assert.Distinct(Framework.All.SelectMany(framework => framework.Ids));
    }

    // What the frameworks' sources list: torch/nn/modules/activation.py, jax/nn/__init__.py, keras/src/activations/__init__.py,
    // transformers/activations.py, oneDNN's eltwise page, ONNX's operators with one input that are applied to activations.
    [Theory]
    [InlineData(
        "torch.nn.",
        "Threshold ReLU RReLU Hardtanh ReLU6 Sigmoid Hardsigmoid Tanh SiLU Mish Hardswish ELU CELU SELU GLU GELU Hardshrink LeakyReLU "
        + "LogSigmoid Softplus Softshrink MultiheadAttention PReLU Softsign Tanhshrink Softmin Softmax Softmax2d LogSoftmax")]
    [InlineData(
        "jax.nn.",
        "tanh celu elu gelu glu hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu log_sigmoid log_softmax logmeanexp logsumexp "
        + "standardize one_hot relu identity relu6 dot_product_attention get_scaled_dot_general_config scaled_dot_general scaled_matmul "
        + "selu sigmoid soft_sign softmax softplus sparse_plus sparse_sigmoid silu swish squareplus mish log1mexp")]
    [InlineData(
        "keras.activations.",
        "relu leaky_relu relu6 softmax celu elu selu softplus softsign squareplus soft_shrink sparse_plus silu gelu glu tanh tanh_shrink "
        + "threshold sigmoid sparse_sigmoid exponential hard_sigmoid hard_silu hard_tanh hard_shrink linear mish log_softmax log_sigmoid "
        + "sparsemax swish hard_swish")]
    [InlineData("keras.layers.", "Activation ELU LeakyReLU PReLU ReLU Softmax")]
    [InlineData(
        "keras.ops.",
        "relu relu6 sigmoid sparse_sigmoid softplus softsign soft_shrink sparse_plus silu squareplus log_sigmoid leaky_relu hard_sigmoid "
        + "hard_silu elu selu gelu celu glu tanh_shrink hard_tanh hard_shrink threshold softmax log_softmax sparsemax")]
    [InlineData(
        "",
        "gelu gelu_10 gelu_fast gelu_new gelu_python gelu_pytorch_tanh gelu_python_tanh gelu_accurate hardswish laplace leaky_relu linear "
        + "mish quick_gelu relu relu2 relu6 sigmoid silu sqrtsoftplus swish tanh prelu xielu")]
    [InlineData(
        "eltwise_",
        "relu tanh elu square abs sqrt linear soft_relu hardsigmoid logistic exp gelu_tanh swish log clip clip_v2 pow gelu_erf round mish "
        + "hardswish")]
    [InlineData(
        "",
        "Celu Clip Elu Gelu HardSigmoid HardSwish Hardmax LeakyRelu LogSoftmax Mish PRelu Relu Selu Shrink Sigmoid Softmax Softplus "
        + "Softsign SwiGLU Swish Tanh ThresholdedRelu")]
    [InlineData("tf.nn.", "crelu elu gelu leaky_relu log_softmax relu relu6 selu sigmoid silu softmax softplus softsign swish tanh")]
    public void Tables_have_everything_that_the_sources_of_the_frameworks_list(string path, string names)
    {
        HashSet<string> there =
        [
            .. Framework.All.SelectMany(framework => framework.Functions).Where(function => function.Prefixes[0] == path)
                .SelectMany(function => function.Names),
        ];
        Assert.Empty(names.Split(' ').Except(there));
    }

    [Theory]
    [InlineData("torch.nn.LeakyReLU(0.01)", "leaky_relu")]
    [InlineData("nn.GELU(approximate='tanh')", "gelu_tanh")]
    [InlineData("F.silu", "swish")]
    [InlineData("LeakyReLU(negative_slope=0.2)", "leaky_relu(alpha=0.2)")]
    [InlineData("ELU(1.0)", "elu")]
    [InlineData("keras.layers.LeakyReLU(negative_slope=0.3)", "leaky_relu(alpha=0.3)")]
    [InlineData("Swish (alpha = 1.5)", "swish(beta=1.5)")]
    [InlineData("Softmax(dim=1)", "softmax")]
    [InlineData("ReLU(inplace=True)", "relu")]
    [InlineData("swish(2)", "swish(beta=2)")]
    [InlineData("keras:leaky_relu", "leaky_relu(alpha=0.2)")]
    [InlineData("keras:LeakyReLU", "leaky_relu(alpha=0.3)")]
    [InlineData("jax:gelu", "gelu_tanh")]
    [InlineData("keras:gelu", "gelu")]
    [InlineData("keras.ops.gelu", "gelu_tanh")]
    [InlineData("hf:gelu_new", "gelu_tanh")]
    [InlineData("ACT2FN[\"gelu_new\"]", "gelu_tanh")]
    [InlineData("gelu_new", "gelu_tanh")]
    [InlineData("torch.nn.functional.leaky_relu(x, 0.2)", "leaky_relu(alpha=0.2)")]
    [InlineData("jax.nn.gelu(x, approximate=False)", "gelu")]
    [InlineData("gelu(x, approximate=True)", "gelu_tanh")]
    [InlineData("tf.nn.leaky_relu", "leaky_relu(alpha=0.2)")]
    [InlineData("nn.PReLU(num_parameters=8)", "prelu")]
    [InlineData("torch.nn.GELU().Fast", "gelu.Fast")]
    [InlineData("torch:PReLU(8)", "prelu")]
    [InlineData("TORCH.NN.ELU(ALPHA=2)", "elu(alpha=2)")]
    [InlineData("gelu(x,)", "gelu")]
    [InlineData("leaky_relu(1/3)", "leaky_relu(alpha=0.3333333333333333)")]
    [InlineData("maxout(3)", "maxout(pieces=3)")]
    public void What_people_paste_is_understood(string typed, string canonical) =>
        Assert.Equal(canonical, Activation.Parse(typed).ToString());

    [Theory]
    [InlineData("nn.gelu", "jax.nn.gelu", "mlx.nn.gelu", "say whose it is")]
    [InlineData("keras:leakyrelu", "alpha=0.2", "alpha=0.3", "say whose it is")]
    [InlineData("PReLU(8)", "prelu(alpha=8)", "torch.nn.PReLU(num_parameters=1", "write that which you mean")]
    [InlineData("relu(0.1)", "keras.activations.relu", "keras.layers.ReLU")]
    [InlineData("torch.nn.GELU(approximate='fast')", "approximate='none' or approximate='tanh'")]
    [InlineData("torch.nn.GELU(tanh=True)", "has no argument 'tanh'")]
    [InlineData("torch.nn.LeakyReLU(0.1, True, 3)", "one too many")]
    [InlineData("torch.nn.LeakyReLU(0.1, negative_slope=0.2)", "twice")]
    [InlineData("torch.nn.LeakyReLU(0.1, inplace=0.5)", "True or False")]
    [InlineData("torch.nn.Softmax(0.5)", "whole number")]
    [InlineData("candle:LeakyRelu", "has no default for negative_slope")]
    [InlineData("mb.leaky_relu(x)", "has no default for alpha")]
    [InlineData("F.prelu(x, self.weight)", "is a number here")]
    [InlineData("mlx.nn.LeakyReLU(2)", "another function")]
    [InlineData("jax.nn.softmax(x, where=mask)", "cannot be left out")]
    [InlineData("keras.layers.PReLU(alpha_initializer='ones')", "initial slopes")]
    [InlineData("torch.nn.Foo", "No activation function 'Foo' is known in PyTorch")]
    [InlineData("torch.nn.relie", "darknet.relie")]
    [InlineData("torch.nn.swishh", "is known in PyTorch")]
    [InlineData("foo.relu", "begins with no framework", "There is relu here")]
    [InlineData("foo:relu", "begins with no framework")]
    [InlineData("relu7", "no activation function 'relu7'", "There are: ")]
    public void What_is_not_decided_is_told_with_a_remedy(string typed, params string[] parts)
    {
        string message = Assert.Throws<FormatException>(() => Activation.Parse(typed)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_function_is_never_offered_for_another_that_frameworks_have()
    {
        string[] names = [.. Framework.All.SelectMany(framework => framework.Functions).SelectMany(function => function.Names).Distinct()];
        foreach (string name in names.Where(name => !Activation.TryParse(name, out _)))
            Assert.DoesNotContain(
                "Did you mean", Assert.ThrowsAny<Exception>(() => Activation.Parse(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spellings_have_the_actual_parameters_and_are_read_back()
    {
        IEnumerable<Activation> more =
        [
            Activation.LeakyRelu(0.2), Activation.Elu(0.5), Activation.Swish(2), Activation.Prelu(0.1), Activation.Prelu(0),
            Activation.Maxout(4), Activation.LeakyRelu(1e-7), Activation.LeakyRelu(-3.5),
        ];
        List<string> faults = [];
        foreach (Activation activation in Catalog.Defaults.Concat(more))
        {
            foreach (Spelling spelling in activation.Spellings)
            {
                Assert.NotEqual(spelling.Code.Length > 0, spelling.Remark.Length > 0);
                if (spelling.Code.Length == 0 || spelling.IsComposed)
                    continue;
                if (!Activation.TryParse(spelling.Code, out Activation? read) || !read.Equals(activation))
                    faults.Add($"{spelling.Framework}: {spelling.Code} is {read?.ToString() ?? "nothing"}, not {activation}");
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Contains(new("PyTorch", "torch.nn.LeakyReLU(negative_slope=0.2)"), Activation.LeakyRelu(0.2).Spellings);
        Assert.Contains(new("JAX", "jax.nn.gelu(x, approximate=False)"), Activation.Gelu().Spellings);
        Assert.Contains(new("PyTorch", "x * torch.sigmoid(2 * x)") { IsComposed = true }, Activation.Swish(2).Spellings);
        Assert.Contains(
            new("Keras", "") { Remark = "keras.layers.PReLU cannot have alpha = 0.25" }, Activation.Prelu().Spellings);
    }

    [Fact]
    public void Parsing_any_text_ends_in_an_activation_or_in_a_message()
    {
        string[] parts =
        [
            "torch", "nn", "keras", "onnx", "hf", "F", ".", ":", "::", "(", ")", "[", "]", ",", "=", "x", "0.2", "1/0", "-", "_", "gelu",
            "LeakyReLU", "swish", "alpha", "negative_slope", "approximate", "tanh", "'", " ", ".Fast", ".OnThreads(2)", "ACT2FN[", "1e999",
            "nan", "∞", "\0", "if", "None", "True", "ggml_", "eltwise_", "relu6", "/", "β",
        ];
        Random random = new(20);
        int understood = 0;
        for (int i = 0; i < 10_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            try
            {
                Activation activation = Activation.Parse(text);
                Assert.Equal(activation, Activation.Parse(activation.ToString()));
                understood++;
            }
            catch (Exception refused) when (refused is FormatException or ArgumentException)
            {
                Assert.NotEmpty(refused.Message);
            }
        }
        Assert.InRange(understood, 10, int.MaxValue);
    }

    // The call as a function; null, and a fault, if it is none.
    private static Activation? Parse(string call, List<string> faults)
    {
        try
        {
            return Activation.Parse(call);
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            faults.Add($"{call}: {refused.Message}");
            return null;
        }
    }

    private static bool Agrees(Activation activation, FrameworkFormula formula)
    {
        if (formula.Formula is null)
            return true;
        double[][] inputs = activation is ElementwiseActivation ? [.. Points.Select(x => (double[])[x])]
            : activation is GatedActivation ? [[0.3, -1.2, 9.5, 0.1, 2.4, -8.7]]
            : [[0.3, -1.2, 2.5, 0.1, 2.4]];
        foreach (double[] x in inputs)
        {
            double[] expected = formula.Formula(x), found = new double[expected.Length];
            if (expected.Any(double.IsNaN))
                continue;
            // Two tensors are one behind the other here.
            Gates.First(activation).Forward<double>(x, found);
            if (expected.Zip(found).Any(pair => !(Math.Abs(pair.First - pair.Second) <= formula.Tolerance * Math.Abs(pair.First) + 1e-15)))
                return false;
        }
        return true;
    }

    // The same call by the other paths to it, and with the framework before it where that is the first of its name.
    private static IEnumerable<string> OtherWaysToSay(string id, string call)
    {
        foreach (FrameworkFunction function in Framework.All.Single(framework => framework.Id == id).Functions)
        {
            foreach (string name in function.Names.Where(name => CallsIt(call, function, name)))
            {
                string rest = call[(Path(function).Length + name.Length)..];
                foreach (string prefix in function.Prefixes.Where(prefix => prefix.Length > 0))
                    yield return prefix + name + rest;
                if (NameIndex.At($"{id}:{name}") is [var first] && first == function)
                    yield return $"{id}:{name}{rest}";
            }
        }
    }

    // Several frameworks are imported as nn.
    private static bool IsUndecided(string call) =>
        Assert.ThrowsAny<Exception>(() => Activation.Parse(call)).Message.Contains("say whose it is", StringComparison.Ordinal);

    private static string WithoutPath(string id, string call)
    {
        FrameworkFunction function = Framework.All.Single(framework => framework.Id == id).Functions
            .First(function => function.Names.Any(name => CallsIt(call, function, name)));
        return call[Path(function).Length..];
    }

    private static bool CallsIt(string call, FrameworkFunction function, string name)
    {
        string full = Path(function) + name;
        return call.StartsWith(full, StringComparison.Ordinal)
            && (call.Length == full.Length || call[full.Length] is '(' or ' ');
    }

    private static string Path(FrameworkFunction function) =>
        function.Prefixes[0].Length > 0 ? function.Prefixes[0] : $"{function.Framework.Id}:";
}
