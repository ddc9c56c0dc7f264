// state: 10: 1
include "stdgates.inc";
qubit[2] q;
const int A = 2;
int i = 2;
switch (i) {
  case 0, 1 { x q[0]; }
  case A { x q[1]; }
  default { z q[0]; }
}
