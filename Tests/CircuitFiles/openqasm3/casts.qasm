// state: 1: 1
include "stdgates.inc";
qubit q;
float f = 3.7;
if (int(f) == 3 && float(2) / 4 == 0.5 && bool(2) && bit[3](5) == "101" && uint[2](6) == 2
  && angle[2](pi) == pi && int[4](9) == -7) x q;
