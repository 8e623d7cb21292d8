#!/usr/bin/env bash
# Make .venv with the first Python found that is new enough. PYTHON=... chooses another.
set -euo pipefail
cd "$(dirname "$0")/.."

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if [[ -x .venv/bin/python ]] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    exit 0
fi

for candidate in ${PYTHON:-} python3 python3.13 python3.14 python3.12 python3.11 python; do
    if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
        python="$candidate"
        break
    fi
done
if [[ -z ${python:-} ]]; then
    echo "No Python 3.11 or newer was found. Install one, or name it: make setup PYTHON=/path/to/python3" >&2
    exit 1
fi

echo "Using $("$python" --version) ($(command -v "$python"))"
# Without ensurepip a virtual environment comes up without pip; Debian packs it on its own.
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        echo "Its venv module is missing; installing python$version-venv"
        apt-get update -qq && apt-get install -y -qq "python$version-venv" >/dev/null
    else
        echo "Its venv module is missing. On Debian and Ubuntu: sudo apt-get install python$version-venv" >&2
        exit 1
    fi
fi
"$python" -m venv --clear .venv
