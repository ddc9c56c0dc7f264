// A file that measures and declares no bits has the outcomes of its qubits, measured in the end.
// counts: 00, 11
include "stdgates.inc";
qubit[2] q;
h q[0];
if (measure q[0]) { x q[1]; }
