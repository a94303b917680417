using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Nonlinear.Lab.Onnx.Runtime;

/// <summary>Opens sessions of ONNX Runtime; nothing else in this project does, so that nothing is ever sent or kept by it.</summary>
/// <remarks>
/// The runtime reports to its maker unless told not to: with its first session it writes a device id and a queue of events into the user's
/// cache folder and looks for a host. A variable in the environment of the process, read before the first session, is what stops that.
/// </remarks>
internal static partial class OnnxSession
{
    private const string SilencingVariable = "ORT_DISABLE_TELEMETRY";

    static OnnxSession()
    {
        Environment.SetEnvironmentVariable(SilencingVariable, "1");
        // What .NET sets is seen by .NET and by child processes, but not by native code of this process.
        if (!OperatingSystem.IsWindows())
            _ = SetVariable(SilencingVariable, "1", overwrite: 1);
        OrtEnv.Instance().DisableTelemetryEvents();
    }

    /// <summary>The version of ONNX Runtime.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    /// <summary>Where the runtime's C interface begins, OrtApiBase.</summary>
    public static unsafe nint ApiBase => ((delegate* unmanaged<nint>)NativeLibrary.GetExport(
        NativeLibrary.Load(
            "onnxruntime", typeof(InferenceSession).Assembly, DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory),
        "OrtGetApiBase"))();

    /// <summary>Opens a session.</summary>
    /// <param name="model">The model, as in its file.</param>
    /// <param name="options">How to run it.</param>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the model.</exception>
    public static InferenceSession Open(byte[] model, SessionOptions options) => new(model, options);

    /// <summary>
    /// Options for a session that works on the caller's thread, so that results do not depend on the number of cores.
    /// </summary>
    public static SessionOptions OnOneThread() => new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        // What goes wrong is thrown, and told by whoever catches it.
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
