namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>Changes to the file of a model that leave every other byte as it is, but for the lengths of the messages around them.</summary>
/// <param name="file">The file.</param>
internal sealed class WireEdits(byte[] file)
{
    private readonly List<Edit> _edits = [];
    private readonly Dictionary<int, (WireField Message, WireField[] Around)> _around = [];

    /// <summary>Replaces a field by bytes, or by none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="around">The messages that hold it.</param>
    /// <param name="replacement">What comes in its place: whole fields.</param>
    public void Replace(WireField field, IReadOnlyList<WireField> around, byte[] replacement) =>
        Add(new(field.Start, field.End, replacement, around));

    /// <summary>Puts bytes behind a field.</summary>
    public void InsertAfter(WireField field, IReadOnlyList<WireField> around, byte[] inserted) =>
        Add(new(field.End, field.End, inserted, around));

    /// <summary>The file with all changes made.</summary>
    public byte[] Apply()
    {
        List<Edit> all = [.. _edits];
        // From the inside out: a longer length makes the message around it longer as well.
        foreach ((WireField message, WireField[] around) in _around.Values.OrderByDescending(entry => entry.Around.Length))
        {
            int change = all.Where(edit => edit.Around.Contains(message)).Sum(edit => edit.Change);
            if (change != 0)
                all.Add(
                    new(message.LengthAt, message.Payload, WireField.VarIntOf((ulong)(message.End - message.Payload + change)), around));
        }
        byte[] result = new byte[file.Length + all.Sum(edit => edit.Change)];
        int from = 0, to = 0;
        foreach (Edit edit in all.OrderBy(edit => edit.Start).ThenBy(edit => edit.End))
        {
            Copy(edit.Start);
            edit.Replacement.CopyTo(result, to);
            to += edit.Replacement.Length;
            from = edit.End;
        }
        Copy(file.Length);
        return result;

        void Copy(int end)
        {
            file.AsSpan(from, end - from).CopyTo(result.AsSpan(to));
            to += end - from;
        }
    }

    private void Add(Edit edit)
    {
        _edits.Add(edit);
        for (int i = 0; i < edit.Around.Count; i++)
            _around[edit.Around[i].LengthAt] = (edit.Around[i], [.. edit.Around.Take(i)]);
    }

    private readonly record struct Edit(int Start, int End, byte[] Replacement, IReadOnlyList<WireField> Around)
    {
        public int Change => Replacement.Length - (End - Start);
    }
}
