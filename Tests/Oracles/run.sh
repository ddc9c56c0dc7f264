#!/usr/bin/env bash
# Computes every committed oracle number again and compares. usage: run.sh [--update] [NAME...]
# The Python environment lies in .venv-oracles of the clone, and is made anew when requirements.txt changes.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! python3 -c "import venv, ensurepip" 2>/dev/null; then
  echo "oracles: needs Python 3.11 or later with venv (Debian: python3-venv)" >&2
  exit 1
fi

readonly environment=.venv-oracles
readonly requirements=Tests/Oracles/requirements.txt

if ! cmp --silent "$requirements" "$environment/requirements.txt"; then
  echo "oracles: making $environment"
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
  cp "$requirements" "$environment/requirements.txt"
fi
exec "$environment/bin/python" Tests/Oracles/compare.py "$@"
