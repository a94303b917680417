namespace Nonlinear.Attacks.Kills;

/// <summary>A page of a line beside the tool, so that it has one to serve without compiling it for the browser.</summary>
internal sealed class StandInPage
{
    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "explorer");
    private bool _isMine;

    /// <summary>Writes it, if there is none.</summary>
    public void Write()
    {
        _isMine = !Directory.Exists(_folder);
        if (_isMine)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(_folder).FullName, "index.html"), "<!DOCTYPE html><title>-</title>");
    }

    /// <summary>Removes what was written.</summary>
    public void Remove()
    {
        if (_isMine)
            Directory.Delete(_folder, recursive: true);
    }
}
