// state: 1: 1
include "stdgates.inc";
qubit q;
bit[4] a = "1100";
bit[4] b = "1010";
uint[8] n = 0b00010110;
bool right = (a & b) == "1000" && (a | b) == "1110" && (a ^ b) == "0110" && ~a == "0011"
  && a << 1 == "1000" && a >> 2 == "0011" && popcount(a) == 2 && rotl(a, 1) == "1001"
  && rotr(a, 3) == "1001" && (n ^ 0xFF) == 0b11101001 && n[1] && !n[0] && n[1:2] == "11";
if (right) x q;
