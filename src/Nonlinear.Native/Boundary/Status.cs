namespace Nonlinear.Native.Boundary;

/// <summary>What a call of the C interface returns.</summary>
internal enum Status
{
    /// <summary>It was done.</summary>
    Ok = 0,

    /// <summary>An argument is not allowed; nothing was written.</summary>
    InvalidArgument = 1,

    /// <summary>No function has that name, or no such parameter.</summary>
    UnknownName = 2,

    /// <summary>The function does not have that operation.</summary>
    NotSupported = 3,

    /// <summary>There is not enough memory.</summary>
    OutOfMemory = 4,

    /// <summary>The library is at fault.</summary>
    InternalError = 5,
}
