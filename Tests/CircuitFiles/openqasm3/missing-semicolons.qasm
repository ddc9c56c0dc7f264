// error: 5:11: found the end of the line, expected ';'
// error: 6:7: found the end of the line, expected ',' or ';'
// error: 8:7: found the end of the line, expected ',' or ';'
include "stdgates.inc";
qubit[2] q
h q[0]
cx q[0], q[1];
x q[1]
