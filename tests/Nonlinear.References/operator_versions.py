"""Prints since when each operator of ONNX is as it is, from a copy of the repository onnx/onnx.

    python3 operator_versions.py FOLDER > ../../src/Nonlinear.Lab/Onnx/Editing/operator-versions.txt

The versions are those of docs/Operators.md. A version is marked with '=' where ONNX's own version converter leaves a node of the version
before it as it is (CompatibleAdapter in onnx/version_converter/convert.h): then a node means the same in both.
"""

import re
import subprocess
import sys


def read(folder, path):
    return subprocess.run(["git", "-C", folder, "show", "HEAD:" + path], check=True, capture_output=True, text=True).stdout


def main(folder):
    table = read(folder, "docs/Operators.md").split("### ai.onnx (default)")[1].split("### ai.onnx.preview")[0].split("##")[0]
    converter = read(folder, "onnx/version_converter/convert.h")
    adapter = re.compile(r'CompatibleAdapter>\(\s*"(\w+)",\s*OpSetID\((\d+)\),\s*OpSetID\((\d+)\)\)')
    same = {(name, int(to)) for name, before, to in adapter.findall(converter) if int(to) > int(before)}
    for name, versions in re.findall(r'^\|<a href="#(\w+)">\w+</a>\|(.*)$', table, re.MULTILINE):
        since = sorted({int(version) for version in re.findall(r">(\d+)</a>", versions)})
        print(name, *(f"{version}{'=' if (name, version) in same else ''}" for version in since))


main(sys.argv[1])
