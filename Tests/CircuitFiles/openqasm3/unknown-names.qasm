// error: 8:4: found 'thta', expected a number, a parameter or a function; did you mean 'theta'?
// error: 9:3: found 'r', expected the name of a quantum register
// error: 10:1: found 'tota', expected the name of a variable; did you mean 'total'?
include "stdgates.inc";
qubit[2] q;
const float theta = 1;
int total = 0;
rx(thta) q[0];
x r[0];
tota = 3;
