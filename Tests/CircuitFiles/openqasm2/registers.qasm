// The first register holds the lowest qubits; a gate on a register acts on each of its qubits.
// state: 010: 0.7071067811865476, 011: 0.7071067811865476
OPENQASM 2.0;
include "qelib1.inc";
qreg a[1];
qreg b[2];
h a;
x b[0];
