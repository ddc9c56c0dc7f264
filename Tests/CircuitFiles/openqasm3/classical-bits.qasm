// What is computed from measured bits: parity and majority.
// counts: 00 000, 01 001, 01 010, 10 011, 01 100, 10 101, 10 110, 11 111
include "stdgates.inc";
qubit[3] q;
bit[3] c;
bit[2] d;
h q;
c = measure q;
d[0] = c[0] ^ c[1] ^ c[2];
d[1] = popcount(c) >= 2;
