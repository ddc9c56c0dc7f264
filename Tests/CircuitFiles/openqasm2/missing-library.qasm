// error: 4:1: found gate 'h', expected 'include "qelib1.inc";' before it
OPENQASM 2.0;
qreg q[1];
h q[0];
