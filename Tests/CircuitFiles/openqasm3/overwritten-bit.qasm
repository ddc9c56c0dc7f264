// A value made of a bit keeps it when the bit is measured anew.
// counts: 1 0
include "stdgates.inc";
qubit[2] q;
bit c;
bit d;
x q[0];
c = measure q[0];
bool before = c;
x q[0];
c = measure q[0];
if (before) { x q[1]; }
d = measure q[1];
