// state: 10110: 1
include "stdgates.inc";
qubit[3] a;
qubit[2] b;
let both = a ++ b;
let ends = both[{0, 4}];
let middle = both[1:2];
let backward = both[-2:-1];
x middle;
x ends[1];
x backward[0];
x b[0];
