"""GELU and its gradient, and softmax, from Python with NumPy: python3 gelu.py FOLDER/libnonlinear.so"""
import ctypes
import sys

import numpy

FLOAT = 1
HANDLE, WHOLE, LONG, PLACE = ctypes.c_uint64, ctypes.c_int32, ctypes.c_int64, ctypes.c_void_p

library = ctypes.CDLL(sys.argv[1])
# What ctypes is not told it takes for a C int, and cuts handles and addresses to 32 bits.
library.nl_last_error.argtypes = [ctypes.c_char_p, LONG]
library.nl_activation_parse.argtypes = [ctypes.c_char_p, ctypes.POINTER(HANDLE)]
library.nl_activation_release.argtypes = [HANDLE]
library.nl_forward.argtypes = [HANDLE, WHOLE, PLACE, PLACE, LONG]
library.nl_backward.argtypes = [HANDLE, WHOLE, PLACE, PLACE, PLACE, LONG]
library.nl_forward_along.argtypes = [HANDLE, WHOLE, PLACE, PLACE, ctypes.POINTER(LONG), WHOLE, WHOLE]


def check(status):
    if status:
        message = ctypes.create_string_buffer(500)
        library.nl_last_error(message, len(message))
        raise ValueError(message.value.decode())


class Activation:
    """A function by name, for contiguous arrays of float32."""

    def __init__(self, name):
        self.handle = HANDLE()
        check(library.nl_activation_parse(name.encode(), ctypes.byref(self.handle)))

    def __del__(self):
        if self.handle:
            library.nl_activation_release(self.handle)

    def forward(self, x):
        y = numpy.empty_like(x)
        check(library.nl_forward(self.handle, FLOAT, x.ctypes.data, y.ctypes.data, x.size))
        return y

    def backward(self, x, dy):
        dx = numpy.empty_like(x)
        check(library.nl_backward(self.handle, FLOAT, x.ctypes.data, dy.ctypes.data, dx.ctypes.data, x.size))
        return dx

    def along(self, x, axis):
        y = numpy.empty_like(x)
        shape = (LONG * x.ndim)(*x.shape)
        check(library.nl_forward_along(self.handle, FLOAT, x.ctypes.data, y.ctypes.data, shape, x.ndim, axis))
        return y


x = numpy.array([-5.5, -1, 0, 2], dtype=numpy.float32)
gelu = Activation("gelu")
print("gelu(-5.5) =", gelu.forward(x)[0], "slope", gelu.backward(x, numpy.ones_like(x))[0])
print("softmax =", Activation("softmax").along(x.reshape(2, 2), axis=-1).tolist())
try:
    Activation("jelu")
except ValueError as failure:
    print("jelu:", failure)
