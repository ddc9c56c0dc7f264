// The swap test: qubit 0 is 1 with probability (1 - |<a|b>|^2)/2; the states differ by 0.9 radians
// of RY, so |<a|b>|^2 = cos(0.45)^2.
OPENQASM 2.0;
include "qelib1.inc";
qreg probe[1];
qreg a[1];
qreg b[1];
creg c[1];
ry(0.3) a[0];
ry(1.2) b[0];
h probe[0];
cswap probe[0], a[0], b[0];
h probe[0];
measure probe -> c;
