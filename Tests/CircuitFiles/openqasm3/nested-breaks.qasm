// The inner loop is left in its first round, in both rounds of the outer one; so is a bit declared inside 0 again.
// counts: 0010 1
include "stdgates.inc";
qubit q;
bit c;
bit[4] o;
x q;
c = measure q;
uint[4] total = 0;
uint[2] round = 0;
while (round < 2 && c) {
  round += 1;
  bit seen;
  while (c) {
    if (seen) total += 5;
    total += 1;
    seen = measure q;
    if (seen) break;
  }
}
o = total;
