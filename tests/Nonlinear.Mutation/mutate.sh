#!/usr/bin/env bash
# Mutation testing of Numerics and Kernels: the code is changed in small ways, and a test that judges numbers must fail each time.
#   tests/Nonlinear.Mutation/mutate.sh [COUNT [SEED]]       300 mutants, drawn by seed 20
# Stryker puts all mutants into one assembly, a switch each, in some two minutes. Its own runs take days: it asks a file at every switch
# which mutant is on. So it runs a single test, which keeps the assembly; then tests are called with one mutant after the other switched on,
# for each mutant those that reach it. What became of each stands in artifacts/mutation/mutants-SEED.tsv. MUTANTS=kept goes on with the same
# mutants after a run that was broken off, or with more of them, or with other tests, if the library has not changed meanwhile: what
# survived is tried again. Nothing is looked up or sent.
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
export NONLINEAR_MUTANTS_REACHED=$place/reached.tsv
# Numbers of mutants hold for one build only.
if [ "${MUTANTS:-new}" = new ]; then
    rm -f "$place"/mutants-*.tsv
    NONLINEAR_KEEP_MUTANTS=$place/Nonlinear.dll dotnet stryker --skip-version-check --output "$place"
elif [ -f "$NONLINEAR_MUTANTS_JOURNAL" ]; then
    sed -i '/^[0-9]*\tsurvived/d' "$NONLINEAR_MUTANTS_JOURNAL"
fi
rm -f "$NONLINEAR_MUTANTS_REACHED"
dotnet build -c Release --nologo -v quiet ../Nonlinear.Tests
dotnet build -c Release --nologo -v quiet
rm -rf "$place/tests"
cp -r ../Nonlinear.Tests/bin/Release/net10.0 "$place/tests"
cp bin/Release/net10.0/Nonlinear.Mutation.dll "$place/Nonlinear.dll" "$place/tests"
cd "$place/tests"
export NONLINEAR_MUTANTS=$place/reports/mutation-report.json
for _ in $(seq "$NONLINEAR_MUTANTS_COUNT"); do
    code=0
    dotnet exec --depsfile Nonlinear.Tests.deps.json --runtimeconfig Nonlinear.Tests.runtimeconfig.json Nonlinear.Mutation.dll \
        --progress off --filter-class '*.MutantSample' || code=$?
    unset NONLINEAR_MUTANTS_CRASHED
    case $code in
        0) exit ;;
        # It ended itself, behind a mutant that would never have ended or left something behind: the next process goes on.
        1) ;;
        # SIGABRT and SIGSEGV: a mutant ended it, and is killed.
        134 | 139) export NONLINEAR_MUTANTS_CRASHED=1 ;;
        *) exit "$code" ;;
    esac
done
