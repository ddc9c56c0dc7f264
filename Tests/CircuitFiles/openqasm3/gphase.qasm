// A global phase, and a controlled one, which is a phase of its control.
// state: 0: 0.7071067811865476i, 1: -0.7071067811865476
include "stdgates.inc";
qubit q;
h q;
gphase(pi / 2);
ctrl @ gphase(pi / 2) q;
