// Whole numbers decide what the circuit is, and so need a value.
// set: n=3
// state: 111: 1
include "stdgates.inc";
input int n;
qubit[n] q;
for int i in [0:n - 1] { x q[i]; }
