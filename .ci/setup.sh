#!/usr/bin/env bash
# Installs the system packages that Hilbert links and that are missing here; `setup.sh neon` those that
# `make test-neon` needs to compile for aarch64 and to run it.
# Does nothing, quickly, when all are present. Without apt-get it names what is missing and stops.
set -euo pipefail

# package:header or package:/file, so that a system without dpkg can be asked for that alone.
case "${1:-}" in
  "")
    wanted=(
      libopenblas-dev:cblas.h
      liblapacke-dev:lapacke.h
      libfftw3-dev:fftw3.h
      libsvm-dev:libsvm/svm.h
    )
    ;;
  neon)
    wanted=(
      qemu-user:/usr/bin/qemu-aarch64
      libc6-dev-arm64-cross:/usr/aarch64-linux-gnu/include/stdio.h
      libgcc-s1-arm64-cross:/usr/aarch64-linux-gnu/lib/libgcc_s.so.1
    )
    ;;
  *)
    echo "setup: no list of packages is called '$1'" >&2
    exit 1
    ;;
esac
readonly wanted

is_present() {  # package header-or-file
  if command -v dpkg-query >/dev/null; then
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
  elif [[ "$2" == /* ]]; then
    [[ -e "$2" ]]
  else
    clang -E -x c -include "$2" /dev/null >/dev/null 2>&1
  fi
}

if ! command -v swift >/dev/null; then
  echo "setup: 'swift' is not on the PATH; install Swift 6.3 from https://www.swift.org/install" >&2
  exit 1
fi

missing=()
for pair in "${wanted[@]}"; do
  is_present "${pair%%:*}" "${pair#*:}" || missing+=("${pair%%:*}")
done
if ((${#missing[@]} == 0)); then exit 0; fi

if ! command -v apt-get >/dev/null; then
  echo "setup: missing: ${missing[*]} (Debian's names); install them with this system's packages" >&2
  exit 1
fi
as_root=()
if (($(id -u) != 0)); then
  if ! command -v sudo >/dev/null; then
    echo "setup: missing: ${missing[*]}; as root, run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

apt_get() { ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get "$@"; }
install_missing() { apt_get install --yes --no-install-recommends "${missing[@]}"; }

echo "setup: installing ${missing[*]}"
# The package lists of a fresh machine are empty or old; they are fetched only where that shows.
install_missing 2>/dev/null || { apt_get update && install_missing; }
