// A question that measures, asked once for each round.
// counts: 0
include "stdgates.inc";
qubit q;
bit c;
h q;
while (measure q) {
  h q;
}
c = measure q;
