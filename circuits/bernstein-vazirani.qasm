// Bernstein-Vazirani: one question reveals the secret 101101 (bit 0 rightmost).
// The last qubit carries the phase and is left in |->, so both its values are seen.
OPENQASM 2.0;
include "qelib1.inc";
qreg data[6];
qreg flag[1];
creg c[6];
x flag[0];
h flag[0];
h data;
barrier data, flag;
cx data[0], flag[0];
cx data[2], flag[0];
cx data[3], flag[0];
cx data[5], flag[0];
barrier data, flag;
h data;
measure data -> c;
