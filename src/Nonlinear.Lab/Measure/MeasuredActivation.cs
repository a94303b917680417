using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Nonlinear.Lab.Measure;

/// <summary>An activation and what was measured of it.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Properties">Its <see cref="FunctionProperties"/>, <see cref="AxisProperties"/>,
/// <see cref="PooledProperties"/>, <see cref="WidenedProperties"/> or <see cref="GatedProperties"/>.</param>
/// <param name="Cost">What it costs.</param>
public sealed record MeasuredActivation(Activation Activation, object Properties, Cost Cost)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What is known about the function.</summary>
    public ActivationInfo Info => Activation.Info;

    /// <summary>Measures an activation.</summary>
    public static MeasuredActivation Of(Activation activation) => Of(activation, Cost.Of(activation));

    /// <summary>Measures an activation whose cost is known.</summary>
    public static MeasuredActivation Of(Activation activation, Cost cost) => new(
        activation,
        activation switch
        {
            ElementwiseActivation elementwise => FunctionProperties.Of(elementwise),
            AxisActivation axis => AxisProperties.Of(axis),
            PooledActivation pooled => PooledProperties.Of(pooled),
            WidenedActivation widened => WidenedProperties.Of(widened),
            GatedActivation gated => GatedProperties.Of(gated),
            _ => throw new ArgumentOutOfRangeException(nameof(activation)),
        },
        cost);

    /// <summary>What was measured, as JSON; infinities are the strings "Infinity" and "-Infinity".</summary>
    public string ToJson()
    {
        JsonObject json = (JsonObject)JsonSerializer.SerializeToNode(Properties, Properties.GetType(), Json)!;
        json["cost"] = JsonSerializer.SerializeToNode(Cost, Json);
        return json.ToJsonString(Json);
    }

    /// <summary>What was measured, as rows of a table.</summary>
    public IReadOnlyList<PropertyRow> Rows() => [.. PropertyTable.Rows(Properties), CostRow()];

    private PropertyRow CostRow()
    {
        string cost = string.Create(CultureInfo.InvariantCulture, $"{Cost.Nanoseconds:G2} ns ({Cost.RelativeToRelu:0.0} ×)");
        return new(new("Time for a float (of ReLU's)", "每个 float 的耗时(与 ReLU 之比)"), new(cost, cost));
    }
}
