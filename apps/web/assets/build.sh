#!/bin/sh
# Rebuilds the committed web assets; `build.sh --check` only says whether they are what a rebuild would give.
set -eu
cd "$(dirname "$0")"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    # Not `npm ci`: it insists on the packages of every other operating system, which the lock need not name.
    npm install --no-save --loglevel=error
fi
exec node build.mjs "$@"
