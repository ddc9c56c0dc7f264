// Blanks before units, blocks of their own, commas behind the last name.
// state: 1: 1
// note: 14:1: 'delay' has no effect here: circuits have no clock
include "stdgates.inc";
gate flip(a, b,) q, { rx(a + b) q; }
qubit q;
complex[float] z = 2 + 5 im;
{
  int k = 2;
  if (imag(z) == 5.0 && k == 2) { x q,; }
}
int k = 3;
flip(pi, -pi,) q;
delay[1.5 ns] q;
