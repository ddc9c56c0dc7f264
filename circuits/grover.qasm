// Grover search for 101 among eight, two rounds: it is found with probability 121/128.
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3];
creg c[3];
h q;
// The oracle flips the sign of |101>: a doubly controlled Z between two X on qubit 1.
x q[1];
h q[2];
ccx q[0], q[1], q[2];
h q[2];
x q[1];
// Inversion about the mean.
h q;
x q;
h q[2];
ccx q[0], q[1], q[2];
h q[2];
x q;
h q;
barrier q;
// The oracle flips the sign of |101>: a doubly controlled Z between two X on qubit 1.
x q[1];
h q[2];
ccx q[0], q[1], q[2];
h q[2];
x q[1];
// Inversion about the mean.
h q;
x q;
h q[2];
ccx q[0], q[1], q[2];
h q[2];
x q;
h q;
measure q -> c;
