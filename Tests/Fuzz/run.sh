#!/bin/bash
# Fuzzes the readers of circuit files: run.sh [--runs N] [LANGUAGE...], by default ten million inputs for each of
# OpenQASM2, OpenQASM3, QSim and JSON.
#
# The corpus begins with the files of circuits/, Tests/CircuitFiles and Tests/Fuzz/Cases (circuits written as JSON by
# `qsim convert`, and inputs that broke a promise once); what libFuzzer adds is kept in .build-fuzz, out of the
# repository. A crash, an input that takes more than ten seconds, or more than 1 GB of memory ends the run with the input
# in .build-fuzz/LANGUAGE-*.
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=10000000
languages=()
while [ $# -gt 0 ]; do
  case "$1" in
    --runs) runs=$2; shift 2 ;;
    *) languages+=("$1"); shift ;;
  esac
done
[ ${#languages[@]} -gt 0 ] || languages=(OpenQASM2 OpenQASM3 QSim JSON)

build=.build-fuzz
# A backtrace of a crash would wait for a debugger.
export SWIFT_BACKTRACE=enable=no
for language in "${languages[@]}"; do
  swift build --package-path Tests/Fuzz --scratch-path $build -c release --sanitize fuzzer \
    --product "Fuzz$language" 2>&1 | tail -1
done

for language in "${languages[@]}"; do
  corpus=$build/corpus-$language
  mkdir -p "$corpus"
  case "$language" in
    OpenQASM2) seeds=(circuits/*.qasm Tests/CircuitFiles/openqasm2/*) ;;
    OpenQASM3) seeds=(circuits/variational/*.qasm Tests/CircuitFiles/openqasm3/*) ;;
    QSim) seeds=(Tests/CircuitFiles/qsim/*) ;;
    JSON) seeds=() ;;
  esac
  for seed in "${seeds[@]+"${seeds[@]}"}" Tests/Fuzz/Cases/"$language"/*; do
    [ -f "$seed" ] && cp "$seed" "$corpus/seed-$(basename "$seed")"
  done
  log=$build/$language.log
  status=0
  "$build/release/Fuzz$language" "$corpus" -runs="$runs" -max_len=1024 -timeout=10 \
    -rss_limit_mb=1024 -dict="Tests/Fuzz/$language.dict" -artifact_prefix="$build/$language-" \
    -print_final_stats=1 -verbosity=1 > "$log" 2>&1 || status=$?
  awk -v language="$language" -v status=$status '
    /stat::number_of_executed_units/ { units = $2 }
    /stat::average_exec_per_sec/ { rate = $2 }
    /stat::peak_rss_mb/ { memory = $2 }
    / cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") coverage = $(i + 1) }
    END {
      printf "%-10s %d inputs, %d a second, %d points of coverage, at most %d MB: %s\n",
        language, units, rate, coverage, memory, status == 0 ? "no fault" : "FAULT"
    }' "$log"
  if [ $status -ne 0 ]; then tail -30 "$log"; exit 1; fi
done
