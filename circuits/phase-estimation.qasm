// Phase estimation of 0.3 with five bits: 0.3*32 = 9.6, so 10 = 01010 is likeliest, then 9.
OPENQASM 2.0;
include "qelib1.inc";
qreg k[5];
qreg e[1];
creg c[5];
// |1> is the eigenvector of p(2*pi*0.3).
x e[0];
h k;
cp(1*2*pi*0.3) k[0], e[0];
cp(2*2*pi*0.3) k[1], e[0];
cp(4*2*pi*0.3) k[2], e[0];
cp(8*2*pi*0.3) k[3], e[0];
cp(16*2*pi*0.3) k[4], e[0];
barrier k, e;
// The inverse transform.
swap k[1], k[3];
swap k[0], k[4];
h k[0];
cp(-pi/2) k[0], k[1];
h k[1];
cp(-pi/4) k[0], k[2];
cp(-pi/2) k[1], k[2];
h k[2];
cp(-pi/8) k[0], k[3];
cp(-pi/4) k[1], k[3];
cp(-pi/2) k[2], k[3];
h k[3];
cp(-pi/16) k[0], k[4];
cp(-pi/8) k[1], k[4];
cp(-pi/4) k[2], k[4];
cp(-pi/2) k[3], k[4];
h k[4];
measure k -> c;
