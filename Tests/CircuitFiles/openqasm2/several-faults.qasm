// Every statement is looked at, and what follows from a fault is not told again.
// error: 10:1: found 'hh', expected the name of a gate; did you mean 'h'?
// error: 11:7: found index 5, expected 0 to 1 for 'q'
// error: 12:10: found ']', expected the size of the register
// error: 14:1: found 0 parameters, expected 1 for 'rx'
OPENQASM 2.0;
include "qelib1.inc";
qreg q[2];
h q[0];
hh q[0];
x   q[5];
qreg bad[];
h bad[0];
rx q[0];
