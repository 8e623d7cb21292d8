#!/usr/bin/env bash
# The tests you name, in this one process, on SQLite: an answer in a few seconds, while you work.
# It works on a copy of the migrated database that docs/tests.md tells of.
set -euo pipefail
cd "$(dirname "$0")/.."

if (($# == 0)); then
    echo "Say which: make check T=tests/partnerships/test_sitetext.py (or ...::test_name, or -k=word)"
    exit 2
fi
case "$*" in
    *tests/browser*) CHROMIUM="$(.venv/bin/python scripts/chromium.py)" && export CHROMIUM ;;
esac
export DATABASE_URL="${DATABASE_URL:-sqlite:///var/db.sqlite3}"
unset DJANGO_SETTINGS_MODULE
unset PYTHONDONTWRITEBYTECODE  # compiling everything anew took more than half of the time
exec .venv/bin/python -m pytest -q -n 0 "$@"
