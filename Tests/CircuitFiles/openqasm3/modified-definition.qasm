// Modifiers reach into gates of the file, global phases among them: the two are z and its inverse.
// state: 000: 0.7071067811865476, 001: 0.7071067811865476
include "stdgates.inc";
gate rootless a { gphase(pi / 4); rz(pi / 2) a; s a; }
qubit[3] q;
h q[0];
x q[1];
x q[2];
ctrl(2) @ rootless q[2], q[1], q[0];
inv @ ctrl(2) @ rootless q[2], q[1], q[0];
pow(0.5) @ rootless q[0];
pow(0.5) @ rootless q[0];
z q[0];
ctrl @ x q[2], q[1];
x q[2];
