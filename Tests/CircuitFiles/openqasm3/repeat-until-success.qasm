// A loop that a measurement ends.
// counts: 1
include "stdgates.inc";
qubit q;
bit c;
while (c == 0) {
  reset q;
  h q;
  c = measure q;
}
