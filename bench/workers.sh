#!/usr/bin/env bash
# The figures of docs/workers-cost.md: a run, the portable product, the store, and many workers. It starts a server of PostgreSQL of its own
# (apt-get install postgresql), and everything happens in a folder that is removed again. Some minutes; nothing else should be running.
set -euo pipefail
cd "$(dirname "$0")/.."
place=$(mktemp -d)
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
port=${PORT:-54329}
store="Host=127.0.0.1;Port=$port;Database=postgres;Username=postgres"
as_postgres() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid postgres --regid postgres --clear-groups -- "$@"; else "$@"; fi; }
[ "$(id -u)" -ne 0 ] || chown postgres "$place"
worker=
finish() {
    [ -z "$worker" ] || kill "$worker" || true
    (cd / && as_postgres "$bin/pg_ctl" -D "$place/data" -m immediate stop >"$place/log") || true
    rm -rf "$place"
}
trap finish EXIT
# With every write on the disk before it is answered, as a server has it that nobody has told otherwise.
(cd / && as_postgres "$bin/initdb" -D "$place/data" -U postgres -A trust -E UTF8 --no-locale >/dev/null)
(cd / && as_postgres "$bin/pg_ctl" -D "$place/data" -w -l "$place/server" \
    -o "-p $port -k $place -c listen_addresses=127.0.0.1" start >/dev/null)

tool=$PWD/src/Nonlinear.Cli/bin/Release/net10.0/Nonlinear.Cli.dll
bench() { dotnet bench/Nonlinear.Bench/bin/Release/net10.0/Nonlinear.Bench.dll "$@"; }
if [ "${BUILD:-yes}" = yes ]; then
    dotnet build -c Release src/Nonlinear.Cli -p:RunAnalyzers=false -v quiet
    dotnet build -c Release bench/Nonlinear.Bench -p:RunAnalyzers=false -v quiet
fi

echo "## One run"
dotnet "$tool" worker --store "$store" --threads 1 2>/dev/null &
worker=$!
(cd "$place" && dotnet "$tool" choose digits --activations relu,gelu,mish --seeds 5 --store "$store" >/dev/null 2>&1)
kill "$worker"
wait "$worker" || true
worker=
as_postgres "$bin/psql" -h 127.0.0.1 -p "$port" -U postgres -At -F ' ' -c "
    SELECT split_part(what::json ->> 'Study', ' ', 2) AS floor, count(*), round(avg(seconds)::numeric, 3), round(min(seconds)::numeric, 3)
    FROM nonlinear.runs GROUP BY 1 ORDER BY 1" | while read -r kind runs mean least; do
    [ -n "$least" ] && echo "models without hidden layers: $runs runs, $mean s in the mean, $least s the shortest" \
        || echo "digits, 64-64, four rates, 15 epochs: $kind runs, $runs s in the mean, $mean s the shortest"
done
echo "## The portable product"
bench products
echo "## The store"
for hands in 1 2 8; do bench store --store "$store" --runs 500 --threads "$hands"; done
# What the store does for a run is what was measured with eight in hand.
echo "## Ten thousand runs on fifty workers"
for deaths in 0 0.5 4; do bench spread --store-ms 22 --deaths "$deaths"; done
