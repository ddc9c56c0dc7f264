// A number keeps to its width: 15 + 1 is 0 in uint[4], 127 + 1 is -128 in int[8].
// state: 1: 1
include "stdgates.inc";
qubit q;
uint[4] a = 15;
int[8] b = 127;
a += 1;
b += 1;
if (a == 0 && b == -128 && 7 / 2 == 3 && -7 % 4 == -3 && 2 ** 10 == 1024) x q;
