// state: 01: 1
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
const int[8] size = 2;
int a = 5;
uint[4] b = 3;
float[64] c = 2.5e0;
bool d = true;
angle[8] e = pi / 2;
complex[float] f = 1.5 + 2im;
duration g = 100ns;
bit[size] h = "10";
if (a == 5 && b + 1 == 4 && c > 2 && d && e == pi / 2 && imag(f) == 2.0 && h[1]) x q[0];
