using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies.Runs;

/// <summary>How runs and their results are written, and the key by which a result is found: everything that decides it.</summary>
internal static class RunKey
{
    // Builds are deterministic: these change when the code does, and only then.
    private static readonly string Build = string.Join(
        '/', new[] { typeof(Activation), typeof(Trainer), typeof(RunKey) }.Select(part => part.Module.ModuleVersionId));

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The key of a run.</summary>
    public static string Of<TConfiguration>(string study, TConfiguration configuration) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{Build}\n{study}\n{Write(configuration)}{(FastestProduct.IsPortable ? "\nportable" : "")}")));

    /// <summary>A configuration or result as text.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    /// <summary>A configuration or result from its text.</summary>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Json)!;
}
