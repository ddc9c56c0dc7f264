// Powers bind tightest and to the right, signs less than they: the angle is -4 + 4 + pi = pi.
// state: 1: -1i
OPENQASM 2.0;
include "qelib1.inc";
qreg q[1];
rx(-2^2 + 2^(1+1) + 2*asin(sin(pi/2)) + ln(exp(0)) * cos(0) * tan(pi/4) * sqrt(4)) q[0];
