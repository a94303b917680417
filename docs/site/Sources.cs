namespace Nonlinear.Site;

/// <summary>Where the sources are.</summary>
internal static class Sources
{
    /// <summary>The folder of the solution that this program was built in.</summary>
    public static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Nonlinear.slnx")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The site is built from the sources, which are not here.");
    }
}
