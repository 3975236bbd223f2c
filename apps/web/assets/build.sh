#!/bin/sh
# Rebuilds the committed web assets; `build.sh --check` only says whether they are what a rebuild would give.
set -eu
cd "$(dirname "$0")"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --silent
fi
exec node build.mjs "$@"
