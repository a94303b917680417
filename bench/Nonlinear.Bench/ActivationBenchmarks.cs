using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench;

/// <summary>Every function of the catalogue, in both tiers and at two sizes, along an axis as one vector.</summary>
[SuppressMessage("Maintainability", "CA1515:Consider making public types internal", Justification = "BenchmarkDotNet derives from it.")]
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "BenchmarkDotNet calls Free at the end.")]
public class ActivationBenchmarks
{
    private Activation _activation = Activation.Relu();
    private Buffers? _buffers;
    private Floats _x, _y, _dx, _dy;

    /// <summary>The function.</summary>
    [ParamsSource(nameof(Functions))]
    public string Function { get; set; } = Activation.Relu().Info.Name;

    /// <summary>How it is computed.</summary>
    [Params(Tier.Exact, Tier.Fast)]
    public Tier Tier { get; set; }

    /// <summary>How many elements it is given.</summary>
    [Params(4096, 65_536)]
    public int Size { get; set; }

    /// <summary>The catalogue.</summary>
    public static IEnumerable<string> Functions => Catalog.All.Select(info => info.Name);

    /// <summary>Draws the inputs.</summary>
    [GlobalSetup]
    public void Draw()
    {
        _activation = Activation.Parse(Function).In(Tier);
        _buffers = new(Size);
        (_x, _dx) = (_buffers.X, _buffers.Y);
        int outputs = _activation is PooledActivation pooled ? Size / pooled.Pieces : Size;
        (_y, _dy) = (_buffers.Y.First(outputs), _buffers.Dy.First(outputs));
    }

    /// <summary>y = f(x).</summary>
    [Benchmark]
    public void Forward() => _activation.Forward(_x.Span, _y.Span);

    /// <summary>dx = dy · f′(x).</summary>
    [Benchmark]
    public void Backward() => _activation.Backward(_x.Span, _dy.Span, _dx.Span);

    /// <summary>Frees the inputs.</summary>
    [GlobalCleanup]
    public void Free() => _buffers?.Dispose();
}
