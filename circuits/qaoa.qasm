// Two rounds of the approximate optimization algorithm for the greatest cut of a ring of six:
// the alternating strings 010101 and 101010 cut every edge; each comes with probability 0.268,
// and five of the six edges are cut on average.
OPENQASM 2.0;
include "qelib1.inc";
qreg q[6];
creg c[6];
h q;
// The edges of the ring, then the mixer.
rzz(-0.6559) q[0], q[1];
rzz(-0.6559) q[1], q[2];
rzz(-0.6559) q[2], q[3];
rzz(-0.6559) q[3], q[4];
rzz(-0.6559) q[4], q[5];
rzz(-0.6559) q[5], q[0];
rx(1.2429) q;
// The edges of the ring, then the mixer.
rzz(1.8987) q[0], q[1];
rzz(1.8987) q[1], q[2];
rzz(1.8987) q[2], q[3];
rzz(1.8987) q[3], q[4];
rzz(1.8987) q[4], q[5];
rzz(1.8987) q[5], q[0];
rx(0.6559) q;
measure q -> c;
