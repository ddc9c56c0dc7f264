// Teleportation with the corrections deferred: what would follow the two measured bits
// is controlled by the qubits themselves. Qubit 2 ends in the state that qubit 0 was given.
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3];
creg c[3];
// The state to send.
u3(1.1, 0.4, 0) q[0];
// A pair shared between sender (1) and receiver (2).
h q[1];
cx q[1], q[2];
barrier q;
// The sender's measurement, in the Bell basis.
cx q[0], q[1];
h q[0];
// The receiver's corrections.
cx q[1], q[2];
cz q[0], q[2];
measure q -> c;
