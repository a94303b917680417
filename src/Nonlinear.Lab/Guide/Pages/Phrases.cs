using Nonlinear.Lab.Guide.Claims;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>Every word of the pages that does not come from the catalogue or a measurement.</summary>
internal static class Phrases
{
    public static readonly Text GuideTitle = new("Activation functions, measured", "激活函数实测指南");
    public static readonly Text Lead = new(
        "What each function of the catalogue is, how it behaves, when to use it, and what common statements about it come to. "
        + "Every number on these pages was computed by the library when they were written.",
        "目录中每个函数是什么、有何性质、何时使用,以及关于它的常见说法是否成立。这些页面上的每个数字都由本库在写出页面时算得。");
    public static readonly Text Functions = new("Functions", "函数");
    public static readonly Text Explorer = new("Explorer", "探索器");
    public static readonly Text ExploreIt = new("{0} in the explorer: drag and compare", "在探索器中打开 {0}：拖动与比较");
    public static readonly Text Overview = new("Overview", "总览");
    public static readonly Text Previous = new("Previous", "上一个");
    public static readonly Text Next = new("Next", "下一个");
    public static readonly Text Footer = new(
        "Written by Nonlinear {0}, the activation-function library for .NET. These pages load nothing from any network.",
        "由 Nonlinear {0}(.NET 激活函数库)写出。这些页面不从网络加载任何内容。");

    public static readonly Text AlsoKnownAs = new("Also known as", "别名");
    public static readonly Text Figure = new("Figure", "图像");
    public static readonly Text FigureOf = new("{0}: the function (solid) and its derivative (dashed)", "{0}:函数(实线)与导数(虚线)");
    public static readonly Text FigureOfVector = new(
        "{0}: the outputs of one vector, and how each depends on each input",
        "{0}:一个向量的输出,以及每个输出对每个输入的依赖");
    public static readonly Text FigureOfPieces = new("{0}: affine pieces of one variable and the largest of them", "{0}:一元仿射分片及其中最大者");
    public static readonly Text FigureOfGate = new(
        "{0}: slices over the gate for some values, and the surface over both", "{0}:若干值处沿门的切片,以及两者之上的曲面");
    public static readonly Text FigureOfOutputs = new("{0}: all outputs for one input", "{0}:一个输入的全部输出");
    public static readonly Text Definition = new("Definition", "定义");
    public static readonly Text TheFunction = new("Function", "函数");
    public static readonly Text Else = new("else", "其他");
    public static readonly Text Parameters = new("Parameters", "参数");
    public static readonly Text Default = new("Default", "默认值");
    public static readonly Text Allowed = new("Allowed", "取值范围");
    public static readonly Text Learned = new("In training", "训练中");
    public static readonly Text UsuallyLearned = new("usually learned", "通常学习");
    public static readonly Text UsuallyFixed = new("usually fixed", "通常固定");
    public static readonly Text AnyNumber = new("any number", "任意实数");
    public static readonly Text WholeNumbers = new("whole numbers", "整数");
    public static readonly Text Properties = new("Measured properties", "实测性质");
    public static readonly Text Property = new("Property", "性质");
    public static readonly Text Measured = new("Measured", "实测值");
    public static readonly Text SpecialValues = new("Special values", "特殊值");
    public static readonly Text SpecialValuesNote = new(
        "Computed in double precision. At a kink the derivative is that of one of its sides; at ±∞ it is the limit, NaN if there is "
            + "none.",
        "以双精度计算。在折点处导数取其中一侧的斜率;在 ±∞ 处取极限,无极限则为 NaN。");
    public static readonly Text Exactness = new("How exact", "精确度");
    public static readonly Text ExactnessNote = new(
        "Guaranteed for the function and its derivative on every input, and checked by \"nonlinear verify\". "
        + "An ulp is a unit in the last place.",
        "函数及其导数在任何输入上均有此保证,并由“nonlinear verify”检验。ulp 为末位单位。");
    public static readonly Text NumberType = new("Type", "类型");
    public static readonly Text Guaranteed = new("Guaranteed", "保证");
    public static readonly Text UseWhen = new("Use it", "何时使用");
    public static readonly Text AvoidWhen = new("Rather not", "何时避免");
    public static readonly Text WhenToUse = new("When to use it", "使用建议");
    public static readonly Text InCode = new("In code", "调用方式");
    public static readonly Text InCodeNote = new(
        "Spans of float, double, Half and BFloat16; input and output may be the same memory.",
        "支持 float、double、Half 与 BFloat16 的 span;输入与输出可以是同一块内存。");
    public static readonly Text Claims = new("Common statements, measured", "常见说法与实测");
    public static readonly Text InTraining = new("In training:", "训练中的表现:");
    public static readonly Text ItsPage = new("its page", "查看页面");
    public static readonly Text Source = new("Source", "出处");
    public static readonly Text Statement = new("Statement", "说法");
    public static readonly Text VerdictHeading = new("Verdict", "结论");

    public static readonly Text Introduction = new("What an activation function is", "什么是激活函数");
    public static readonly Text IntroductionBody = new(
        "A layer of a neural network multiplies its input by a matrix and adds a vector. "
        + "However many such layers follow one another, together they are a single one. "
        + "An activation function, applied between them, breaks that: with it, layers can build functions that no matrix can. "
        + "Which function it is decides how signals and gradients pass through a deep network, and at what cost.",
        "神经网络的一层把输入乘以矩阵再加上向量。这样的层无论叠多少,合起来仍只是一层。夹在层间的激活函数打破了这一点:有了它,各层才能组合出任何矩阵都表示不了的函数。选用哪个函数,决定了信号与梯度如何穿过深层网络,以及代价多大。");
    public static readonly Text Catalogue = new("The catalogue", "目录");
    public static readonly Text EightProperties = new("Eight properties", "八个性质");
    public static readonly Text Nonlinearity = new("Nonlinearity", "非线性");
    public static readonly Text NonlinearityBody = new(
        "The reason why activation functions exist: a network is more than one matrix only as far as its activation functions bend.",
        "激活函数存在的理由:只有激活函数是弯曲的,网络才不止于一个矩阵。");
    public static readonly Text Differentiability = new("Differentiability", "可微性");
    public static readonly Text DifferentiabilityBody = new(
        "Training follows slopes, so there should be one nearly everywhere. A kink does no harm: at a single point a slope is agreed on.",
        "训练沿着斜率进行,因此几乎处处都应有斜率。折点无妨:在个别点上约定一个值即可。");
    public static readonly Text Monotonicity = new("Monotonicity", "单调性");
    public static readonly Text MonotonicityBody = new(
        "A function that never decreases keeps the order of its inputs. "
        + "It is not a condition for training, and some of the best functions turn.",
        "从不下降的函数保持输入的次序。但这并非训练的条件,一些最好的函数就有转折。");
    public static readonly Text OutputRange = new("Output range", "输出范围");
    public static readonly Text OutputRangeBody = new(
        "Bounded outputs can be read as probabilities or gates and cannot run away; unbounded ones keep the slope alive.",
        "有界的输出可以看作概率或门,不会失控;无界的输出则使斜率得以保持。");
    public static readonly Text Saturation = new("Saturation", "饱和性");
    public static readonly Text SaturationBody = new(
        "Where the slope falls below a hundredth of its largest value, a unit hardly learns.",
        "当斜率低于其最大值的百分之一时,单元几乎不再学习。");
    public static readonly Text Cost = new("Cost", "计算成本");
    public static readonly Text CostBody = new(
        "Time for an element of a large array, in units of ReLU's. It depends on the machine; "
        + "these numbers are from the one that wrote the page.",
        "大数组中每个元素所需的时间,以 ReLU 为单位。它取决于机器;这里是写出本页的机器上的结果。");
    public static readonly Text Sparsity = new("Sparsity", "稀疏性");
    public static readonly Text SparsityBody = new(
        "The share of outputs that are exactly 0 when the inputs are normally distributed.",
        "输入服从正态分布时,输出恰为 0 的比例。");
    public static readonly Text Normalisation = new("Normalisation", "归一化");
    public static readonly Text NormalisationBody = new(
        "What becomes of mean 0 and variance 1. A function that hands on both keeps a deep stack in balance by itself.",
        "均值 0、方差 1 的输入会变成什么。两者都能传递下去的函数,自身就能使深层堆叠保持平衡。");

    public static readonly Text WithoutKink = new("Bent", "弯曲");
    public static readonly Text PiecewiseLinear = new("Broken at a kink", "在折点处转折");
    public static readonly Text Smooth = new("Infinitely often", "无穷次");
    public static readonly Text OnceDifferentiable = new("Once", "一次");
    public static readonly Text Kinked = new("But for a kink (slope left | right)", "除折点外(左 | 右斜率)");
    public static readonly Text Monotone = new("Monotone", "单调");
    public static readonly Text Turning = new("Turning (at)", "有转折(位置)");
    public static readonly Text Bounded = new("Bounded", "有界");
    public static readonly Text BoundedBelow = new("Bounded below (by)", "有下界(下界)");
    public static readonly Text Unbounded = new("Unbounded", "无界");
    public static readonly Text SaturatesOnBothSides = new("On both sides", "两侧");
    public static readonly Text SaturatesOnOneSide = new("On one side", "一侧");
    public static readonly Text SaturatesNowhere = new("Nowhere", "无");
    public static readonly Text CheapestFirst = new("The cheapest first", "由低到高");
    public static readonly Text Sparse = new("Exact zeros (share)", "恰为 0(比例)");
    public static readonly Text Dense = new("None", "无");
    public static readonly Text AttractingFixedPoint = new("Drawn to a fixed mean and variance", "趋向固定的均值与方差");
    public static readonly Text NoFixedPoint = new("The signal dies out or grows", "信号衰减或增长");

    public static readonly Text Comparison = new("Comparison", "比较");
    public static readonly Text AllFunctions = new("The functions of the tour", "导览中的函数");
    public static readonly Text AllDerivatives = new("Their derivatives", "其导数");
    public static readonly Text GeneralClaims = new("General statements, measured", "一般说法与实测");
    public static readonly Text Tally = new("{0} statements were looked into: {1}.", "共考察 {0} 个说法:{1}。");
    public static readonly Text AllClaims = new("All statements and verdicts", "全部说法与结论");
    public static readonly Text Generally = new("in general", "一般");

    public static readonly Text Traps = new("Traps between frameworks", "框架之间的陷阱");
    public static readonly Text TrapsLead = new(
        "Where frameworks mean different functions by one name, or the same function with other defaults: a model that moves from one to "
        + "another computes something else, and nothing says so.",
        "各框架以同一名称指不同的函数,或函数相同而默认值不同:模型从一个框架搬到另一个,算的便是别的东西,却无任何提示。");
    public static readonly Text TrapsNote = new(
        "All of it is found in the tables of names, at the defaults of the versions that they were checked against; differences are from "
        + "the first row, measured on doubles. In a terminal:",
        "以下全部由名称表得出,按核对时各版本的默认值;差值相对于第一行,以双精度实测。在终端中:");
    public static readonly Text TrapsOfNames = new("One name, different functions", "同名而不同的函数");
    public static readonly Text TrapsOfNamesBody = new(
        "Spelled alike but for capitals and underscores. The first row is what most mean by it. Write which one you mean where a model is "
        + "stored or moved.",
        "除大小写与下划线外拼写相同。第一行是多数所指的函数。保存或迁移模型时,请写明所指的是哪一个。");
    public static readonly Text TrapsOfDefaults = new("One function, different defaults", "同一函数,默认值不同");
    public static readonly Text TrapsOfDefaultsBody = new(
        "The function is the same, its parameters are not unless they are given. Give them.",
        "函数相同,但若不给出参数,参数就不同。请明确给出。");
    public static readonly Text TrapsOfForms = new("Not quite the function", "与函数略有出入");
    public static readonly Text TrapsOfFormsBody = new(
        "What is computed is a little different from what the name says: constants cut short, a shortcut beyond a threshold, a bound that "
        + "belongs to the other side.",
        "实际计算的与名称所指略有不同:常数被截短、超过阈值后走捷径、边界归于另一侧。");
    public static readonly Text TrapsOfAxes = new("Along which axis", "沿哪一轴");
    public static readonly Text TrapsOfAxesBody = new(
        "Which numbers belong together is an argument with different defaults. On matrices most agree; with more axes they need not.",
        "哪些数属于一组由一个参数决定,而其默认值各不相同。对矩阵多数一致;轴更多时则未必。");
    public static readonly Text TrapFigure = new(
        "{0} (solid) and {1} (dashed), their slopes, and the differences",
        "{0}(实线)与 {1}(虚线)、它们的斜率以及差");
    public static readonly Text TrapWhere = new("Where", "所在");
    public static readonly Text TrapValue = new("Largest difference of values", "值的最大差");
    public static readonly Text TrapSlope = new("Largest difference of slopes", "斜率的最大差");
    public static readonly Text TrapNone = new("none of these functions", "不属于这些函数");
    public static readonly Text TrapToBeGiven = new("(to be given)", "(须给出)");
    public static readonly Text TrapItself = new("the function itself", "函数本身");
    public static readonly Text TrapAxis = new("Axis", "轴");

    /// <summary>The word for a verdict.</summary>
    public static Text Of(Verdict verdict) => verdict switch
    {
        Verdict.Holds => new("holds", "成立"),
        Verdict.HoldsInPart => new("holds in part", "部分成立"),
        Verdict.Wrong => new("wrong", "不成立"),
        Verdict.Convention => new("convention", "约定"),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "No word is known for this verdict."),
    };
}
