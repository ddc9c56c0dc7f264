// An input is a parameter: one number, or one for each element of an array.
// set: theta=1.0, phi=0.25 0.5
// state: 0: 0.8775825618903728, 1: 0.3697550361363331+0.30517218142836866i
OPENQASM 3;
include "stdgates.inc";
input float theta;
input array[float[64], 2] phi;
qubit q;
ry(theta) q;
p(2 * phi[0] + phi[1] - 0.31) q;
