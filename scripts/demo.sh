#!/usr/bin/env bash
# The product as a site would run it, on this machine alone: granian, two processes, built and
# compressed static files; with SQLite in var/, example data, and mail that is kept, not sent.
set -euo pipefail
cd "$(dirname "$0")/.."

export DEMO=1 DATABASE_URL="${DATABASE_URL:-sqlite:///var/db.sqlite3}"
PORT="${PORT:-8000}"
export SITE_URL="${SITE_URL:-http://localhost:$PORT}"  # the links in the mailbox lead to this server
python=.venv/bin/python
mkdir -p var

say() { printf '\n==> %s\n' "$1"; }

say "Collecting and compressing static files"
$python manage.py collectstatic --noinput --verbosity 0
say "Preparing the database"
$python manage.py migrate --verbosity 0
$python manage.py createcachetable
say "Loading the framework"
$python manage.py loaddata transforming_together
say "Counting what changed between rounds, where an earlier version did not"
$python manage.py store_changes
say "Filling in example data"
$python manage.py example_data

say "Serving on http://localhost:$PORT"
echo "    Open it in a browser. Ctrl+C stops it; \`make demo\` starts it again with what you did kept."
exec .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$PORT" --workers 2 \
    --blocking-threads 8 --backlog 4096 --log-level warning config.wsgi:application
