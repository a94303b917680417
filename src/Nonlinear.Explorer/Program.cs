using Nonlinear.Kernels;

// The page's interpreter handles vectors worse than single numbers. The bits are the same at every width.
VectorWidth.Current = 1;
