// error: 7:12: found a register of size 3, expected size 2
// error: 8:1: found an assignment to 'k', expected a variable: constants and inputs keep their values
// error: 10:1: found 1 qubit, expected 2 for 'cx'
include "stdgates.inc";
bit[3] a = "101";
const int k = 2;
bit[2] b = a;
k = 3;
qubit[2] q;
cx q[0];
