#!/usr/bin/env bash
# Mutation testing of Numerics and Kernels: the code is changed in small ways, and a test that judges numbers must fail each time.
#   tests/Nonlinear.Mutation/mutate.sh [COUNT [SEED]]       300 mutants, drawn by seed 20
# Stryker puts all mutants into one assembly, a switch each, in some two minutes. Its own runs take days: it asks a file at every switch
# which mutant is on. So it runs a single test, which keeps the assembly. Then each test is called once, to see what it reaches; then tests
# are called with one mutant after the other switched on, for each mutant those that reach it. WORKERS=2 processes share the work. What
# became of each mutant stands in artifacts/mutation/mutants-SEED-*.tsv. MUTANTS=kept goes on with the same assembly after a run that was
# broken off, or with more mutants, or another seed; CASES=new calls all tests anew first, if there are others, and tries again what
# survived. Nothing is looked up or sent.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=$PWD/artifacts/mutation
mkdir -p "$place"
export NONLINEAR_MUTANTS_FOLDER=$place NONLINEAR_MUTANTS_COUNT=${1:-300} NONLINEAR_MUTANTS_SEED=${2:-20}
export NONLINEAR_MUTANTS_PARTS=${WORKERS:-2}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Each build takes minutes otherwise, and what is mutated breaks rules of style.
export RunAnalyzers=false
dotnet tool restore >/dev/null
cd tests/Nonlinear.Mutation
# Numbers of mutants hold for one assembly only.
if [ "${MUTANTS:-new}" = new ]; then
    rm -f "$place"/mutants-*.tsv "$place"/reached-*.tsv
    NONLINEAR_KEEP_MUTANTS=$place/Nonlinear.dll dotnet stryker --skip-version-check --output "$place"
elif [ "${CASES:-kept}" = new ]; then
    rm -f "$place"/reached-*.tsv
    find "$place" -name "mutants-$NONLINEAR_MUTANTS_SEED-*.tsv" -exec sed -i '/^[0-9]*\tsurvived/d' {} +
fi
if [ "${MUTANTS:-new}" = new ] || [ "${CASES:-kept}" = new ]; then
    dotnet build -c Release --nologo -v quiet ../Nonlinear.Tests
    dotnet build -c Release --nologo -v quiet
    rm -rf "$place/tests"
    cp -r ../Nonlinear.Tests/bin/Release/net10.0 "$place/tests"
    cp "$place/Nonlinear.dll" bin/Release/net10.0/Nonlinear.Mutation.dll "$place/tests"
fi
cd "$place/tests"

# One process after the other, as long as mutants end them.
part() {
    export NONLINEAR_MUTANTS_PHASE=$1 NONLINEAR_MUTANTS_PART=$2
    for _ in $(seq $((2 * NONLINEAR_MUTANTS_COUNT))); do
        code=0
        dotnet exec --depsfile Nonlinear.Tests.deps.json --runtimeconfig Nonlinear.Tests.runtimeconfig.json Nonlinear.Mutation.dll \
            --progress off --filter-class '*.MutantSample' || code=$?
        unset NONLINEAR_MUTANTS_CRASHED
        case $code in
            0) return ;;
            # It ended itself, behind a mutant that would never have ended or left something behind: the next process goes on.
            1) ;;
            # SIGABRT and SIGSEGV: a mutant ended it, and is killed.
            134 | 139) export NONLINEAR_MUTANTS_CRASHED=1 ;;
            *) return "$code" ;;
        esac
    done
}

# Whoever ends this script ends all of them.
trap 'kill 0' INT TERM
for phase in prepare try; do
    workers=()
    for worker in $(seq 0 $((NONLINEAR_MUTANTS_PARTS - 1))); do
        part $phase "$worker" &
        workers+=($!)
    done
    for worker in "${workers[@]}"; do
        wait "$worker"
    done
done
part tell 0
