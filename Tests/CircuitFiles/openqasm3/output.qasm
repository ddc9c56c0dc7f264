// Bits that are not an output are not shown.
// counts: 10
include "stdgates.inc";
qubit[2] q;
bit[2] scratch;
output bit[2] result;
x q[1];
scratch = measure q;
result = scratch;
