// Without declared bits all qubits are measured, once.
// note: 1:1: no bits are declared: all qubits are measured in the end, into the register 'qubits'
// counts: 00, 11
include "stdgates.inc";
qubit[2] q;
h q[0];
cx q[0], q[1];
measure q;
