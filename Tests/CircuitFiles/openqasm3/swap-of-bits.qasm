// Bits are written all at once.
// counts: 10
include "stdgates.inc";
qubit[2] q;
bit[2] c;
x q[0];
c = measure q;
c = c[{1, 0}];
