// Four Trotter steps of the transverse-field Ising chain H = -sum Z Z - 0.8 sum X on six sites,
// from |000000>, each of time 0.25: rzz(-2*1*0.25), then rx(-2*0.8*0.25).
OPENQASM 2.0;
include "qelib1.inc";
qreg q[6];
creg c[6];
// Step 1.
rzz(-0.5) q[0], q[1];
rzz(-0.5) q[2], q[3];
rzz(-0.5) q[4], q[5];
rzz(-0.5) q[1], q[2];
rzz(-0.5) q[3], q[4];
rx(-0.4) q;
// Step 2.
rzz(-0.5) q[0], q[1];
rzz(-0.5) q[2], q[3];
rzz(-0.5) q[4], q[5];
rzz(-0.5) q[1], q[2];
rzz(-0.5) q[3], q[4];
rx(-0.4) q;
// Step 3.
rzz(-0.5) q[0], q[1];
rzz(-0.5) q[2], q[3];
rzz(-0.5) q[4], q[5];
rzz(-0.5) q[1], q[2];
rzz(-0.5) q[3], q[4];
rx(-0.4) q;
// Step 4.
rzz(-0.5) q[0], q[1];
rzz(-0.5) q[2], q[3];
rzz(-0.5) q[4], q[5];
rzz(-0.5) q[1], q[2];
rzz(-0.5) q[3], q[4];
rx(-0.4) q;
measure q -> c;
