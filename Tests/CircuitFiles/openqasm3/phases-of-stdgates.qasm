// U of OpenQASM 3 is e^{iθ/2} times that of OpenQASM 2: U(π, 0, π) is X times i.
// state: 1: 1i
include "stdgates.inc";
qubit q;
U(pi, 0, pi) q;
