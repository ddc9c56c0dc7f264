// state: 0111: 1
include "stdgates.inc";
qubit[4] q;
x q[0];
ctrl @ x q[0], q[1];
ctrl(2) @ x q[0], q[1], q[2];
negctrl @ x q[0], q[3];
negctrl(2) @ x q[0], q[1], q[3];
ctrl @ negctrl @ x q[0], q[3], q[1];
ctrl @ negctrl @ x q[0], q[3], q[1];
inv @ s q[0];
pow(2) @ t q[0];
pow(1 / 2.) @ x q[1];
inv @ pow(0.5) @ x q[1];
pow(-2) @ s q[2];
ctrl @ pow(2) @ inv @ t q[0], q[2];
ctrl @ s q[0], q[2];
z q[2];
