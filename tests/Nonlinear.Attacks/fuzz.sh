#!/usr/bin/env bash
# Fuzzing guided by coverage: arrays, tables, models and names in turn, ten minutes in all unless told otherwise. Half of the time inputs
# are damaged and read in one process, thousands a second; the other half afl-fuzz makes them, which is cleverer, and waits for a second
# process at every input.
#   tests/Nonlinear.Attacks/fuzz.sh [MINUTES [FOLDER]]
# What was found stays in FOLDER (artifacts/fuzz/findings): inputs that crash or hang, and those that led somewhere new, from which the next
# night goes on. It needs Debian's afl++. It ends with 1 if anything crashed or hung.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=${1:-10}
findings=$(realpath -m "${2:-artifacts/fuzz/findings}")
targets=(npy csv onnx names)
program=$PWD/artifacts/fuzz/program

command -v afl-fuzz >/dev/null || { echo "There is no afl-fuzz: apt-get install afl++" >&2; exit 2; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet tool restore >/dev/null
# A copy of its own, for the assemblies that are watched are rewritten.
rm -rf "$program"
dotnet publish tests/Nonlinear.Attacks -c Release -o "$program" --nologo -v quiet
for assembly in Nonlinear Nonlinear.Lab Sylvan.Data.Csv Google.Protobuf; do
    dotnet sharpfuzz "$program/$assembly.dll"
done

mkdir -p "$findings"
half=$((minutes * 30 / ${#targets[@]}))
code=0
for target in "${targets[@]}"; do
    dotnet "$program/Nonlinear.Attacks.dll" --bytes "$target" --count 1000000000 --seconds "$half" --seed "$RANDOM" \
        --keep "$findings/$target-faults" || code=1
done

# The input is a managed program, of which afl-fuzz knows neither how it was built nor how it is to be run.
export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_AUTORESUME=1
export AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_FORKSRV_INIT_TMOUT=120000
# Code that is compiled a second time in the middle looks like another path.
export DOTNET_TieredCompilation=0
for target in "${targets[@]}"; do
    timeout --kill-after=30 $((half + 180)) \
        afl-fuzz -i "tests/Nonlinear.Attacks/Corpus/$target" -o "$findings/$target" -m none -t 10000 -V "$half" \
        dotnet "$program/Nonlinear.Attacks.dll" --guided "$target" --tally "$findings/$target.tally" >"$findings/$target.log" 2>&1 ||
        { tail -n 20 "$findings/$target.log"; exit 2; }
    found=$(find "$findings/$target"/default/{crashes,hangs} -name 'id*' | wc -l)
    read -r inputs bytes < <(od -An -t d8 -w16 "$findings/$target.tally")
    paths=$(find "$findings/$target/default/queue" -name 'id*' | wc -l)
    echo "$target by afl-fuzz: $inputs inputs, $bytes bytes, $paths that lead somewhere of their own, $found that crash or hang"
    [ "$found" -eq 0 ] || code=1
done
exit "$code"
