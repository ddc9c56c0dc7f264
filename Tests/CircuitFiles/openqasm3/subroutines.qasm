// Qubits are the caller's own, values copies; what is returned may depend on a measurement.
// counts: 1 1, 0 0
include "stdgates.inc";
def flip(qubit[2] r, int times) {
  for int i in [1:times] { x r; }
}
def coin(qubit r) -> bit {
  h r;
  return measure r;
}
def sum(array[int[32], #dim = 1] a) -> int {
  int total = 0;
  for int i in [0:sizeof(a) - 1] { total += a[i]; }
  return total;
}
array[int[32], 3] list = {1, 2, 4};
qubit[3] q;
bit c;
bit d;
flip(q[1:2], sum(list) - 5);
c = coin(q[0]);
if (c) { x q[1]; }
d = measure q[1];
