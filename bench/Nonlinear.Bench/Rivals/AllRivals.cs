using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Rivals;

/// <summary>Everybody who can be raced against on this machine.</summary>
internal sealed class AllRivals
{
    private readonly List<Rival> _rivals = [new TensorPrimitivesRival()];
    private readonly List<string> _absent = [];

    /// <summary>Looks who is there.</summary>
    public AllRivals()
    {
        Try("ONNX Runtime", () => new OnnxRuntimeRival());
        if (Environment.GetEnvironmentVariable(LibtorchRival.Variable) is { Length: > 0 } folder)
            Try("libtorch", () => new LibtorchRival(folder));
        else
            _absent.Add($"libtorch is not measured; set {LibtorchRival.Variable} to the folder of libtorch_cpu.so to have its columns.");
        _rivals.Add(new MathFRival());
    }

    /// <summary>A line for each rival that is not there, and why.</summary>
    public IReadOnlyList<string> Absent => _absent;

    /// <summary>The rivals and their versions.</summary>
    public IEnumerable<string> Versions =>
        _rivals.Where(rival => rival.Version.Length > 0).Select(rival => $"{rival.Name} {rival.Version}");

    /// <summary>Those who can compute a function.</summary>
    public IEnumerable<Contestant> Forward(Job job) =>
        job.UsualName is null ? [] : _rivals.Select(rival => rival.Forward(job)).OfType<Contestant>();

    /// <summary>Those who can compute a gradient.</summary>
    public IEnumerable<Contestant> Backward(Job job) =>
        job.UsualName is null ? [] : _rivals.Select(rival => rival.Backward(job)).OfType<Contestant>();

    private void Try(string name, Func<Rival> make)
    {
        try
        {
            _rivals.Add(make());
        }
        catch (Exception missing)
            when (missing is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or BadImageFormatException)
        {
            _absent.Add($"{name} is not measured: {(missing.InnerException ?? missing).Message.Split(". ")[0].ReplaceLineEndings(" ")}.");
        }
    }
}
