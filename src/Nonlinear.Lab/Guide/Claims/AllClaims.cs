namespace Nonlinear.Lab.Guide.Claims;

/// <summary>Every claim that the guide looks into. A function without claims is simply not mentioned here.</summary>
public static class AllClaims
{
    /// <summary>The claims, general ones first, then family by family.</summary>
    public static IReadOnlyList<Claim> List { get; } =
    [
        .. GeneralClaims.All,
        .. SigmoidClaims.All,
        .. GatedClaims.All,
        .. SoftmaxClaims.All,
        .. ReluClaims.All,
        .. LeakyClaims.All,
        .. ExponentialLinearClaims.All,
        .. MaxoutClaims.All,
    ];
}
