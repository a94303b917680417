namespace Nonlinear.Lab.Data;

/// <summary>The data sets that were used last, by their hashes: whoever carries out many runs reads them once.</summary>
internal sealed class DatasetCache
{
    // Those of the studies come in pairs.
    private const int Most = 2;

    private readonly Lock _lock = new();
    private readonly List<(string Hash, Dataset Data)> _last = [];

    /// <summary>A data set.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="bytes">Fetches its bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are no data set.</exception>
    public Dataset Get(string hash, Func<string, byte[]> bytes)
    {
        // Others wait: they would fetch the same.
        lock (_lock)
        {
            int place = _last.FindIndex(known => known.Hash == hash);
            Dataset data = place < 0 ? DatasetBytes.Read(bytes(hash)) : _last[place].Data;
            if (place >= 0)
                _last.RemoveAt(place);
            _last.Insert(0, (hash, data));
            if (_last.Count > Most)
                _last.RemoveAt(Most);
            return data;
        }
    }
}
