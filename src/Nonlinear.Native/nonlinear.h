/*
 * libnonlinear: activation functions of neural networks and their gradients.
 *
 * Results are those of the .NET library Nonlinear, bit for bit: in the exact tier float, half and bfloat16 are rounded correctly, or within
 * 0.501 ulp, and double is within 1 ulp (functions along an axis: 2). A result depends on nothing but its own input: not on the processor,
 * the place in the array, the number of threads, or how the calling thread rounds and treats subnormal numbers.
 *
 * Arrays: elements lie one after another, aligned as C aligns them. Inputs and outputs may be the same array; arrays that overlap in part
 * are refused. Numbers have no unit: what comes in and goes out are plain numbers. A call takes up to 2147483647 elements.
 *
 * Errors: a call that returns nl_status returns NL_OK, or what went wrong, and then it has written nothing. A call that returns a text's
 * length returns the status with a minus sign instead. nl_last_error has the message. No exception and no signal leaves the library. Null
 * pointers, released handles and counts that do not fit are noticed; an address that is none cannot be.
 *
 * Threads: any thread may call at any time, with the same handles. A call works on the calling thread alone unless the activation was made
 * by nl_activation_on_threads. The thread's floating-point control register is set as this library needs it and put back before the call
 * returns. What stays in the process, and what the library needs of a processor, stands in docs/native.md.
 */
#ifndef NONLINEAR_H
#define NONLINEAR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header, as nl_version counts: major * 1000000 + minor * 1000 + patch. */
#define NL_VERSION 1000

/* What a call returns. */
typedef int32_t nl_status;
enum {
    NL_OK = 0,               /* It was done. */
    NL_INVALID_ARGUMENT = 1, /* An argument is not allowed: NULL, a count or shape that does not fit, a handle that is none. */
    NL_UNKNOWN_NAME = 2,     /* No function or parameter is called that, or a parameter's value is out of its range. */
    NL_NOT_SUPPORTED = 3,    /* The function does not have that operation: softmax has no derivative of single elements. */
    NL_OUT_OF_MEMORY = 4,    /* There is not enough memory. */
    NL_INTERNAL_ERROR = 5    /* The library is at fault; please report the message. */
};

/* The type of elements. */
typedef int32_t nl_type;
enum {
    NL_FLOAT = 1,   /* float: 32 bits */
    NL_DOUBLE = 2,  /* double: 64 bits */
    NL_HALF = 3,    /* IEEE 754 binary16, in 2 bytes, such as _Float16 or uint16_t */
    NL_BFLOAT16 = 4 /* the upper half of a float, in 2 bytes */
};

/* How results are computed. */
typedef int32_t nl_tier;
enum {
    NL_EXACT = 0, /* Correctly rounded or within 0.501 ulp; the tier of a name without ".Fast". */
    NL_FAST = 1   /* float within some 5 ulp, in a third of the time; the same bits on every processor here too. */
};

/* Where an array that holds both has the gates and the values of a gated unit. */
typedef int32_t nl_layout;
enum {
    NL_GATE_FIRST = 0, /* The first half along the axis are gates. */
    NL_GATE_LAST = 1,  /* The second half along the axis are gates. */
    NL_INTERLEAVED = 2 /* Gate and value take turns, the gate first. */
};

/* What a function takes and gives. */
typedef int32_t nl_kind;
enum {
    NL_ELEMENTWISE = 1, /* One output for each input. */
    NL_ALONG_AXIS = 2,  /* One output for each input, which depends on the whole vector: softmax. */
    NL_GATED = 3,       /* One output for a gate and a value: SwiGLU. */
    NL_POOLED = 4,      /* One output for several neighbouring inputs: maxout. */
    NL_WIDENED = 5      /* Two outputs for each input: CReLU. */
};

/*
 * A function with its parameters, tier, threads and layout. It never changes. 0 is none; a handle that was released is refused, not
 * followed. Each function below that gives one wants it released once.
 */
typedef uint64_t nl_activation;

/* The library ------------------------------------------------------------------------------------------------------------------------- */

/* The version of the library, as NL_VERSION counts. Programs compiled for a version run with later ones of the same major number. */
int32_t nl_version(void);

/*
 * The message of the last call on this thread that failed; empty if none did. It belongs to the thread, so that calls need no room for a
 * message each, and threads do not overwrite each other's.
 *
 * buffer    receives the text in UTF-8, as much of it as fits, and a 0 at the end; NULL if capacity is 0
 * capacity  the bytes of buffer
 *
 * Returns how many bytes the whole text has, without the 0: if it is capacity or more, the text was cut.
 */
int64_t nl_last_error(char *buffer, int64_t capacity);

/* How many functions there are. */
int32_t nl_catalog_count(void);

/* The name of a function, by its place from 0. Buffer and result are those of nl_last_error; -NL_INVALID_ARGUMENT: no such place. */
int64_t nl_catalog_name(int32_t index, char *buffer, int64_t capacity);

/* Activations ------------------------------------------------------------------------------------------------------------------------- */

/*
 * Finds a function by name, with parameters if any, or by what a framework calls it: "gelu", "swish(beta=1.5)", "gelu.Fast",
 * "torch.nn.LeakyReLU(0.2)", "keras:leaky_relu", "swiglu(layout=gate_first)". Case, spaces and quotes do not matter.
 *
 * text        the name, UTF-8, with a 0 at the end
 * activation  receives the handle
 *
 * NL_UNKNOWN_NAME: nothing is called that; the message says what would do.
 */
nl_status nl_activation_parse(const char *text, nl_activation *activation);

/* Lets go of an activation. NL_INVALID_ARGUMENT: it is none, or was released before. */
nl_status nl_activation_release(nl_activation activation);

/* The name, as nl_activation_parse reads it back. Buffer and result are those of nl_last_error. */
int64_t nl_activation_name(nl_activation activation, char *buffer, int64_t capacity);

/* What the function takes and gives: kind receives an nl_kind. */
nl_status nl_activation_kind(nl_activation activation, int32_t *kind);

/* The same function in a tier; the same as before where it has no faster form. other receives a handle of its own. */
nl_status nl_activation_in_tier(nl_activation activation, nl_tier tier, nl_activation *other);

/*
 * The same function, with the same bits, whose long calls are divided among threads: at most so many, the caller's among them; 0 for as
 * many as there are processors. It pays from some 30000 elements on. A helper that has had nothing to do for a second ends.
 */
nl_status nl_activation_on_threads(nl_activation activation, int32_t threads, nl_activation *other);

/* The same gated unit for arrays that hold gates and values in a layout. NL_NOT_SUPPORTED: it is no gated unit. */
nl_status nl_activation_with_layout(nl_activation activation, nl_layout layout, nl_activation *other);

/* How many parameters the function has. */
nl_status nl_activation_parameter_count(nl_activation activation, int32_t *count);

/* The value of a parameter, by its place from 0. */
nl_status nl_activation_parameter(nl_activation activation, int32_t index, double *value);

/* The name of a parameter, by its place from 0. Buffer and result are those of nl_last_error. */
int64_t nl_activation_parameter_name(nl_activation activation, int32_t index, char *buffer, int64_t capacity);

/*
 * How many outputs there are for a number of inputs: as many, or for gated units half, for maxout a share, for CReLU twice as many.
 * NL_INVALID_ARGUMENT: the number of inputs is odd or no multiple.
 */
nl_status nl_activation_outputs(nl_activation activation, int64_t inputs, int64_t *outputs);

/* Arrays ------------------------------------------------------------------------------------------------------------------------------ */

/*
 * y = f(x). For a function along an axis the array is one vector; a gated unit needs a layout.
 *
 * x      count elements
 * y      receives nl_activation_outputs elements; may be x where there are as many
 */
nl_status nl_forward(nl_activation activation, nl_type type, const void *x, void *y, int64_t count);

/* f'(x) of every element; at a kink the slope on the left, at infinity the limit. NL_NOT_SUPPORTED: not an elementwise function. */
nl_status nl_derivative(nl_activation activation, nl_type type, const void *x, void *derivative, int64_t count);

/*
 * dx = dy f'(x), rounded once; the product with the Jacobian where outputs depend on several inputs.
 *
 * x      the count inputs of the forward pass
 * dy     the gradient by its outputs: nl_activation_outputs elements
 * dx     receives the gradient by the inputs; may be x or dy
 */
nl_status nl_backward(nl_activation activation, nl_type type, const void *x, const void *dy, void *dx, int64_t count);

/*
 * The gradient by each parameter, summed over all elements in a fixed order: gradient[k] = sum of dy[i] df/dp[k](x[i]).
 *
 * gradient    receives a number for each parameter
 * parameters  how many it has room for: nl_activation_parameter_count
 *
 * NL_NOT_SUPPORTED: not an elementwise function.
 */
nl_status nl_parameter_gradient(
    nl_activation activation, nl_type type, const void *x, const void *dy, int64_t count, double *gradient, int32_t parameters);

/* Tensors ----------------------------------------------------------------------------------------------------------------------------- */

/*
 * y = f(x) along an axis of a row-major tensor. An elementwise function takes every element by itself.
 *
 * x           the elements
 * y           receives the outputs, in the same shape but for the axis, whose extent is nl_activation_outputs of the extent of x
 * shape       the extents of x
 * dimensions  how many there are
 * axis        the axis, from 0, or from the end if it is negative: -1 is the last
 *
 * NL_INVALID_ARGUMENT: there is no such axis, its extent does not fit, or a gated unit has no layout.
 */
nl_status nl_forward_along(
    nl_activation activation, nl_type type, const void *x, void *y, const int64_t *shape, int32_t dimensions, int32_t axis);

/* The gradient by x, from that by y, along an axis; shape is that of x and dx. Maxout and gated units are computed again from x. */
nl_status nl_backward_along(
    nl_activation activation, nl_type type, const void *x, const void *dy, void *dx, const int64_t *shape, int32_t dimensions,
    int32_t axis);

/*
 * y = f(x) with a value of the function's only parameter for each channel, as PReLU learns it. Dimension 1 is the channel.
 *
 * parameter   the values, of the type of x
 * parameters  how many: the extent of dimension 1, or 1
 *
 * NL_NOT_SUPPORTED: the function has not exactly one parameter.
 */
nl_status nl_forward_per_channel(
    nl_activation activation, nl_type type, const void *x, void *y, const int64_t *shape, int32_t dimensions, const void *parameter,
    int64_t parameters);

/* The gradients of that: dx by the inputs, and gradient by each value, summed over the positions that share it. */
nl_status nl_backward_per_channel(
    nl_activation activation, nl_type type, const void *x, const void *dy, void *dx, const int64_t *shape, int32_t dimensions,
    const void *parameter, int64_t parameters, double *gradient);

/* Gated units ------------------------------------------------------------------------------------------------------------------------- */

/* y = a(gate) b(value) for every pair, from two arrays of count elements each; no layout is needed. y may be either input. */
nl_status nl_forward_gated(nl_activation activation, nl_type type, const void *gate, const void *value, void *y, int64_t count);

/* Both gradients in one pass. dgate and dvalue may be any of the inputs, but not the same array. */
nl_status nl_backward_gated(
    nl_activation activation, nl_type type, const void *gate, const void *value, const void *dy, void *dgate, void *dvalue,
    int64_t count);

/* ONNX Runtime ------------------------------------------------------------------------------------------------------------------------ */

struct OrtSessionOptions;
struct OrtApiBase;
struct OrtStatus;

/*
 * Makes all functions known to a session as operators of the domain "nonlinear". ONNX Runtime calls it, when a program asks it to register
 * this library; nobody else needs to. Returns NULL, or what went wrong. docs/native.md lists operators and attributes.
 */
struct OrtStatus *RegisterCustomOps(struct OrtSessionOptions *options, const struct OrtApiBase *api);

#ifdef __cplusplus
}
#endif

#endif
