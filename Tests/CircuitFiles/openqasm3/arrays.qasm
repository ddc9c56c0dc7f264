// state: 1: 1
include "stdgates.inc";
qubit q;
array[int[32], 2, 3] a = {{1, 2, 3}, {4, 5, 6}};
array[float[64], 2] b = {0.5, pi / 2};
a[1, 0] = 10;
a[0][2] += 7;
a[1] = {7, 8, 9};
if (a[0, 2] == 10 && a[1][0] == 7 && a[-1, -1] == 9 && sizeof(a, 1) == 3 && sizeof(b) == 2
  && b[0] * 2 == 1.0 && a[0, 0:1][1] == 2) x q;
