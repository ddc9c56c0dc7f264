// counts: 01
OPENQASM 3;
include "stdgates.inc";
qreg q[2];
creg c[2];
x q[0];
measure q -> c;
