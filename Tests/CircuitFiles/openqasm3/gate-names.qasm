// error: 9:1: found 'H', expected the name of a gate; did you mean 'h'?
// error: 10:1: found 'cnot', expected the name of a gate; did you mean 'cx'?
// error: 11:1: found 'toffoli', expected the name of a gate; did you mean 'ccx'?
// error: 12:1: found 'RX', expected the name of a gate; did you mean 'rx'?
// error: 13:1: found 'hadamard', expected the name of a gate; did you mean 'h'?
// error: 14:8: found 1 qubit, expected 2 for 'ctrl @ h'
include "stdgates.inc";
qubit[3] q;
H q[0];
cnot q[0], q[1];
toffoli q[0], q[1], q[2];
RX(0.5) q[0];
hadamard q[0];
ctrl @ h q[0];
