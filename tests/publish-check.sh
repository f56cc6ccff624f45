#!/usr/bin/env bash
# Proves the layout of the Dockerfile without an engine: publishes, then runs the output from a clean folder as an ordinary user with nothing in the
# environment but what compose.yaml gives, against a private PostgreSQL. Started by `./tradesense publish-check`.
set -euo pipefail
root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")

place=$(mktemp -d "${TMPDIR:-/tmp}/tradesense-publish-XXXXXX")
chmod 755 "$place"
database_port=$((30000 + RANDOM % 2000)) web_port=$((32000 + RANDOM % 700))
programs=$(find /usr/lib/postgresql -maxdepth 2 -name bin -type d | sort -V | tail -1)
checks=0

say() { printf '▸ %s\n' "$*"; }
fail() { printf 'publish-check: %s\n' "$*" >&2; tail -20 "$place/application.log" >&2 2>/dev/null || true; exit 1; }
holds() { checks=$((checks + 1)); say "$1"; shift; "$@" || fail "does not hold"; }

# as USER COMMAND…: root hands over to the user; anybody else is an ordinary user already.
as() {
  local user=$1
  shift
  if ((EUID == 0)); then runuser -u "$user" -- "$@"; else "$@"; fi
}

clean_up() {
  local status=$?
  # Found by the folder only this run has: root's hand-over leaves a process between this shell and the application.
  pgrep -f "$place/app/TradeSense.Web.dll" | xargs -r kill -KILL 2>/dev/null || true
  if [[ -e $place/cluster/data/postmaster.pid ]]; then as postgres "$programs/pg_ctl" -D "$place/cluster/data" -m immediate stop >/dev/null || true; fi
  chmod -R u+w "$place" && rm -rf -- "$place"
  exit "$status"
}
trap clean_up EXIT

give() {
  mkdir -p -- "$2"
  if ((EUID == 0)); then chown "$1": "$2"; fi
}

start_database() {
  give postgres "$place/cluster"
  (cd / && as postgres "$programs/initdb" -D "$place/cluster/data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 -N >/dev/null)
  (cd / && as postgres "$programs/pg_ctl" -D "$place/cluster/data" -l "$place/cluster/log" -w \
    -o "-p $database_port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off" start >/dev/null)
  "$programs/psql" -h 127.0.0.1 -p "$database_port" -U postgres -qXc 'create database tradesense'
}

server="Host=127.0.0.1;Port=$database_port;Database=tradesense;Password=role"
dotnet=$(readlink -f -- "$(command -v dotnet)")

# The whole environment of a container: nothing of this shell's.
published() {
  as nobody env -i PATH=/usr/bin:/bin HOME="$place/data" ASPNETCORE_ENVIRONMENT=Production DOTNET_EnableDiagnostics=0 TRADESENSE_DATA="$place/data" TRADESENSE_ANNOUNCE=off "$@"
}

answer() { # HOST PATH [HEADER]: status line, headers and body
  exec 3<>"/dev/tcp/127.0.0.1/$web_port"
  printf 'GET %s HTTP/1.0\r\nHost: %s\r\n%s\r\n' "$2" "$1" "${3:+$3$'\r\n'}" >&3
  tr -d '\0' <&3
  exec 3>&-
}

says() { grep -q -- "$1" < <(answer "${@:2}"); }

say 'publish'
dotnet publish "$root/src/TradeSense.Web" -c Release -o "$place/app" -v quiet -clp:ErrorsOnly
cp -- "$root/tenants.example.json" "$place/tenants.json"
chmod -R a+rX,a-w "$place/app"
give nobody "$place/data"
start_database
cd -- "$place/app"

holds 'migrate as an ordinary user' published TRADESENSE_DATABASE="$server;Username=postgres" TRADESENSE_ROLE_PASSWORD=role "$dotnet" "$place/app/TradeSense.Web.dll" migrate
holds 'migrate again changes nothing' test -z "$(published TRADESENSE_DATABASE="$server;Username=postgres" TRADESENSE_ROLE_PASSWORD=role "$dotnet" "$place/app/TradeSense.Web.dll" migrate)"

say 'serve'
before=$SECONDS
published TRADESENSE_URLS="http://*:$web_port" TRADESENSE_TENANTS="$place/tenants.json" TRADESENSE_MASTER_KEY="$(head -c 32 /dev/urandom | base64 -w0)" \
  TRADESENSE_APP_DATABASE="$server;Username=tradesense_app" TRADESENSE_ENGINE_DATABASE="$server;Username=tradesense_engine" \
  TRADESENSE_AUDIT_DATABASE="$server;Username=tradesense_audit" "$dotnet" "$place/app/TradeSense.Web.dll" serve >"$place/application.log" 2>&1 &
pid=$!
until { says '200 OK' localhost /health/ready; } 2>/dev/null; do
  kill -0 "$pid" 2>/dev/null || fail 'the application ended before it was ready'
  ((SECONDS - before < 60)) || fail 'not ready within 60 s'
  sleep 0.3
done
say "ready after $((SECONDS - before)) s"

process=$(pgrep -n -f "$place/app/TradeSense.Web.dll serve")
holds 'it runs as an ordinary user' test "$(stat -c %u "/proc/$process")" -ne 0
holds 'a brand answers at its host' says 'Meridian' meridian.localhost /
holds 'another brand answers at its own' says 'Lumen' lumen.localhost /
holds 'an unknown host is not found' says '404 Not Found' nobody.example /
holds 'the style sheet is served' says '200 OK' meridian.localhost /site.css
holds 'scripts are served, compressed' says 'Content-Encoding: \(br\|gzip\)' meridian.localhost /lib/htmx/htmx.min.js 'Accept-Encoding: br, gzip'
holds 'pages carry a content security policy' says 'Content-Security-Policy:' meridian.localhost /
holds 'the development mailbox does not exist' says '404 Not Found' meridian.localhost /account/mailbox
holds 'errors tell strangers nothing' bash -c "! grep -q ' at TradeSense' <(exec 3<>/dev/tcp/127.0.0.1/$web_port; printf 'GET /%%00 HTTP/1.0\r\nHost: meridian.localhost\r\n\r\n' >&3; tr -d '\0' <&3)"
holds 'logs are JSON lines' bash -c "! grep -qv '^{' '$place/application.log'"

say 'stop'
kill -TERM "$process"
before=$SECONDS
while kill -0 "$process" 2>/dev/null; do
  ((SECONDS - before < 30)) || fail 'did not stop within 30 s of SIGTERM'
  sleep 0.2
done
wait "$pid" || fail "ended with status $? instead of 0"
say "stopped after $((SECONDS - before)) s"
say "$checks checks hold"
