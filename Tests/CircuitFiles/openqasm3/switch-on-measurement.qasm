// counts: 00 00, 01 01, 01 10, 10 11
include "stdgates.inc";
qubit[4] q;
bit[2] c;
bit[2] d;
h q[0:1];
c = measure q[0:1];
switch (uint[2](c)) {
  case 1, 2 { x q[2]; }
  case 3 { x q[3]; }
  default { }
}
d = measure q[2:3];
