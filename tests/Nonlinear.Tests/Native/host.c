/*
 * What the library does to the process around it, for NativeLibraryTests: host.c LIBRARY. It is loaded and closed several times; bad calls
 * come back as errors; a fork goes on; helpers go. Prints "done" and ends by returning.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nonlinear.h"

#define COUNT 1000000

static int threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int count = -2;
    while (readdir(tasks))
        count++;
    closedir(tasks);
    return count;
}

static void require(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "not so: %s\n", what);
        exit(1);
    }
}

int main(int count, char **arguments)
{
    static float x[COUNT], y[COUNT], again[COUNT];
    (void)count;
    for (int i = 0; i < COUNT; i++)
        x[i] = (float)(i - COUNT / 2) * 1e-5f;

    /* Closed and loaded anew it goes on where it was; before any call it has no thread. */
    require(threads() == 1, "one thread before");
    nl_activation gelu = 0, other = 0;
    for (int round = 0; round < 3; round++) {
        void *library = dlopen(arguments[1], RTLD_NOW);
        require(library != NULL, "loaded");
        int32_t (*version)(void);
        *(void **)&version = dlsym(library, "nl_version");
        require(version() == NL_VERSION, "version");
        if (round == 0)
            require(nl_activation_parse("gelu", &gelu) == NL_OK, "parsed");
        require(nl_forward(gelu, NL_FLOAT, x, y, 16) == NL_OK, "called again");
        dlclose(library);
    }
    int before = threads();
    require(before <= 2, "no thread but the runtime's one that waits");

    /* Bad calls: a status and a message, and nothing written. */
    char message[1000];
    int64_t shape[] = {10, -1}, outputs = 0;
    require(nl_forward(0, NL_FLOAT, x, y, 1) == NL_INVALID_ARGUMENT, "no handle");
    require(nl_forward(gelu ^ 7, NL_FLOAT, x, y, 1) == NL_INVALID_ARGUMENT, "another handle");
    require(nl_forward(gelu, 9, x, y, 1) == NL_INVALID_ARGUMENT, "no type");
    require(nl_forward(gelu, NL_FLOAT, NULL, y, 1) == NL_INVALID_ARGUMENT, "NULL");
    require(nl_last_error(message, sizeof message) == (int64_t)strlen(message) && !strcmp(message, "x is NULL."), "the message");
    require(nl_last_error(message, 5) == 10 && !strcmp(message, "x is"), "a message that is cut");
    require(nl_last_error(NULL, 0) == 10, "a length alone");
    require(nl_last_error(NULL, 5) == -NL_INVALID_ARGUMENT, "a buffer that is none");
    require(nl_forward(gelu, NL_FLOAT, x, y, -1) == NL_INVALID_ARGUMENT, "a negative count");
    require(nl_forward(gelu, NL_FLOAT, x, y, INT64_C(3000000000)) == NL_INVALID_ARGUMENT, "too many");
    require(nl_forward(gelu, NL_FLOAT, (char *)x + 1, y, 1) == NL_INVALID_ARGUMENT, "an odd address");
    require(nl_forward(gelu, NL_FLOAT, x, x + 1, 8) == NL_INVALID_ARGUMENT, "overlap");
    require(nl_forward_along(gelu, NL_FLOAT, x, y, shape, 2, 0) == NL_INVALID_ARGUMENT, "a negative extent");
    require(nl_activation_parse("elu(alpha=no)", &other) == NL_UNKNOWN_NAME && other == 0, "a parameter that is none");
    require(nl_activation_parse("jelu", NULL) == NL_INVALID_ARGUMENT, "nowhere to write");
    require(nl_activation_parse("softmax", &other) == NL_OK, "softmax");
    require(nl_derivative(other, NL_FLOAT, x, y, 4) == NL_NOT_SUPPORTED, "no derivative of its own");
    require(nl_forward_gated(other, NL_FLOAT, x, x, y, 4) == NL_NOT_SUPPORTED, "no gate");
    shape[1] = 4;
    require(nl_forward_along(other, NL_FLOAT, x, y, shape, 2, 2) == NL_INVALID_ARGUMENT, "no axis");
    require(nl_activation_release(other) == NL_OK && nl_activation_release(other) == NL_INVALID_ARGUMENT, "released once");
    require(nl_activation_parse("swiglu", &other) == NL_OK, "swiglu");
    require(nl_forward(other, NL_FLOAT, x, y, 4) == NL_INVALID_ARGUMENT, "no layout");
    require(nl_activation_outputs(other, 3, &outputs) == NL_INVALID_ARGUMENT, "an odd number");
    require(nl_activation_release(other) == NL_OK, "released");

    /* Helpers come for long calls, and go. */
    nl_activation parallel;
    require(nl_activation_on_threads(gelu, 4, &parallel) == NL_OK, "on threads");
    require(nl_forward(gelu, NL_FLOAT, x, y, COUNT) == NL_OK, "on one thread");
    for (int round = 0; round < 20; round++)
        require(nl_forward(parallel, NL_FLOAT, x, again, COUNT) == NL_OK, "on several");
    require(!memcmp(y, again, sizeof y), "the same bits");
    int most = threads();
    for (int wait = 0; threads() > before + 1 && wait < 100; wait++)
        usleep(100000);
    printf("%d threads before helpers, %d with them, %d after\n", before, most, threads());
    require(threads() <= before + 1, "helpers go, but for the one of the runtime that would call them");

    /* A child of fork goes on, alone. */
    pid_t child = fork();
    if (child == 0) {
        memset(again, 0, sizeof again);
        int status = nl_forward(parallel, NL_FLOAT, x, again, COUNT);
        _exit(status == NL_OK && !memcmp(y, again, sizeof y) ? 0 : 3);
    }
    int ended;
    require(waitpid(child, &ended, 0) == child && WIFEXITED(ended) && WEXITSTATUS(ended) == 0, "a child of fork");

    /* Signals that it has taken. */
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN)
            printf("signal %d is taken\n", number);
    }
    printf("done\n");
    return 0;
}
