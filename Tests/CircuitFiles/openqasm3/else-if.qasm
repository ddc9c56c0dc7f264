// counts: 1 00, 0 01, 0 10, 0 11
include "stdgates.inc";
qubit[3] q;
bit[2] c;
bit d;
h q[0:1];
c = measure q[0:1];
if (c == 1) { z q[2]; } else if (c[1]) { s q[2]; } else { x q[2]; }
d = measure q[2];
