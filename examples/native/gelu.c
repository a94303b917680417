/* GELU and its gradient, SwiGLU and softmax from C. Build: cc gelu.c -I FOLDER -L FOLDER -lnonlinear -Wl,-rpath,FOLDER */
#include <stdio.h>
#include <stdlib.h>

#include "nonlinear.h"

static void check(nl_status status)
{
    if (status == NL_OK)
        return;
    char message[500];
    nl_last_error(message, sizeof message);
    fprintf(stderr, "libnonlinear: %s\n", message);
    exit(1);
}

int main(void)
{
    float x[] = {-5.5f, -1, 0, 2}, dy[] = {1, 1, 1, 1}, y[4], dx[4];
    nl_activation gelu, swiglu, softmax;

    check(nl_activation_parse("gelu", &gelu));
    check(nl_forward(gelu, NL_FLOAT, x, y, 4));
    check(nl_backward(gelu, NL_FLOAT, x, dy, dx, 4));
    printf("gelu(-5.5) = %.9g, slope %.9g\n", y[0], dx[0]);

    /* A gate and a value for each output; here they lie in one array, the gates first. */
    check(nl_activation_parse("swiglu(layout=gate_first)", &swiglu));
    check(nl_forward(swiglu, NL_FLOAT, x, y, 4));
    printf("swiglu = %.9g %.9g\n", y[0], y[1]);

    /* Two rows of two; the last axis sums to 1. */
    int64_t shape[] = {2, 2};
    check(nl_activation_parse("softmax", &softmax));
    check(nl_forward_along(softmax, NL_FLOAT, x, y, shape, 2, -1));
    printf("softmax = %.9g %.9g, %.9g %.9g\n", y[0], y[1], y[2], y[3]);

    nl_activation none;
    if (nl_activation_parse("jelu", &none) == NL_UNKNOWN_NAME) {
        char message[500];
        nl_last_error(message, sizeof message);
        printf("jelu: %s\n", message);
    }

    check(nl_activation_release(gelu));
    check(nl_activation_release(swiglu));
    check(nl_activation_release(softmax));
    return 0;
}
