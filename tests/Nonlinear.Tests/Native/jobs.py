"""Does jobs with libnonlinear by ctypes, for NativeLibraryTests to compare: jobs.py LIBRARY FOLDER [flush]

The files are those of jobs.c. Arrays are NumPy's where it is there, and ctypes' own otherwise.
"""
import ctypes
import platform
import sys

try:
    import numpy
except ImportError:
    numpy = None

SIZES = {1: 4, 2: 8, 3: 2, 4: 2}
HANDLE, WHOLE, LONG, PLACE = ctypes.c_uint64, ctypes.c_int32, ctypes.c_int64, ctypes.c_void_p

library = ctypes.CDLL(sys.argv[1])
folder = sys.argv[2]
library.nl_last_error.restype = LONG
library.nl_last_error.argtypes = [ctypes.c_char_p, LONG]
SHAPE = ctypes.POINTER(LONG)
SIGNATURES = {
    "nl_activation_parse": [ctypes.c_char_p, ctypes.POINTER(HANDLE)],
    "nl_activation_release": [HANDLE],
    "nl_activation_outputs": [HANDLE, LONG, ctypes.POINTER(LONG)],
    "nl_activation_parameter_count": [HANDLE, ctypes.POINTER(WHOLE)],
    "nl_forward": [HANDLE, WHOLE, PLACE, PLACE, LONG],
    "nl_derivative": [HANDLE, WHOLE, PLACE, PLACE, LONG],
    "nl_backward": [HANDLE, WHOLE, PLACE, PLACE, PLACE, LONG],
    "nl_parameter_gradient": [HANDLE, WHOLE, PLACE, PLACE, LONG, PLACE, WHOLE],
    "nl_forward_along": [HANDLE, WHOLE, PLACE, PLACE, SHAPE, WHOLE, WHOLE],
    "nl_backward_along": [HANDLE, WHOLE, PLACE, PLACE, PLACE, SHAPE, WHOLE, WHOLE],
    "nl_forward_gated": [HANDLE, WHOLE, PLACE, PLACE, PLACE, LONG],
    "nl_backward_gated": [HANDLE, WHOLE, PLACE, PLACE, PLACE, PLACE, PLACE, LONG],
    "nl_forward_per_channel": [HANDLE, WHOLE, PLACE, PLACE, SHAPE, WHOLE, PLACE, LONG],
}
for function, types in SIGNATURES.items():
    getattr(library, function).argtypes = types
    getattr(library, function).restype = WHOLE


def call(function, *arguments):
    status = getattr(library, function)(*arguments)
    if status:
        message = ctypes.create_string_buffer(1000)
        library.nl_last_error(message, len(message))
        raise RuntimeError(f"{function} {status}: {message.value.decode()}")


class Array:
    """Bytes with an address."""

    def __init__(self, content):
        if numpy is not None:
            self.content = numpy.frombuffer(bytearray(content), dtype=numpy.uint8)
            self.place = self.content.ctypes.data
        else:
            self.content = ctypes.create_string_buffer(bytes(content), len(content))
            self.place = ctypes.addressof(self.content)

    def bytes(self, count):
        return self.content.tobytes()[:count] if numpy is not None else self.content.raw[:count]


def flush():
    """Takes subnormal numbers for 0 on this thread, by what C's library saves of the processor."""
    environment, mathematics = (ctypes.c_uint32 * 16)(), ctypes.CDLL("libm.so.6")
    mathematics.fegetenv(environment)
    if platform.machine() == "x86_64":
        environment[7] |= 0x8040
    else:
        environment[0] |= 0x01000000
    mathematics.fesetenv(environment)


if "flush" in sys.argv:
    flush()
inputs = {}
for kind in SIZES:
    for array in "abc":
        with open(f"{folder}/{array}.{kind}", "rb") as file:
            inputs[array, kind] = Array(file.read())
done = 0
with open(f"{folder}/jobs.txt") as jobs, open(f"{folder}/results.bin", "wb") as results:
    for line in jobs:
        operation, kind, dimensions, *rest = line.split()
        kind, dimensions = int(kind), int(dimensions)
        shape, axis, name = [int(extent) for extent in rest[:dimensions]], int(rest[dimensions]), rest[dimensions + 1]
        count = 1
        for extent in shape:
            count *= extent
        activation, outputs, size = HANDLE(), LONG(count), SIZES[kind]
        call("nl_activation_parse", name.encode(), ctypes.byref(activation))
        a, b, c = (inputs[array, kind].place for array in "abc")
        y = Array(bytes(max(16 * count, 64)))
        extents = (LONG * dimensions)(*shape)
        if operation == "forward":
            call("nl_activation_outputs", activation, count, ctypes.byref(outputs))
            call("nl_forward", activation, kind, a, y.place, count)
        elif operation == "derivative":
            call("nl_derivative", activation, kind, a, y.place, count)
        elif operation == "backward":
            call("nl_backward", activation, kind, a, b, y.place, count)
        elif operation == "gradient":
            parameters = WHOLE()
            call("nl_activation_parameter_count", activation, ctypes.byref(parameters))
            call("nl_parameter_gradient", activation, kind, a, b, count, y.place, parameters)
            outputs, size = LONG(parameters.value), 8
        elif operation == "along":
            call("nl_activation_outputs", activation, shape[axis], ctypes.byref(outputs))
            call("nl_forward_along", activation, kind, a, y.place, extents, dimensions, axis)
            outputs = LONG(count // shape[axis] * outputs.value)
        elif operation == "back_along":
            call("nl_backward_along", activation, kind, a, b, y.place, extents, dimensions, axis)
        elif operation == "gated":
            call("nl_forward_gated", activation, kind, a, b, y.place, count)
        elif operation == "back_gated":
            call("nl_backward_gated", activation, kind, a, b, c, y.place, y.place + count * size, count)
            outputs = LONG(2 * count)
        elif operation == "channels":
            call("nl_forward_per_channel", activation, kind, a, y.place, extents, dimensions, b, shape[1])
        else:
            raise ValueError(operation)
        results.write(y.bytes(outputs.value * size))
        call("nl_activation_release", activation)
        done += 1
print(f"{done} jobs, {'NumPy' if numpy is not None else 'no NumPy'}")
