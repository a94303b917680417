#!/usr/bin/env bash
# Mutation testing of Numerics and Kernels: the code is changed in small ways, and a test that judges numbers must fail each time.
#   tests/Nonlinear.Mutation/mutate.sh [COUNT [SEED]]       300 mutants, drawn by seed 20
# Stryker puts all mutants into one assembly, a switch each, in some three minutes. Its own runs take days: it asks a file at every switch
# which mutant is on. So it runs a single test, which keeps the assembly; then tests are called with one mutant after the other switched on.
# What became of each stands in artifacts/mutation/mutants-SEED.tsv, where a run that was broken off goes on. Nothing is looked up or sent.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=$PWD/artifacts/mutation
mkdir -p "$place"
export NONLINEAR_MUTANTS_COUNT=${1:-300} NONLINEAR_MUTANTS_SEED=${2:-20}
export NONLINEAR_MUTANTS_JOURNAL=$place/mutants-$NONLINEAR_MUTANTS_SEED.tsv
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Each build takes minutes otherwise, and what is mutated breaks rules of style.
export RunAnalyzers=false
dotnet tool restore >/dev/null
cd tests/Nonlinear.Mutation
# Numbers of mutants hold for one build only.
if [ "${MUTANTS:-new}" = new ]; then
    rm -f "$NONLINEAR_MUTANTS_JOURNAL"
    NONLINEAR_KEEP_MUTANTS=$place/Nonlinear.dll dotnet stryker --skip-version-check --output "$place"
fi
dotnet build -c Release --nologo -v quiet ../Nonlinear.Tests
rm -rf "$place/tests"
cp -r ../Nonlinear.Tests/bin/Release/net10.0 "$place/tests"
cp bin/Release/net10.0/Nonlinear.Mutation.dll "$place/Nonlinear.dll" "$place/tests"
cd "$place/tests"
export NONLINEAR_MUTANTS=$place/reports/mutation-report.json
for _ in $(seq "$NONLINEAR_MUTANTS_COUNT"); do
    # A mutant that ends the process, and one that never ends, is killed; the next process goes on behind it.
    dotnet exec --depsfile Nonlinear.Tests.deps.json --runtimeconfig Nonlinear.Tests.runtimeconfig.json Nonlinear.Mutation.dll \
        --progress off --filter-class '*.MutantSample' && exit
done
