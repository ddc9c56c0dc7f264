// A product of phases is one phase, with any power: 0.5 * 3 * 0.49 and 0.5 * 0.3.
// state: 0: 0.633289501488415+0.773914987130082i
include "stdgates.inc";
gate both { gphase(0.1); gphase(0.2); }
qubit q;
pow(0.5) @ pow(3) @ gphase(0.49);
pow(0.5) @ both;
