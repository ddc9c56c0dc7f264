// What changes in a loop that a measurement ends lies in bits: here whether the number of rounds is even.
// counts: 0 1, 1 1
include "stdgates.inc";
qubit[2] q;
bit c;
bit parity;
uint[4] rounds = 0;
while (!c) {
  rounds += 1;
  reset q[0];
  h q[0];
  c = measure q[0];
}
if (rounds % 2 == 1) { x q[1]; }
parity = measure q[1];
