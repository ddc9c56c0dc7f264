/* A block comment,
   over several lines. */
// state: 1: 1
include "stdgates.inc"; // and one to the end of the line
qubit q; x /* here */ q;
