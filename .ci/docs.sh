#!/usr/bin/env bash
# Writes one combined reference of all public Swift targets. usage: docs.sh DIRECTORY
set -euo pipefail
readonly output="$1"
mkdir -p "$output"
targets=()
for directory in Sources/*/; do
  name="$(basename "$directory")"
  # C targets and system libraries have no Swift symbols; the tool is described by `qsim help`.
  [[ "$name" == C[A-Z]* || "$name" == qsim ]] || targets+=(--target "$name")
done
swift package -c release --allow-writing-to-directory "$output" generate-documentation \
  --enable-experimental-combined-documentation "${targets[@]}" \
  --output-path "$output" --transform-for-static-hosting
echo "docs: written to $output; serve that folder and open /documentation"
