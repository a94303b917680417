using Nonlinear.Lab;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

/// <summary>Runs a test once for each number type.</summary>
public interface ITypedTest
{
    void Run<T>(Func<double, T> from, Func<T, double> to)
        where T : unmanaged;
}

/// <summary>The number types, and spans filled for tests.</summary>
public static class Spans
{
    /// <summary>Runs a test for float, double, half and bfloat16.</summary>
    public static void ForEachType(ITypedTest test)
    {
        test.Run(x => (float)x, x => (double)x);
        test.Run(x => x, x => x);
        test.Run(x => (Half)x, x => (double)x);
        test.Run(x => (BFloat16)x, x => (double)x);
    }

    /// <summary>The format of a type, by which the oracle measures errors.</summary>
    public static NumberFormat FormatOf<T>() =>
        NumberFormat.Named(typeof(T) == typeof(float) ? "float" : typeof(T) == typeof(double) ? "double"
            : typeof(T) == typeof(Half) ? "half" : "bfloat16");

    /// <summary>Runs a test of a function for each type if it is one of the thorough, else for float and double.</summary>
    /// <remarks>Numbers of 16 bits are widened to floats, and narrowed again, by the same loops whatever the function is.</remarks>
    public static void ForEachTypeOf(Activation function, ITypedTest test)
    {
        if (TestCatalog.IsThorough(function))
        {
            ForEachType(test);
            return;
        }
        test.Run(x => (float)x, x => (double)x);
        test.Run(x => x, x => x);
    }

    /// <summary>Runs a test of an activation for each type, on one thread and on three, and for floats in the fast tier too.</summary>
    public static void ForEachForm(ElementwiseActivation activation, Func<ElementwiseActivation, ITypedTest> test)
    {
        foreach (int threads in (int[])[1, 3])
        {
            ForEachType(test(activation.OnThreads(threads)));
            test(activation.Fast.OnThreads(threads)).Run(x => (float)x, x => (double)x);
        }
    }

    /// <summary>Ordinary numbers with every special value among them.</summary>
    public static double[] Mixed(int count, int seed)
    {
        double[] special =
        [
            0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
            1e-310, -1e-40, 1e30, -1e30, -5.5, -20, -100, -745, 88.8,
        ];
        Random random = new(seed);
        double[] x = new double[count];
        for (int i = 0; i < count; i++)
            x[i] = random.Next(8) == 0 ? special[random.Next(special.Length)] : (random.NextDouble() * 24) - 12;
        return x;
    }

    /// <summary>Normally spread numbers without special values.</summary>
    public static double[] Ordinary(int count, int seed, double scale = 4)
    {
        Random random = new(seed);
        double[] x = new double[count];
        for (int i = 0; i < count; i++)
            x[i] = ((random.NextDouble() * 2) - 1) * scale;
        return x;
    }

    public static T[] Compute<T>(Activation activation, SpanOperation operation, ReadOnlySpan<T> x)
        where T : unmanaged
    {
        T[] y = new T[activation.OutputsFor(x.Length)];
        activation.Compute(operation, x, y);
        return y;
    }

    /// <summary>Whether a function goes back from its outputs.</summary>
    public static bool GoesBackFromOutput(Activation activation) =>
        activation is AxisActivation { HasDerivativeFromOutput: true } or ElementwiseActivation { HasDerivativeFromOutput: true };

    /// <summary>The gradient from saved outputs, of whichever kind of function.</summary>
    public static void BackwardFromOutput<T>(Activation activation, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged
    {
        if (activation is AxisActivation axis)
            axis.BackwardFromOutput(y, dy, dx);
        else
            ((ElementwiseActivation)activation).BackwardFromOutput(y, dy, dx);
    }
}
