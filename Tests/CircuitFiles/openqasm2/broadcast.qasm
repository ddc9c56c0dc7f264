// A single qubit stands beside each qubit of a register.
// state: 111: 1
OPENQASM 2.0;
include "qelib1.inc";
qreg a[1];
qreg b[2];
x a;
cx a[0], b;
