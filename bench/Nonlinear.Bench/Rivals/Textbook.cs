namespace Nonlinear.Bench.Rivals;

/// <summary>A function of one float and its slope, as they are written by somebody who has the formula and <see cref="MathF"/>.</summary>
internal interface ITextbook
{
    static abstract float Function(float x);

    static abstract float Slope(float x);
}

/// <summary>
/// The formulas of textbooks at the catalogue's usual parameters. There is no error function in <see cref="MathF"/>, hence no GELU.
/// </summary>
internal static class Textbook
{
    public const float SeluAlpha = 1.6732632f, SeluLambda = 1.0507010f, RootOfTwoOverPi = 0.7978846f;

    internal readonly struct Sigmoid : ITextbook
    {
        public static float Function(float x) => 1 / (1 + MathF.Exp(-x));

        public static float Slope(float x)
        {
            float y = Function(x);
            return y * (1 - y);
        }
    }

    internal readonly struct Tanh : ITextbook
    {
        public static float Function(float x) => MathF.Tanh(x);

        public static float Slope(float x)
        {
            float y = MathF.Tanh(x);
            return 1 - (y * y);
        }
    }

    internal readonly struct Swish : ITextbook
    {
        public static float Function(float x) => x / (1 + MathF.Exp(-x));

        public static float Slope(float x)
        {
            float gate = Sigmoid.Function(x);
            return gate + (x * gate * (1 - gate));
        }
    }

    internal readonly struct Mish : ITextbook
    {
        public static float Function(float x) => x * MathF.Tanh(MathF.Log(1 + MathF.Exp(x)));

        public static float Slope(float x)
        {
            float exponential = MathF.Exp(x), tanh = MathF.Tanh(MathF.Log(1 + exponential));
            return tanh + (x * exponential / (1 + exponential) * (1 - (tanh * tanh)));
        }
    }

    internal readonly struct Relu : ITextbook
    {
        public static float Function(float x) => MathF.Max(x, 0);

        public static float Slope(float x) => x > 0 ? 1 : 0;
    }

    internal readonly struct LeakyRelu : ITextbook
    {
        public static float Function(float x) => x > 0 ? x : 0.01f * x;

        public static float Slope(float x) => x > 0 ? 1 : 0.01f;
    }

    internal readonly struct Prelu : ITextbook
    {
        public static float Function(float x) => x > 0 ? x : 0.25f * x;

        public static float Slope(float x) => x > 0 ? 1 : 0.25f;
    }

    internal readonly struct Elu : ITextbook
    {
        public static float Function(float x) => x > 0 ? x : MathF.Exp(x) - 1;

        public static float Slope(float x) => x > 0 ? 1 : MathF.Exp(x);
    }

    internal readonly struct Selu : ITextbook
    {
        public static float Function(float x) => SeluLambda * (x > 0 ? x : SeluAlpha * (MathF.Exp(x) - 1));

        public static float Slope(float x) => SeluLambda * (x > 0 ? 1 : SeluAlpha * MathF.Exp(x));
    }

    internal readonly struct GeluTanh : ITextbook
    {
        public static float Function(float x) => 0.5f * x * (1 + MathF.Tanh(RootOfTwoOverPi * (x + (0.044715f * x * x * x))));

        public static float Slope(float x)
        {
            float tanh = MathF.Tanh(RootOfTwoOverPi * (x + (0.044715f * x * x * x)));
            return (0.5f * (1 + tanh)) + (0.5f * x * (1 - (tanh * tanh)) * RootOfTwoOverPi * (1 + (3 * 0.044715f * x * x)));
        }
    }
}
