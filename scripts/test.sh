#!/usr/bin/env bash
# The whole suite, three times over: SQLite, PostgreSQL, and a real Chromium. All run, even
# after a failure, so that one look shows everything; the exit status is right at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DJANGO_SETTINGS_MODULE
unset PYTHONDONTWRITEBYTECODE  # each run uses what the one before has compiled

python=.venv/bin/python
failed=()

run() {
    local name="$1" started=$SECONDS
    shift
    printf '\n==> %s\n' "$name"
    if "$@"; then
        printf '==> %s: passed in %s seconds\n' "$name" $((SECONDS - started))
    else
        printf '==> %s: FAILED\n' "$name"
        failed+=("$name")
    fi
}

sqlite() { DATABASE_URL=sqlite:///var/db.sqlite3 $python -m pytest -q -m "not browser"; }
postgres() {
    $python scripts/with_postgres.py --forgetful $python -m pytest -q -m "not browser" --second-database
}
browser() {
    local chromium
    chromium="$($python scripts/chromium.py)" || return 1
    echo "Chromium: $chromium"
    CHROMIUM="$chromium" DATABASE_URL=sqlite:///var/db.sqlite3 $python -m pytest -q -m browser
}

run "Tests on SQLite" sqlite
run "Tests on PostgreSQL" postgres
run "Tests in Chromium" browser

if ((${#failed[@]})); then
    printf '\nFAILED: %s\n' "$(IFS=,; echo "${failed[*]}")"
    exit 1
fi
printf '\nAll tests passed in %s seconds.\n' $SECONDS
