#!/usr/bin/env bash
# Makes the peers' Python environments, then times them beside qsim. usage: run.sh --ours QSIM [...]
# The arguments are those of bench_peers.py. Environments lie in .venv-peers* of the clone; a peer that
# cannot be installed here is named in the table as one that did not run.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! python3 -c "import venv, ensurepip" 2>/dev/null; then
  echo "peers: needs Python 3.11 or later with venv (Debian: python3-venv)" >&2
  exit 1
fi

environment() {  # DIRECTORY REQUIREMENTS
  if ! cmp --silent "$2" "$1/requirements.txt"; then
    echo "peers: making $1"
    rm -rf "$1"
    python3 -m venv "$1"
    if "$1/bin/pip" install --quiet --disable-pip-version-check --requirement "$2"; then
      cp "$2" "$1/requirements.txt"
    else
      echo "peers: $2 cannot be installed here" >&2
    fi
  fi
}

environment .venv-peers Tests/Peers/requirements.txt
environment .venv-peers-mindquantum Tests/Peers/requirements-mindquantum.txt
environment .venv-peers-deepquantum Tests/Peers/requirements-deepquantum.txt
exec .venv-peers/bin/python Tests/Peers/bench_peers.py "$@"
