using TorchSharp;
using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Tests;

/// <summary>Whether libtorch loads here: TorchSharp's part of it asks for the C++ library of GCC 13.</summary>
public sealed class LoadedTorch
{
    private readonly string? _problem;

    public LoadedTorch()
    {
        try
        {
            InitializeDeviceType(DeviceType.CPU);
            set_num_threads(2);
        }
        catch (Exception problem) when (problem is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            _problem = problem.GetBaseException().Message.Split('\n')[0];
        }
    }

    /// <summary>Skips a test where it does not load.</summary>
    public void Require() => Assert.SkipWhen(
        _problem is not null,
        $"TorchSharp does not load with the C++ library of this system; tests/Nonlinear.TorchTests/run.sh brings another. {_problem}");
}

/// <summary>Tests that need libtorch; it is loaded once, and its random numbers and grad mode are of the process.</summary>
[CollectionDefinition(nameof(LoadedTorch))]
public sealed class WithTorch : ICollectionFixture<LoadedTorch>;
