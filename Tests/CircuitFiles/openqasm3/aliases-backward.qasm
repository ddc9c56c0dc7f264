// state: 0101: 1
include "stdgates.inc";
qubit[4] q;
let every = q[0:2:3];
x every;
let down = q[3:-1:0];
x down[3];
x down[3];
