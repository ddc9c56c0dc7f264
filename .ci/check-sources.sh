#!/usr/bin/env bash
# The house rules that neither the compiler nor swift-format knows. Needs bash, awk, find and grep.
set -euo pipefail
cd "$(dirname "$0")/.."

faults=0
fault() { echo "lint: $*" >&2; faults=$((faults + 1)); }

own_files() {  # DIRECTORY... : our text files, without what builds and environments leave there
  find "$@" -type d \( -name '.build*' -o -name '.venv*' -o -name __pycache__ \) -prune -o \
    -type f \( -name '*.swift' -o -name '*.[ch]' -o -name '*.inc' -o -name '*.py' -o -name '*.sh' \) \
    -print | sort
}

present=()
for directory in Sources Tests examples circuits .ci; do
  [[ -d "$directory" ]] && present+=("$directory")
done

# A file has one subject: at most 500 lines, a test 600.
while IFS= read -r file; do
  limit=500
  [[ "$file" == Tests/* ]] && limit=600
  lines="$(awk 'END { print NR }' "$file")"
  ((lines <= limit)) || fault "$file: $lines lines; the limit is $limit"
done < <(own_files "${present[@]}")

# Folders are named after a concept, and lie at most Target/Group deep.
while IFS= read -r directory; do
  fault "$directory: name the folder after what it holds"
done < <(find Sources Tests -type d -iregex '.*/\(utils?\|utilities\|helpers?\|common\|misc\|extensions\)')
while IFS= read -r file; do
  fault "$file: deeper than Sources/Target/Group/File"
done < <(find Sources -name '*.swift' -path 'Sources/*/*/*/*')

# What must not stand in a library: escapes from error handling, unfinished work, build flags.
forbid() {  # PATTERN REASON PATH...
  local pattern="$1" reason="$2" hit
  shift 2
  while IFS= read -r hit; do
    fault "$hit  <- $reason"
  done < <(grep -rnE --include='*.swift' --include='*.[ch]' --include='*.inc' "$pattern" "$@" || true)
}
forbid '\b(TODO|FIXME|XXX)\b' 'finish it, or open an issue' "${present[@]}"
forbid '\btry!' 'handle the error' "${present[@]}"
forbid '\b(fatalError|precondition)\(' 'use require or stop of Compute, which release builds say too, or a typed error' Sources
forbid 'unsafeFlags' 'a package with unsafe flags cannot be a dependency' Package.swift Sources Tests
forbid '@testable|^import XCTest' 'tests use Swift Testing and package access' Tests

# The top level is fixed.
while IFS= read -r entry; do
  case "$entry" in
    .* | Package.swift | Package.resolved | Sources | Tests | circuits | examples | docs) ;;
    README.md | LICENSE | Makefile | output | bench-results) ;;
    *) fault "$entry: not one of the entries of the top level" ;;
  esac
done < <(ls -A)

# Every circuit has its expected result, every example its page.
for circuit in circuits/*.qasm; do
  [[ -e "$circuit" ]] || continue
  [[ -f "${circuit%.qasm}.expected.json" ]] || fault "$circuit: no ${circuit%.qasm}.expected.json"
done
for main in examples/*/main.swift; do
  [[ -e "$main" ]] || continue
  [[ -f "${main%main.swift}README.md" ]] || fault "$main: no README.md beside it"
  lines="$(awk 'END { print NR }' "$main")"
  ((lines <= 80)) || fault "$main: $lines lines; an example has at most 80"
done

if ((faults > 0)); then
  echo "lint: $faults faults" >&2
  exit 1
fi
echo "lint: sources keep the house rules"
