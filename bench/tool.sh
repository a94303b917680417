#!/usr/bin/env bash
# What the README says of the tool: how large its package is and what is installed, and how long it takes to start.
# Nothing else should be running. Everything happens in a folder that is removed again.
set -euo pipefail
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

dotnet pack src/Nonlinear.Cli -o "$place/feed" -p:RunAnalyzers=false -nodeReuse:false >"$place/log" || { cat "$place/log"; exit 1; }
dotnet tool install Nonlinear.Cli --tool-path "$place/tools" --source "$place/feed" >/dev/null

megabytes() { awk -v bytes="$1" 'BEGIN { printf "%.1f MB", bytes / 1e6 }'; }
for package in "$place"/feed/*.nupkg; do
    echo "$(basename "$package"): $(megabytes "$(stat -c %s "$package")")"
done
echo "installed, the package that is kept among it: $(megabytes "$(du -sb "$place/tools" | cut -f 1)")"

# The median of many starts, after one that brings files into memory.
start_time() {
    "$@" >/dev/null
    for _ in $(seq "$starts"); do
        local begin end
        begin=$(date +%s%N)
        "$@" >/dev/null
        end=$(date +%s%N)
        echo $(((end - begin) / 1000))
    done | sort -n | awk '{ time[NR] = $1 } END { printf "median %.0f ms, from %.0f to %.0f, of %d", \
        (time[int((NR + 1) / 2)] + time[int(NR / 2) + 1]) / 2000, time[1] / 1000, time[NR] / 1000, NR }'
}
starts=20
for command in "eval gelu -5.5" "list" "plot relu gelu"; do
    # shellcheck disable=SC2086
    echo "nonlinear $command: $(start_time "$place/tools/nonlinear" $command)"
done
