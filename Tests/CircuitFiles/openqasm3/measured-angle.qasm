// An angle made of measured bits, as in iterative phase estimation of 3/8 of a turn.
// counts: 011
include "stdgates.inc";
const int n = 3;
qubit[2] q;
bit[n] result;
angle[n] c = 0;
x q[1];
for int k in [0:n - 1] {
  reset q[0];
  h q[0];
  ctrl @ pow(2 ** (n - 1 - k)) @ p(2 * pi * 3 / 8.) q[0], q[1];
  inv @ p(c) q[0];
  h q[0];
  result[k] = measure q[0];
  // The newest outcome is a quarter of a turn in the next round.
  c >>= 1;
  c[n - 2] = result[k];
}
