// A qubit that nothing has been done to is 0 already: the file has a state.
// state: 00: 0.707106781186547524, 11: 0.707106781186547524
include "stdgates.inc";
qubit[2] q;
reset q;
h q[0];
cx q[0], q[1];
