// state: 101: 1
include "stdgates.inc";
x $0;
cx $0, $2;
