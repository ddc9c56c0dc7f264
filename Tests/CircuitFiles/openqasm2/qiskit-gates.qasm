// Gates of Qiskit's longer list: the Toffoli gates flip the last qubit, all others undo each other.
// state: 11111: 1
OPENQASM 2.0;
include "qelib1.inc";
qreg q[5];
x q[0]; x q[1]; x q[2]; x q[3];
c4x q[0], q[1], q[2], q[3], q[4];
rxx(0.3) q[0], q[1]; rxx(-0.3) q[0], q[1];
sx q[0]; sxdg q[0];
c3sqrtx q[0], q[1], q[2], q[3]; c3sqrtx q[0], q[1], q[2], q[3];
c3x q[0], q[1], q[2], q[3];
cu1(0.4) q[0], q[1]; cp(-0.4) q[0], q[1];
csx q[0], q[1]; csx q[0], q[1]; cx q[0], q[1];
cu3(0.1, 0.2, 0.3) q[1], q[2]; cu3(-0.1, -0.3, -0.2) q[1], q[2];
cswap q[0], q[1], q[4];
u(0.1, 0.2, 0.3) q[3]; u(-0.1, -0.3, -0.2) q[3];
rzz(0.7) q[2], q[3]; rzz(-0.7) q[2], q[3];
