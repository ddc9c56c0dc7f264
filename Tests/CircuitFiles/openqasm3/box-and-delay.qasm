// note: 9:3: 'delay' has no effect here: circuits have no clock
// state: 1: 1
include "stdgates.inc";
qubit q;
duration t = 50us;
stretch s;
box {
  x q;
  delay[t + 2 * s] q;
  nop q;
}
