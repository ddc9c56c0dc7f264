// counts: 0 1, 1 0
include "stdgates.inc";
def pick(qubit r, qubit s) -> int[8] {
  h r;
  if (measure r) { x r; return 3; }
  x s;
  return 4;
}
qubit[3] q;
bit a;
bit b;
int[8] n = pick(q[0], q[1]);
a = measure q[1];
if (n == 3) { x q[2]; }
b = measure q[2];
