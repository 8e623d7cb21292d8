#!/usr/bin/env bash
# The product for whoever is changing it: Django's own server, which reloads when a file is saved, the
# style sheets and scripts built again on each change, plain http, and example people to sign in as.
# Its database is its own, so that a migration that is tried out spoils nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

export DEBUG=1 DEMO=1 DATABASE_URL="${DATABASE_URL:-sqlite:///var/run.sqlite3}"
PORT="${PORT:-8000}"
export SITE_URL="${SITE_URL:-http://localhost:$PORT}" DEMO_MAILBOX="${DEMO_MAILBOX:-$PWD/var/run-mail}"
python=.venv/bin/python
mkdir -p var

say() { printf '\n==> %s\n' "$1"; }

say "Preparing the database"
$python manage.py migrate --verbosity 0
$python manage.py createcachetable
$python manage.py loaddata transforming_together
$python manage.py example_data

set -m  # a process group of its own, to be ended as a whole
scripts/node.sh node scripts/build.mjs --watch >/dev/null &
watching=$!
set +m
trap 'kill -- "-$watching" 2>/dev/null' EXIT
trap 'exit 0' INT TERM  # Ctrl+C is how it is meant to end

say "Serving on http://localhost:$PORT"
echo "    Choose whom to be at http://localhost:$PORT/demo/. Ctrl+C stops it; var/run.sqlite3 keeps what you did."
$python manage.py runserver "$PORT"
