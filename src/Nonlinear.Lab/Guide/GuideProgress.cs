namespace Nonlinear.Lab.Guide;

/// <summary>How far the writing of a guide has come.</summary>
/// <param name="Done">The steps done.</param>
/// <param name="Total">All steps.</param>
/// <param name="Step">The step just done.</param>
public sealed record GuideProgress(int Done, int Total, string Step);
