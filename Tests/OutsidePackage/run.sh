#!/usr/bin/env bash
# Builds a package outside the checkout that depends on Hilbert by path, without flags, and trains one step.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export HILBERT_PATH=${HILBERT_PATH:-$(cd "$here/../.." && pwd)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r "$here/Package.swift" "$here/Sources" "$folder"
cd "$folder"
swift build -c release
"$(swift build -c release --show-bin-path)/TrainOneStep"
