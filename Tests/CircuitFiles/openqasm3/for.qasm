// Ranges with a step, sets, and the bits of a register.
// state: 11110101: 1
include "stdgates.inc";
qubit[8] q;
for uint i in [0:2:3] { x q[i]; }
for int i in {4, 5, 7} x q[i];
bit[4] flags = "0100";
int place = 4;
for bit f in flags {
  if (f) { x q[place]; }
  place += 1;
}
