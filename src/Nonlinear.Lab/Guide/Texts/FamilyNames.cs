namespace Nonlinear.Lab.Guide.Texts;

/// <summary>What families of functions are called.</summary>
public static class FamilyNames
{
    /// <summary>The name of a family.</summary>
    public static Text Of(ActivationFamily family) => family switch
    {
        ActivationFamily.Tutorial => new("The tour", "导览"),
        ActivationFamily.Rectifier => new("Kin of ReLU", "ReLU 一族"),
        ActivationFamily.Gate => new("Gates", "门控"),
        ActivationFamily.Bounded => new("Held between bounds", "有界"),
        ActivationFamily.Threshold => new("Thresholds", "阈值"),
        ActivationFamily.Plain => new("Lines and powers", "直线与幂"),
        ActivationFamily.AlongAxis => new("Along an axis", "沿轴的函数"),
        ActivationFamily.GatedUnit => new("Gated units", "门控单元"),
        _ => new("Others", "其他"),
    };
}
