// error: 6:1: found the gate 'magic', which is opaque, expected one with a definition
OPENQASM 2.0;
opaque magic q;
qreg q[1];
U(0, 0, 0) q[0];
magic q[0];
