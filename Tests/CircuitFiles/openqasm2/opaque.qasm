// A gate without a definition may be declared, and not be called.
// state: 0: 1
OPENQASM 2.0;
opaque magic(a) q, r;
qreg q[1];
