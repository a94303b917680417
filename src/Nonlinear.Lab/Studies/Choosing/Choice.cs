using Nonlinear.Lab.Arrays;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>What came out of a choice: the page, the same for programs, and the network to save.</summary>
public sealed class Choice
{
    private readonly ChoicePlan _plan;
    private readonly string _advised;

    internal Choice(ChoicePlan plan, LabPage page, string json, string advised) =>
        (_plan, Page, Json, _advised) = (plan, page, json, advised);

    /// <summary>What was found, and where its page is.</summary>
    public LabPage Page { get; }

    /// <summary>What was found, for other programs.</summary>
    public string Json { get; }

    /// <summary>Refuses to save where that would fail or destroy something, before time is spent on training.</summary>
    /// <exception cref="IOException">Nothing can be written there, or the sample would replace a file of somebody else's.</exception>
    /// <exception cref="NotSupportedException">One of the activations cannot be written.</exception>
    internal static void CheckPlace(ChoicePlan plan, string place)
    {
        foreach (string activation in plan.Activations)
            OnnxExport.Check(HiddenActivation.Parse(activation));
        // A draft shows that a file can be made there; it goes at once.
        foreach (string path in (string[])[place, SamplePlace(place)])
        {
            using WholeFile file = new(path);
        }
        string sample = SamplePlace(place);
        if (File.Exists(sample) && !File.ReadAllBytes(sample).AsSpan().SequenceEqual(Sample(plan.Data)))
            throw new IOException(
                $"'{sample}', where rows to try the network on would be written, holds something else; move it, or save under another "
                + "name.");
    }

    /// <summary>
    /// Saves a network with the advised activation as ONNX, which takes the columns of the table and answers in its terms, and beside it
    /// the first rows of the table, as arrays of NumPy by the names of the inputs.
    /// </summary>
    /// <param name="place">Where the network goes.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Where the rows went.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string Save(string place, CancellationToken cancellation = default)
    {
        const int Seed = 1;
        Network network = _plan.Runs(Seed, [_advised])[0].Network(_plan.Data, cancellation);
        byte[] model = TableModel.Write(network, _plan.Data, _plan.Data.ScalingOf(_plan.InSeries(Seed)));
        string sample = SamplePlace(place);
        if (!File.Exists(sample))
            WholeFile.Write(sample, Sample(_plan.Data));
        WholeFile.Write(place, model);
        return sample;
    }

    private static string SamplePlace(string place) => Path.ChangeExtension(place, ".sample.npz");

    private static byte[] Sample(Dataset data)
    {
        int rows = Math.Min(Dataset.SampleRows, data.Count), feature = 0;
        using NpzArchive archive = new();
        if (data.Columns.Count == 0)
            archive.Add("x", data.Inputs.AsSpan(0, rows * data.Width), rows);
        foreach (TableColumn column in data.Columns)
        {
            int first = feature;
            if (column is TextColumn texts)
                archive.Add(column.Name, [.. Enumerable.Range(0, rows).Select(row => Text(texts, data, row, first))]);
            else if (column is DateColumn dates)
                archive.Add(column.Name, [.. dates.Texts]);
            else
                archive.Add(column.Name, [.. Enumerable.Range(0, rows).Select(row => data.Value(row, first))]);
            feature += column.Features.Count;
        }
        return archive.ToArray();
    }

    // Of two categories only the second has an input; what the first is called no longer matters.
    private static string Text(TextColumn column, Dataset data, int row, int first)
    {
        for (int i = 0; i < column.Categories.Count; i++)
        {
            if (data.Value(row, first + i) == 1)
                return column.Categories[i][0];
        }
        return "";
    }
}
