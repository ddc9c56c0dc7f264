// A loop whose end is known when the file is read.
// state: 111: 1
include "stdgates.inc";
qubit[3] q;
int i = 0;
while (i < 10) {
  i += 1;
  if (i % 2 == 0) continue;
  if (i > 5) break;
  x q[i / 2];
}
