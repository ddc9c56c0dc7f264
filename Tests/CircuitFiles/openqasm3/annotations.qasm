// pragma: vendor setting = 3
// annotation: 1 @crosstalk strong
// state: 1: 1
include "stdgates.inc";
pragma vendor setting = 3
qubit q;
z q;
@crosstalk strong
x q;
