#!/usr/bin/env bash
# Pin every dependency again, with hashes, for Python 3.11 and all later ones at once.
set -euo pipefail
cd "$(dirname "$0")/.."

tool="$(mktemp -d)"
trap 'rm -rf "$tool"' EXIT
"${PYTHON:-.venv/bin/python}" -m venv "$tool"
"$tool/bin/pip" install --quiet uv

pin() {
    # No find-links or index of this machine's own: the hashes have to be everybody's.
    env -u PIP_FIND_LINKS -u UV_FIND_LINKS UV_NO_CONFIG=1 "$tool/bin/uv" pip compile pyproject.toml "${@:2}" \
        --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-header --no-annotate --no-emit-index-url --quiet --output-file "requirements/$1.txt"
}
pin base
pin dev --group dev
npm install --package-lock-only --ignore-scripts
