namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>Files of a sample, which are read more than once.</summary>
internal static class SampleFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It is a folder, or something that cannot be read twice.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder; name a file.");
        FileStream file;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException(
                path == "-" ? "A sample is read more than once, so that it cannot come from standard input; save it to a file."
                    : $"There is no file '{path}'.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"'{path}' cannot be read: permission denied.");
        }
        if (file.CanSeek)
            return file;
        file.Dispose();
        throw new IOException($"'{path}' is a pipe, and a sample is read more than once; save it to a file.");
    }

    /// <summary>The bytes of a file.</summary>
    public static long Length(string path)
    {
        using FileStream file = Open(path);
        return file.Length;
    }
}
