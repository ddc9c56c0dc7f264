// state: 1: 1
include "stdgates.inc";
def fill(mutable array[int[32], #dim = 1] a, int value) {
  for int i in [0:sizeof(a) - 1] { a[i] = value; }
}
qubit q;
array[int[32], 3] list = {0, 0, 0};
fill(list, 7);
if (list[0] + list[1] + list[2] == 21) x q;
