// (2^64 - 1)^2 is 1 modulo 2^64, and 2^63 times 2 is 0.
// counts: 1 01
bit[2] o;
bit out;
uint[64] a = 18446744073709551615;
uint[64] b = a * a;
a *= a;
uint[64] c = 9223372036854775808;
c = c * 2;
o[0] = b == 1 && a == 1 && c == 0;
o[1] = 0;
out = o[0];
