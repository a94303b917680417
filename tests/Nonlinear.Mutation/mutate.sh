#!/usr/bin/env bash
# Mutation testing of Numerics and Kernels: Stryker changes the code in small ways, and a test that judges numbers must fail each time.
#   tests/Nonlinear.Mutation/mutate.sh                              every file of both folders; many hours
#   tests/Nonlinear.Mutation/mutate.sh --sample                     every twentieth of them, from the tenth on
#   tests/Nonlinear.Mutation/mutate.sh Numerics/ParameterSet.cs …   some, by their paths in src/Nonlinear
# The report appears in artifacts/mutation. Nothing is looked up or sent.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
if [ "${1:-}" = --sample ]; then
    cd src/Nonlinear
    mapfile -t files < <(find Kernels Numerics -name '*.cs' ! -path '*/Constants/*' | LC_ALL=C sort | awk 'NR % 20 == 10')
    cd "$root"
    set -- "${files[@]}"
fi
choice=()
for file in "$@"; do
    choice+=(--mutate "$file")
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Each build takes minutes otherwise, and what is mutated breaks rules of style.
export RunAnalyzers=false
dotnet tool restore >/dev/null
cd tests/Nonlinear.Mutation
dotnet stryker --skip-version-check --output "$root/artifacts/mutation" "${choice[@]}"
