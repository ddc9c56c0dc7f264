// error: 5:11: found an input without a value, expected a number for an operand of '>': open inputs can be added, multiplied, and divided by numbers; give it a value (--set NAME=VALUE)
include "stdgates.inc";
input float theta;
qubit q;
if (theta > 1) x q;
