namespace Nonlinear.Kernels;

/// <summary>The kernels of one activation, a type each.</summary>
internal sealed record KernelSet(Kernel<float> Float, Kernel<double> Double, Kernel<Half> Half, Kernel<BFloat16> BFloat16);
