#!/usr/bin/env bash
# Compiles the C kernels for aarch64 and checks them there: in an emulator, or on the machine itself if it is one.
# The quantum kernels run cases that NeonCases has written, with what dense matrices give; the array kernels are
# compared with the C library. With --here all is done for this machine's own instruction sets instead.
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly output=.build/neon
readonly warnings=(-Wall -Wextra -Werror -Wno-psabi)  # psabi: vectors wider than registers, passed inside a file alone
readonly quantum=(Tests/Neon/{runner,cases,comparing,tiles,states,transfers}.c Sources/CQuantumKernels/*.c)
readonly arrays=(Tests/Neon/{arrays,elementwise,reductions}.c Sources/CArrayKernels/*.c)

machine="$(uname -m)"
if [[ "${1:-}" == --here || "$machine" == aarch64 || "$machine" == arm64 ]]; then
  build() { clang -O2 "${warnings[@]}" "$@" -lm; }
  emulate() { "$@"; }
else
  .ci/setup.sh neon
  readonly root=/usr/aarch64-linux-gnu
  # The start-up files and libraries are named, so that no cross compiler is needed besides the toolchain's own clang.
  build() {
    clang --target=aarch64-linux-gnu -O2 "${warnings[@]}" -isystem "$root/include" -fuse-ld=lld -nostdlib \
      "$root/lib/crt1.o" "$root/lib/crti.o" "$@" -L"$root/lib" -lm -lc -l:libgcc_s.so.1 "$root/lib/crtn.o"
  }
  emulate() { qemu-aarch64 -L "$root" "$@"; }
  machine="aarch64, emulated"
fi

swift build -c release --product NeonCases
mkdir -p "$output"
"$(swift build -c release --show-bin-path)/NeonCases" "$output/cases"
build -ISources/CQuantumKernels/include "${quantum[@]}" -o "$output/quantum"
build -ISources/CArrayKernels/include "${arrays[@]}" -o "$output/arrays"

echo "kernels on $machine"
emulate "$output/quantum" "$output/cases"
emulate "$output/arrays"
rm "$output/cases"
