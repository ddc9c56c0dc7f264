// state: 1: 1
include "stdgates.inc";
qubit q;
bool right = arccos(1.0) == 0.0 && arcsin(0.0) == 0 && arctan(0.0) == 0 && ceiling(1.2) == 2.0
  && floor(1.8) == 1.0 && cos(0.0) == 1.0 && exp(0.0) == 1.0 && log(euler) == 1.0 && mod(7, 3) == 1
  && pow(2, 3) == 8 && sqrt(16.0) == 4.0 && tan(0.0) == 0.0 && real(3 + 4im) == 3.0 && tau == 2 * π;
if (right) x q;
