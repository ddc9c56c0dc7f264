// A variable of an inner loop begins anew in each round of the outer one, though bits hold what was before.
// counts: 0110 1
qubit q;
bit c;
bit[4] o;
include "stdgates.inc";
x q;
c = measure q;
uint[4] total = 0;
uint[2] round = 0;
while (round < 2 && c) {
  round += 1;
  uint[3] k = 0;
  while (k < 3 && c) {
    k += 1;
    total += 1;
  }
}
o = total;
