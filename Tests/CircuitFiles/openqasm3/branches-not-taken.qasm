// error: 10:19: found 'foo', expected the name of a gate
// error: 11:13: found 'cc', expected a number, a parameter or a function; did you mean 'c'?
// error: 12:29: found 'bar', expected the name of a gate
// error: 13:29: found 'r', expected the name of a quantum register
// error: 14:30: found 'many', expected the name of a function or a subroutine; did you mean 'tan'?
// error: 15:19: found 'undefined', expected a number, a parameter or a function
include "stdgates.inc";
qubit q;
bit c;
if (false) { x q; foo q; }
while (c && cc) { x q; }
for int i in [1:0] { if (i) bar q; }
switch (1) { case 2 { reset r; } }
def f(int n) -> int { return many(n) + f(n); }
def g() { int k = undefined; }
