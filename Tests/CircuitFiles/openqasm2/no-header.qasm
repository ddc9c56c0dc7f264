// A file without a header is read as OpenQASM 3, which knows the older registers too.
// state: 0: 0.7071067811865476, 1: 0.7071067811865476
include "qelib1.inc";
qreg q[1];
h q[0];
