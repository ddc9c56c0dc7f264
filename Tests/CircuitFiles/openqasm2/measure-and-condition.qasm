// The whole register is compared with a number, its first bit the lowest.
// counts: 1 01
OPENQASM 2.0;
include "qelib1.inc";
qreg q[2];
creg a[2];
creg b[1];
x q[0];
measure q -> a;
if (a == 1) x q[1];
if (a == 2) x q[1];
measure q[1] -> b[0];
