namespace Nonlinear.Lab;

/// <summary>
/// A temporary folder that its owner alone can read. It goes when it is disposed of or the process is told to end; that of a killed process
/// goes when the next is made.
/// </summary>
/// <param name="name">What it is for: folders of this name are of one kind.</param>
public sealed class ScratchFolder(string name) : IDisposable
{
    private readonly DraftFolder _folder = new(System.IO.Path.Combine(System.IO.Path.GetTempPath(), name));

    /// <summary>Where it is.</summary>
    public string Path => _folder.Path;

    /// <summary>Removes it.</summary>
    public void Dispose() => _folder.Dispose();
}
