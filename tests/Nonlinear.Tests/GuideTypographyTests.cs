using Nonlinear.Lab.Markup;

namespace Nonlinear.Tests;

public class GuideTypographyTests
{
    [Theory]
    [InlineData(0.25, "0.25")]
    [InlineData(-1.08332, "−1.083")]
    [InlineData(4.73e-4, "4.73 × 10⁻⁴")]
    [InlineData(1e-10, "10⁻¹⁰")]
    [InlineData(-2.5e20, "−2.5 × 10²⁰")]
    [InlineData(999_999.6, "10⁶")]
    [InlineData(65_536, "65536")]
    [InlineData(0, "0")]
    [InlineData(-0.0, "−0")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Numbers_are_written_to_be_read(double value, string text) => Assert.Equal(text, Numbers.Write(value));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1.0507009873554805, "1.0507009873554805")]
    public void Exact_numbers_are_written_in_full(double value, string text) => Assert.Equal(text, Numbers.WriteExactly(value));

    [Theory]
    [InlineData("from -1 to 1", "from −1 to 1")]
    [InlineData("levels off at -α", "levels off at −α")]
    [InlineData("LeCun-normal, x - y, GPT-2", "LeCun-normal, x - y, GPT-2")]
    [InlineData("at most 4.73e-4.", "at most 4.73 × 10⁻⁴.")]
    [InlineData("6.81e-5 at 0", "6.81 × 10⁻⁵ at 0")]
    [InlineData("a leaky ReLU's output", "a leaky ReLU’s output")]
    public void English_is_set_with_true_signs(string text, string set) => Assert.Equal(set, Typography.English(text));

    [Theory]
    [InlineData("输入乘以 sigmoid:平滑,在 0 以下", "输入乘以 sigmoid：平滑，在 0 以下")]
    [InlineData("在 -1 与 1 之间", "在 −1 与 1 之间")]
    [InlineData("梯度相加(共享时),点 (0, 1)", "梯度相加（共享时），点 (0, 1)")]
    [InlineData("f(−10) = 3,tanh(−10) = −1", "f(−10) = 3，tanh(−10) = −1")]
    public void Chinese_is_set_with_full_width_punctuation(string text, string set) => Assert.Equal(set, Typography.Chinese(text));
}
