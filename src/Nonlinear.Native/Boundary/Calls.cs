namespace Nonlinear.Native.Boundary;

/// <summary>A call from outside.</summary>
internal interface ICall
{
    void Run();
}

/// <summary>A call from outside on elements of a type.</summary>
internal interface ITypedCall
{
    void Run<T>()
        where T : unmanaged;
}

/// <summary>Makes calls from outside: on a thread set as .NET has it, and so that no exception gets out.</summary>
internal static class Calls
{
    /// <summary>Makes a call.</summary>
    /// <returns>A <see cref="Status"/>.</returns>
    public static int Make<TCall>(TCall call)
        where TCall : struct, ICall
    {
        using HostState state = HostState.Enter();
        try
        {
            call.Run();
            return (int)Status.Ok;
        }
#pragma warning disable CA1031 // No exception may cross the boundary.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return (int)LastError.Keep(failure);
        }
    }

    /// <summary>Makes a call on elements of a type.</summary>
    /// <returns>A <see cref="Status"/>.</returns>
    public static int Make<TCall>(int type, TCall call)
        where TCall : struct, ITypedCall => Make(new OnType<TCall>(type, call));

    private readonly struct OnType<TCall>(int type, TCall call) : ICall
        where TCall : struct, ITypedCall
    {
        public void Run()
        {
            switch ((ElementType)type)
            {
                case ElementType.Float: call.Run<float>(); break;
                case ElementType.Double: call.Run<double>(); break;
                case ElementType.Half: call.Run<Half>(); break;
                case ElementType.BFloat16: call.Run<BFloat16>(); break;
                default:
                    throw new ArgumentException(FormattableString.Invariant(
                        $"{type} is no type of elements; there are NL_FLOAT (1), NL_DOUBLE (2), NL_HALF (3) and NL_BFLOAT16 (4)."));
            }
        }
    }
}
