// Includes are looked for beside the file.
// state: 1: 1
include "stdgates.inc";
include "flip.inc";
qubit q;
flip q;
