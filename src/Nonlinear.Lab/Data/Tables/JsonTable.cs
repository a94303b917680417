using System.Text.Json;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Reads JSON: an array of objects, alone or as the one array of an object, or an object a line.</summary>
internal static class JsonTable
{
    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is no array of objects.</exception>
    public static RawTable Read(string text, string name)
    {
        try
        {
            using JsonDocument document = Parse(text);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object
                && root.EnumerateObject().Select(property => property.Value).Where(IsTable).ToArray() is [var only])
                root = only;
            return IsTable(root)
                ? Of(root, name)
                : throw new FormatException($"'{name}' is no table: an array of objects is needed, as in [{{\"a\": 1}}, {{\"a\": 2}}].");
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"'{name}' is no JSON: {malformed.Message}", malformed);
        }
    }

    private static JsonDocument Parse(string text)
    {
        JsonDocumentOptions options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        string start = text.TrimStart();
        if (!start.StartsWith('{'))
            return JsonDocument.Parse(text, options);
        try
        {
            return JsonDocument.Parse(text, options);
        }
        catch (JsonException)
        {
            // An object a line.
            string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return JsonDocument.Parse($"[{string.Join(',', lines)}]", options);
        }
    }

    private static bool IsTable(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
        && element.GetArrayLength() > 0
        && element.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object);

    private static RawTable Of(JsonElement rows, string name)
    {
        Dictionary<string, TextColumnBuilder> columns = new(StringComparer.Ordinal);
        int count = 0;
        foreach (JsonElement row in rows.EnumerateArray())
        {
            foreach (JsonProperty property in row.EnumerateObject())
            {
                if (!columns.TryGetValue(property.Name, out TextColumnBuilder? column))
                    columns.Add(property.Name, column = new());
                column.FillTo(count);
                column.Add(Text(property.Value));
            }
            count++;
        }
        foreach (TextColumnBuilder column in columns.Values)
            column.FillTo(count);
        return new(name, [.. columns.Keys], [.. columns.Values.Select(column => column.ToArray())]);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
