// state: 1: 1
include "stdgates.inc";
qubit q;
if (0xFF == 255 && 0b1010 == 10 && 0o17 == 15 && 1_000 == 1000 && .5 + 1.e0 == 1.5) x q;
