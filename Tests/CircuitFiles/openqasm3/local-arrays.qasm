// Arrays of subroutines count while they live: 20,000 calls with 100 numbers each make no large program.
// state: 1: 1
include "stdgates.inc";
def first(int n) -> int {
  array[int[32], 100] a;
  a[3] = n;
  return a[3];
}
qubit q;
int total = 0;
for int i in [1:20000] { total += first(1); }
if (total == 20000) { x q; }
