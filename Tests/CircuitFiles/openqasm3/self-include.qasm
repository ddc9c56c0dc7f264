// error: 2:9: found "self-include.qasm" again, which includes itself
include "self-include.qasm";
