#!/usr/bin/env bash
# The whole suite, three times over: SQLite, PostgreSQL, and a real Chromium. All run, even
# after a failure, so that one look shows everything; the exit status is right at the end.
# A browser waits much: its tests run beside the others, which step back for it, and are shown last.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DJANGO_SETTINGS_MODULE
unset PYTHONDONTWRITEBYTECODE  # each run uses what another has compiled

python=.venv/bin/python
failed=()
beside=$(mktemp)
trap 'kill -- "-$browser" 2>/dev/null; rm -f "$beside"' EXIT
trap 'exit 130' INT TERM

run() {
    local name="$1" started=$SECONDS
    shift
    printf '\n==> %s\n' "$name"
    if "$@"; then
        printf '==> %s: passed in %s seconds\n' "$name" $((SECONDS - started))
    else
        printf '==> %s: FAILED\n' "$name"
        return 1
    fi
}

sqlite() { DATABASE_URL=sqlite:///var/db.sqlite3 nice $python -m pytest -q -m "not browser"; }
postgres() {
    nice $python scripts/with_postgres.py --forgetful $python -m pytest -q -m "not browser" --second-database
}
browser() {
    local chromium
    chromium="$($python scripts/chromium.py)" || return 1
    echo "Chromium: $chromium"
    CHROMIUM="$chromium" DATABASE_URL=sqlite:///var/db.sqlite3 $python -m pytest -q -m browser
}

set -m  # a process group of its own, to be ended as a whole
run "Tests in Chromium" browser </dev/null >"$beside" 2>&1 &
browser=$!
set +m
run "Tests on SQLite" sqlite || failed+=(SQLite)
run "Tests on PostgreSQL" postgres || failed+=(PostgreSQL)
wait "$browser" || failed+=(Chromium)
cat "$beside"

if ((${#failed[@]})); then
    printf '\nFAILED: %s\n' "$(IFS=,; echo "${failed[*]}")"
    exit 1
fi
printf '\nAll tests passed in %s seconds.\n' $SECONDS
