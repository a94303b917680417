namespace Nonlinear.Lab.Guide.Claims.Experiments;

/// <summary>Normally distributed numbers, the same at every run.</summary>
internal sealed class NormalNumbers(int seed)
{
#pragma warning disable CA5394 // An experiment needs numbers that can be drawn again, not secret ones.
    private readonly Random _random = new(seed);

    public double Next() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
#pragma warning restore CA5394

    public double[] Next(int count, double deviation = 1)
    {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
            numbers[i] = deviation * Next();
        return numbers;
    }
}
