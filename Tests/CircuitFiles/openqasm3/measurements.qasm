// Assigned, by arrow, and into a single bit; the last register stands leftmost.
// counts: 1 0 101
include "stdgates.inc";
qubit[3] q;
bit[3] a;
bit b;
x q[0];
x q[2];
a = measure q;
b = measure q[1];
bit c = measure q[2];
