// Chains of 'else if' are as deep as their first branch.
// state: 1: 1
include "stdgates.inc";
qubit q;
int k = 70;
if (k == 0) y q;
else if (k == 1) { y q; }
else if (k == 2) { y q; }
else if (k == 3) { y q; }
else if (k == 4) { y q; }
else if (k == 5) { y q; }
else if (k == 6) { y q; }
else if (k == 7) { y q; }
else if (k == 8) { y q; }
else if (k == 9) { y q; }
else if (k == 10) { y q; }
else if (k == 11) { y q; }
else if (k == 12) { y q; }
else if (k == 13) { y q; }
else if (k == 14) { y q; }
else if (k == 15) { y q; }
else if (k == 16) { y q; }
else if (k == 17) { y q; }
else if (k == 18) { y q; }
else if (k == 19) { y q; }
else if (k == 20) { y q; }
else if (k == 21) { y q; }
else if (k == 22) { y q; }
else if (k == 23) { y q; }
else if (k == 24) { y q; }
else if (k == 25) { y q; }
else if (k == 26) { y q; }
else if (k == 27) { y q; }
else if (k == 28) { y q; }
else if (k == 29) { y q; }
else if (k == 30) { y q; }
else if (k == 31) { y q; }
else if (k == 32) { y q; }
else if (k == 33) { y q; }
else if (k == 34) { y q; }
else if (k == 35) { y q; }
else if (k == 36) { y q; }
else if (k == 37) { y q; }
else if (k == 38) { y q; }
else if (k == 39) { y q; }
else if (k == 40) { y q; }
else if (k == 41) { y q; }
else if (k == 42) { y q; }
else if (k == 43) { y q; }
else if (k == 44) { y q; }
else if (k == 45) { y q; }
else if (k == 46) { y q; }
else if (k == 47) { y q; }
else if (k == 48) { y q; }
else if (k == 49) { y q; }
else if (k == 50) { y q; }
else if (k == 51) { y q; }
else if (k == 52) { y q; }
else if (k == 53) { y q; }
else if (k == 54) { y q; }
else if (k == 55) { y q; }
else if (k == 56) { y q; }
else if (k == 57) { y q; }
else if (k == 58) { y q; }
else if (k == 59) { y q; }
else if (k == 60) { y q; }
else if (k == 61) { y q; }
else if (k == 62) { y q; }
else if (k == 63) { y q; }
else if (k == 64) { y q; }
else if (k == 65) { y q; }
else if (k == 66) { y q; }
else if (k == 67) { y q; }
else if (k == 68) { y q; }
else if (k == 69) { y q; }
else if (k == 70) { x q; }
else h q;
