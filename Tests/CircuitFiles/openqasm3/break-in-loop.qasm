// A loop without end but for a 'break' that a measurement decides.
// counts: 1
include "stdgates.inc";
qubit q;
bit c;
while (true) {
  h q;
  c = measure q;
  if (c) break;
}
