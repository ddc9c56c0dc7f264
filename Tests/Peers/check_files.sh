#!/usr/bin/env bash
# Makes the Python environment of the circuit files' comparison, then runs it. usage: check_files.sh --qsim QSIM [...]
# The arguments are those of check_files.py. The environment lies in .venv-peer-files of the clone, and is made anew
# when requirements-files.txt changes.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! python3 -c "import venv, ensurepip" 2>/dev/null; then
  echo "peers: needs Python 3.11 or later with venv (Debian: python3-venv)" >&2
  exit 1
fi

readonly environment=.venv-peer-files
readonly requirements=Tests/Peers/requirements-files.txt

if ! cmp --silent "$requirements" "$environment/requirements.txt"; then
  echo "peers: making $environment"
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
  cp "$requirements" "$environment/requirements.txt"
fi
exec "$environment/bin/python" Tests/Peers/check_files.py "$@"
