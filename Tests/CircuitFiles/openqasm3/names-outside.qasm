// error: 6:27: found 'q', which is declared outside, expected what is handed over or declared inside: subroutines and gates see constants, gates and subroutines alone of what is outside
// error: 7:33: found 'k', which is declared outside, expected what is handed over or declared inside: subroutines and gates see constants, gates and subroutines alone of what is outside
include "stdgates.inc";
qubit q;
int k = 3;
def turn(float a) { rx(a) q; }
def twice() -> int { return 2 * k; }
turn(0.5);
int l = twice();
turn(0.25);
