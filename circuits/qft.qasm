// The quantum Fourier transform on five qubits, of a state with period 4:
// only the multiples of 32/4 = 8 are left.
OPENQASM 2.0;
include "qelib1.inc";
qreg q[5];
creg c[5];
// The input: all multiples of 4 below 32, that is, the top three bits in superposition.
h q[2];
h q[3];
h q[4];
barrier q;
// The transform, from the top bit down; pi/2^k turns between bits k apart.
h q[4];
cp(pi/2) q[3], q[4];
cp(pi/4) q[2], q[4];
cp(pi/8) q[1], q[4];
cp(pi/16) q[0], q[4];
h q[3];
cp(pi/2) q[2], q[3];
cp(pi/4) q[1], q[3];
cp(pi/8) q[0], q[3];
h q[2];
cp(pi/2) q[1], q[2];
cp(pi/4) q[0], q[2];
h q[1];
cp(pi/2) q[0], q[1];
h q[0];
// The order of the bits is reversed at the end.
swap q[0], q[4];
swap q[1], q[3];
measure q -> c;
