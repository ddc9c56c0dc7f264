// Parameters reach the gates inside; a definition may use those before it.
// state: 00: 0.8775825618903728, 11: 0.479425538604203
OPENQASM 2.0;
include "qelib1.inc";
gate half(a) t { ry(a/2) t; }
gate entangle(a) c, t { half(2*a) c; cx c, t; barrier c, t; }
qreg q[2];
entangle(1) q[0], q[1];
