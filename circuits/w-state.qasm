// The W state of four qubits: exactly one of them is 1, each equally often.
// The angles are 2*arccos(sqrt(1/4)), 2*arccos(sqrt(1/3)), 2*arccos(sqrt(1/2)).
OPENQASM 2.0;
include "qelib1.inc";
qreg q[4];
creg c[4];
// The one walks on from qubit to qubit, and stays at each with probability 1/4 of the whole.
x q[0];
cry(2*pi/3) q[0], q[1];
cx q[1], q[0];
cry(1.9106332362490186) q[1], q[2];
cx q[2], q[1];
cry(pi/2) q[2], q[3];
cx q[3], q[2];
measure q -> c;
