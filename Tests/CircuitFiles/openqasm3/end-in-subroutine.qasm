// A subroutine that ends the program ends the loop that calls it, and what comes behind.
// counts: 0
include "stdgates.inc";
def toss(qubit r) {
  h r;
  if (measure r) { end; }
}
qubit q;
output bit c;
bit again;
h q;
again = measure q;
while (true) {
  toss(q);
  if (again) { again = measure q; }
}
c = measure q;
