namespace Nonlinear.Attacks.Library;

/// <summary>A random call of the library on one type of number, and what must hold of its results.</summary>
internal interface ILibraryCase
{
    /// <summary>Calls and compares; what is wrong is told.</summary>
    void Run<T>(Trial<T> trial)
        where T : unmanaged;
}
