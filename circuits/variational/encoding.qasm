// An encoding for qsim kernel: its inputs are the features of a sample.
OPENQASM 3.0;
include "stdgates.inc";
input array[float, 3] x;
qubit[3] q;
h q;
rz(2*x[0]) q[0];
rz(2*x[1]) q[1];
rz(2*x[2]) q[2];
cp(x[0] + x[1]) q[0], q[1];
cp(x[1] + x[2]) q[1], q[2];
h q;
rz(2*x[0]) q[0];
rz(2*x[1]) q[1];
rz(2*x[2]) q[2];
cp(x[0] + x[1]) q[0], q[1];
cp(x[1] + x[2]) q[1], q[2];
