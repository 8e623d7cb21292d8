#!/usr/bin/env bash
# Every linter, even after one complains; the exit status is right at the end.
set -uo pipefail
cd "$(dirname "$0")/.."

status=0
check() {
    printf '\n==> %s\n' "$1"
    shift
    "$@" || status=1
}

bin=.venv/bin
check "ruff: rules" $bin/ruff check .
check "ruff: format" $bin/ruff format --check .
check "mypy: the pure parts" $bin/mypy
check "djlint: templates" $bin/djlint templates --lint --quiet
check "catalogues: no string is missing" $bin/python scripts/catalogues.py check
check "Django: system check" env DATABASE_URL=sqlite:///var/db.sqlite3 $bin/python -W error manage.py check
check "Django: migrations are not missing" env DATABASE_URL=sqlite:///var/db.sqlite3 $bin/python manage.py makemigrations --check --dry-run
exit $status
