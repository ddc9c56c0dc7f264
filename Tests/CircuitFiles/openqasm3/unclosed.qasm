// error: 7:1: found the end of the file, expected '}'
include "stdgates.inc";
qubit q;
if (true) {
  x q;

