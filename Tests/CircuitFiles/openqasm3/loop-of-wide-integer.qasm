// error: 7:1: found a variable of type int[64] that changes in a loop which a measurement ends; expected bits, bool, or integers and angles of at most 12 bits, such as uint[8]
include "stdgates.inc";
qubit q;
bit c;
int rounds = 0;
h q;
while (c == 0) { rounds += 1; c = measure q; }
