namespace Nonlinear.Lab.Guide.Pages;

/// <summary>What the tables of names remark about frameworks' functions, which they do in English, for pages in both languages.</summary>
internal static class FrameworkRemarks
{
    private static readonly Dictionary<string, string> Chinese = new()
    {
        ["0.1, a fourth default"] = "0.1，第四种默认值",
        ["0.2 x + 0.5 up to Keras 2"] = "Keras 2 及以前为 0.2 x + 0.5",
        ["its page says 0.2 x + 0.5, its code x/6 + 0.5"] = "文档写作 0.2 x + 0.5，代码却是 x/6 + 0.5",
        ["0.2, where PyTorch, JAX and Keras have 1/6"] = "0.2，而 PyTorch、JAX 与 Keras 为 1/6",
        ["0.2, where the layer has 0.3"] = "0.2，而层的默认值为 0.3",
        ["0.3, where the function has 0.2"] = "0.3，而函数的默认值为 0.2",
        ["a layer with weights"] = "带权重的层",
        ["a soft shrink by default, where ONNX has a hard one"] = "默认为软收缩，而 ONNX 为硬收缩",
        ["exact by default"] = "默认为精确形式",
        ["exact by default, unlike keras.ops.gelu"] = "默认为精确形式，与 keras.ops.gelu 不同",
        ["ggml.h calls the half that is not activated the gate"] = "ggml.h 把未经激活的一半称为门",
        ["init is what the slopes begin at; num_parameters is how many there are"] = "init 为斜率的初值，num_parameters 为斜率的个数",
        ["it begins at 0, and every element has a slope of its own"] = "初值为 0，每个元素各有一个斜率",
        ["its alpha_n and alpha_p go through a softplus first; give xielu(alpha_p=…, alpha_n=…) what comes out of it"] =
            "其 alpha_n 与 alpha_p 先经过 softplus；请把 softplus 的结果交给 xielu(alpha_p=…, alpha_n=…)",
        ["max(x, α), a bound on one side"] = "即 max(x, α)，仅一侧有界",
        ["since 20; exact by default"] = "自版本 20 起；默认为精确形式",
        ["since 28; A is the gate"] = "自版本 28 起；A 为门",
        ["the slopes are an input"] = "斜率是一个输入",
        ["the tanh form by default"] = "默认为 tanh 形式",
        ["the tanh form by default, unlike keras.activations.gelu"] = "默认为 tanh 形式，与 keras.activations.gelu 不同",
        ["the tanh form, over a table of float16 on processors"] = "tanh 形式，在处理器上查 float16 表",
        ["the tanh form, where Activation::Gelu is exact"] = "tanh 形式，而 Activation::Gelu 为精确形式",
        ["where beta * x exceeds threshold, PyTorch returns x: an approximation"] = "当 beta * x 超过 threshold 时 PyTorch 返回 x，属近似",
        ["which function gates is an argument of its own; reglu, geglu, swiglu and the others name it"] =
            "由哪个函数作门是单独的参数；reglu、geglu、swiglu 等各以其名指明",
        ["with 1.6732 and 1.0507, of the paper's constants"] = "取论文常数的 1.6732 与 1.0507",
        ["with 1.67326 and 1.0507, of the paper's constants"] = "取论文常数的 1.67326 与 1.0507",
    };

    /// <summary>A remark in both languages; in English alone until somebody has said it in Chinese, which a test asks for.</summary>
    public static Text Of(string english) => new(english, Chinese.GetValueOrDefault(english, english));
}
