#!/usr/bin/env bash
# Runs the tests. All of them, with a Chromium installed where there is none; or the fast ones: no browser, no kills, no soaks.
# Usage: ./test.sh [--fast] [arguments for dotnet test]
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

find_browser() {
    local name
    for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$name" ] && command -v "$name" >/dev/null; then command -v "$name"; return; fi
    done
    return 1
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else return 1; fi; }

install_browser() {
    echo "No Chromium was found; installing one for the browser tests."
    if command -v apt-get >/dev/null && as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; then
        browser=$(find_browser)
    else
        # Playwright brings a browser of its own where the system's package manager has none.
        tests=tests/RulePortal.EndToEnd.Tests/bin/Debug/net10.0/.playwright
        "$tests"/node/*/node "$tests/package/cli.js" install chromium || { echo "No browser could be installed. Install Chromium and set CHROMIUM_PATH." >&2; exit 1; }
    fi
}

if [ "${1:-}" = --fast ]; then
    shift
    # Analyzers judge the code in the full run.
    modules=
    for project in Detection Data Web; do
        modules+="tests/RulePortal.$project.Tests/bin/Debug/net10.0/RulePortal.$project.Tests.dll;"
        dotnet build "tests/RulePortal.$project.Tests" --nologo -v q -clp:NoSummary -p:RunAnalyzers=false || exit 1
    done
    what=(--test-modules "$modules" --filter-not-trait "Speed=Slow")
else
    dotnet build RulePortal.sln --nologo -v q -clp:NoSummary || exit 1
    browser=$(find_browser) || install_browser
    if [ -n "${browser:-}" ]; then export CHROMIUM_PATH="$browser"; fi
    what=(--solution RulePortal.sln --no-build)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# One test project at a time: the browser tests want the processor to themselves.
dotnet test "${what[@]}" --no-ansi --no-progress --max-parallel-test-modules 1 "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
awk '/^ *succeeded:/ {p=$2} /^ *failed:/ {f=$2} /^ *skipped:/ {s=$2} END {printf "%d passed, %d failed, %d skipped\n", p, f, s}' "$log"
exit "$status"
