/*
 * Does jobs with libnonlinear, for NativeLibraryTests to compare: jobs.c FOLDER [flush|upward] [threads N]
 * A line of FOLDER/jobs.txt is a job: operation, type, number of dimensions, extents, axis, name. FOLDER/a.TYPE, b.TYPE and c.TYPE hold
 * inputs; results go to FOLDER/results.bin, one job after another.
 */
#include <fenv.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include "nonlinear.h"

static const int SIZES[] = {0, 4, 8, 2, 2};

#define FLUSHING 0x8040u
#define NOTES 0x3fu

/* How the thread computes, without what the processor notes by itself. */
static unsigned control(void)
{
#if defined(__x86_64__)
    return _mm_getcsr() & ~NOTES;
#else
    uint64_t word;
    __asm__ volatile("mrs %0, fpcr" : "=r"(word));
    return (unsigned)word;
#endif
}

static void flush(void)
{
#if defined(__x86_64__)
    _mm_setcsr(_mm_getcsr() | FLUSHING);
#else
    __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)1 << 24));
#endif
}

static void fail(const char *what)
{
    char message[1000];
    nl_last_error(message, sizeof message);
    fprintf(stderr, "%s: %s\n", what, message);
    exit(1);
}

static void *read_file(const char *folder, const char *name, int type)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.%d", folder, name, type);
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    void *content = malloc((size_t)size);
    if (fread(content, 1, (size_t)size, file) != (size_t)size)
        exit(2);
    fclose(file);
    return content;
}

int main(int count_of_arguments, char **arguments)
{
    if (count_of_arguments < 2)
        return 2;
    const char *folder = arguments[1];
    int threads = 1;
    for (int i = 2; i < count_of_arguments; i++) {
        if (!strcmp(arguments[i], "flush"))
            flush();
        else if (!strcmp(arguments[i], "upward"))
            fesetround(FE_UPWARD);
        else if (!strcmp(arguments[i], "threads"))
            threads = atoi(arguments[++i]);
    }
    unsigned before = control();
    if (nl_version() != NL_VERSION) {
        fprintf(stderr, "The header is of version %d, the library of %d.\n", NL_VERSION, nl_version());
        return 1;
    }
    if (nl_catalog_count() < 1)
        return 2;
    void *a[5], *b[5], *c[5];
    for (int type = 1; type <= 4; type++) {
        a[type] = read_file(folder, "a", type);
        b[type] = read_file(folder, "b", type);
        c[type] = read_file(folder, "c", type);
    }
    char path[4096], operation[32], name[1000];
    snprintf(path, sizeof path, "%s/jobs.txt", folder);
    FILE *jobs = fopen(path, "r");
    snprintf(path, sizeof path, "%s/results.bin", folder);
    FILE *results = fopen(path, "wb");
    if (!jobs || !results)
        return 2;
    int type, dimensions, axis, done = 0;
    while (fscanf(jobs, "%31s %d %d", operation, &type, &dimensions) == 3) {
        int64_t shape[8], count = 1, outputs = 0;
        for (int i = 0; i < dimensions; i++) {
            if (fscanf(jobs, "%" SCNd64, &shape[i]) != 1)
                return 2;
            count *= shape[i];
        }
        if (fscanf(jobs, "%d %999s", &axis, name) != 2)
            return 2;
        nl_activation parsed, activation;
        if (nl_activation_parse(name, &parsed) || nl_activation_on_threads(parsed, threads, &activation) || nl_activation_release(parsed))
            fail(name);
        size_t size = (size_t)SIZES[type];
        char *y = calloc(2 * (size_t)count + 8, size > 8 ? size : 8);
        nl_status status;
        if (!strcmp(operation, "forward")) {
            status = nl_activation_outputs(activation, count, &outputs) || nl_forward(activation, type, a[type], y, count);
        } else if (!strcmp(operation, "derivative")) {
            outputs = count;
            status = nl_derivative(activation, type, a[type], y, count);
        } else if (!strcmp(operation, "backward")) {
            outputs = count;
            status = nl_backward(activation, type, a[type], b[type], y, count);
        } else if (!strcmp(operation, "gradient")) {
            int32_t parameters;
            status = nl_activation_parameter_count(activation, &parameters)
                || nl_parameter_gradient(activation, type, a[type], b[type], count, (double *)(void *)y, parameters);
            outputs = parameters;
            size = sizeof(double);
        } else if (!strcmp(operation, "along")) {
            int place = axis < 0 ? axis + dimensions : axis;
            status = nl_activation_outputs(activation, shape[place], &outputs)
                || nl_forward_along(activation, type, a[type], y, shape, dimensions, axis);
            outputs = shape[place] ? count / shape[place] * outputs : 0;
        } else if (!strcmp(operation, "back_along")) {
            outputs = count;
            status = nl_backward_along(activation, type, a[type], b[type], y, shape, dimensions, axis);
        } else if (!strcmp(operation, "gated")) {
            outputs = count;
            status = nl_forward_gated(activation, type, a[type], b[type], y, count);
        } else if (!strcmp(operation, "back_gated")) {
            outputs = 2 * count;
            status = nl_backward_gated(activation, type, a[type], b[type], c[type], y, y + (size_t)count * size, count);
        } else if (!strcmp(operation, "channels")) {
            outputs = count;
            status = nl_forward_per_channel(activation, type, a[type], y, shape, dimensions, b[type], shape[1]);
        } else {
            return 2;
        }
        if (status)
            fail(name);
        if (control() != before) {
            fprintf(stderr, "%s: the control register was %x and is %x.\n", name, before, control());
            return 1;
        }
        if (fwrite(y, size, (size_t)outputs, results) != (size_t)outputs)
            return 2;
        free(y);
        if (nl_activation_release(activation))
            fail(name);
        done++;
    }
    fclose(results);
    printf("%d jobs\n", done);
    return 0;
}
