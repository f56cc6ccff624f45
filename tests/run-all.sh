#!/usr/bin/env bash
# Restore, format, build, every test, twenty faults; the last line is `N passed, N failed`. Started by `./tradesense test [FILTER]`, which sets the machine up first.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

results=$PWD/artifacts/test-results
passed=0 failed=0 skipped=0

say() { printf '▸ %s\n' "$*"; }

closing_line() {
  if [[ -f $results/figures.txt ]]; then sed 's/^/▸ /' "$results/figures.txt"; fi
  say "took $SECONDS s, $skipped left out"
  printf '%s passed, %s failed\n' "$passed" "$failed"
  ((failed == 0 && passed > 0))
}

step() {
  local name=$1
  shift
  say "$name"
  "$@" && return 0
  say "$name failed"
  failed=$((failed + 1))
  closing_line || exit 1
}

counter() { grep -o '<Counters [^>]*' "$1" | grep -o " $2=\"[0-9]*\"" | tr -dc 0-9; }

run_project() {
  local project=$1 trx=$results/$1.trx status=0 of_these=0
  shift
  say "$project"
  dotnet test "tests/$project" --no-build --nologo -v quiet --results-directory "$results" --logger "trx;LogFileName=$project.trx" \
    --logger "console;verbosity=minimal" --blame-hang-timeout 5min --blame-hang-dump-type none "$@" || status=$?
  if [[ -f $trx ]]; then
    of_these=$(counter "$trx" failed)
    passed=$((passed + $(counter "$trx" passed)))
    skipped=$((skipped + $(counter "$trx" total) - $(counter "$trx" executed)))
  fi
  # A run that died or wrote no result is a failure, whatever it managed to count. A filter may leave a project with nothing to do.
  if ((status != 0 && of_these == 0)); then of_these=1; fi
  failed=$((failed + of_these))
}

filter=()
[[ -z ${1:-} ]] || filter=(--filter "$1")
rm -rf -- "$results"

step 'restore' dotnet restore TradeSense.sln --locked-mode -v quiet
step 'format: whitespace' dotnet format whitespace TradeSense.sln --no-restore --verify-no-changes
step 'format: style' dotnet format style TradeSense.sln --no-restore --verify-no-changes --severity warn
step 'build' dotnet build TradeSense.sln --no-restore --nologo -v quiet -clp:ErrorsOnly
for project in TradeSense.Engine.Tests TradeSense.Tests TradeSense.BrowserTests; do run_project "$project" "${filter[@]}"; done

# Alone and last: it starts and kills processes all the time, which would spoil other tests' patience and its own figures.
if ((${#filter[@]} == 0)); then
  step 'faults: 20 rounds' timeout 1200 dotnet tests/faults/bin/Debug/net10.0/TradeSense.Faults.dll --server "$PWD/src/TradeSense.Web/bin/Debug/net10.0/TradeSense.Web.dll" \
    --migrations "$PWD/migrations" --roles engine --rounds 20 --minutes 5 --quick --any-time
  passed=$((passed + 1))
fi
closing_line
