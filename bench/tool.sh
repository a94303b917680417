#!/usr/bin/env bash
# What the README says of the tool: how large its package is and what is installed, and what a start of it costs, beside that of an empty
# program of .NET. Whoever may, root, starts it before all other work (chrt), so that a busy machine shows what an idle one does; without,
# nothing else should be running. Everything happens in a folder that is removed again. A minute or two, most of it for the package.
set -euo pipefail
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
starts=${STARTS:-20}
first=()
if chrt -f 50 true 2>"$place/log"; then first=(chrt -f 50); fi

quietly() { "$@" >"$place/log" 2>&1 || { cat "$place/log"; exit 1; }; }
# Packages that are there already may be measured as well.
feed=${NONLINEAR_PACKAGES:-$place/feed}
[ -n "${NONLINEAR_PACKAGES:-}" ] || quietly dotnet pack src/Nonlinear.Cli -o "$feed" -p:RunAnalyzers=false -nodeReuse:false
quietly dotnet tool install Nonlinear.Cli --tool-path "$place/tools" --source "$feed"
quietly dotnet new console -o "$place/empty"
quietly dotnet build "$place/empty" -c Release -o "$place/empty/out" -nodeReuse:false

megabytes() { awk -v bytes="$1" 'BEGIN { printf "%.1f MB", bytes / 1e6 }'; }
for package in "$feed"/Nonlinear.Cli.*.nupkg; do
    echo "$(basename "$package"): $(megabytes "$(stat -c %s "$package")")"
done
echo "installed: $(megabytes "$(du -sb "$place/tools" | cut -f 1)"), the package that is kept among it"

# Of a column of the times: the median and the extremes, in milliseconds.
spread() {
    awk -v column="$1" '{ print column == 1 ? $1 : $2 + $3 }' "$place/times" | sort -n | awk '{ time[NR] = 1000 * $1 }
        END { printf "%.0f ms (%.0f to %.0f)", (time[int((NR + 1) / 2)] + time[int(NR / 2) + 1]) / 2, time[1], time[NR] }'
}

# After one start that brings files into memory.
measure() {
    local TIMEFORMAT='%R %U %S' start
    "$@" >/dev/null
    for ((start = 0; start < starts; start++)); do
        { time "${first[@]}" "$@" >/dev/null; } 2>&1
    done >"$place/times"
    rm -f "$place/methods"
    DOTNET_JitStdOutFile="$place/methods" DOTNET_JitDisasmSummary=1 "$@" >/dev/null
    echo "$(spread 1) by the clock, $(spread 2) of processor, $(wc -l <"$place/methods") methods compiled at the start"
}
echo "an empty program: $(measure "$place/empty/out/empty")"
for command in "eval gelu -5.5" "list" "plot relu gelu"; do
    # shellcheck disable=SC2086
    echo "nonlinear $command: $(measure "$place/tools/nonlinear" $command)"
done
echo "Medians of $starts starts."
