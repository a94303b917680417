namespace Nonlinear.Training;

/// <summary>
/// A residual connection: what one layer takes is added to what the same or a later layer gives (He et al., 2015, arXiv:1512.03385).
/// </summary>
/// <param name="From">The place of the layer whose inputs are added.</param>
/// <param name="To">The place of the layer to whose outputs they are added.</param>
public readonly record struct Shortcut(int From, int To);
