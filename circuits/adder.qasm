// The ripple-carry adder of Cuccaro, Draper, Kutin and Moulton (2004), four bits: b becomes a + b.
// Registers: carry cin, a, b, carry cout. Here 10 + 6 = 16 and 11 + 6 = 17, in superposition.
OPENQASM 2.0;
include "qelib1.inc";
qreg cin[1];
qreg a[4];
qreg b[4];
qreg cout[1];
creg sum[5];
// a is 10 or 11, b is 6.
h a[0];
x a[1];
x a[3];
x b[1];
x b[2];
barrier cin, a, b, cout;
// Majorities carry upwards.
cx a[0], b[0];
cx a[0], cin[0];
ccx cin[0], b[0], a[0];
cx a[1], b[1];
cx a[1], a[0];
ccx a[0], b[1], a[1];
cx a[2], b[2];
cx a[2], a[1];
ccx a[1], b[2], a[2];
cx a[3], b[3];
cx a[3], a[2];
ccx a[2], b[3], a[3];
cx a[3], cout[0];
// And are undone downwards, leaving the sum in b.
ccx a[2], b[3], a[3];
cx a[3], a[2];
cx a[2], b[3];
ccx a[1], b[2], a[2];
cx a[2], a[1];
cx a[1], b[2];
ccx a[0], b[1], a[1];
cx a[1], a[0];
cx a[0], b[1];
ccx cin[0], b[0], a[0];
cx a[0], cin[0];
cx cin[0], b[0];
measure b[0] -> sum[0];
measure b[1] -> sum[1];
measure b[2] -> sum[2];
measure b[3] -> sum[3];
measure cout[0] -> sum[4];
