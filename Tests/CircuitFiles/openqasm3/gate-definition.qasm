// state: 00: 0.8775825618903728, 11: 0.479425538604203
include "stdgates.inc";
gate turn(a) t {
  ry(a) t;
}
gate entangle(a) c, t {
  for int i in [1:2] { turn(a / 2) c; }
  cx c, t;
}
qubit[2] q;
entangle(1.0) q[0], q[1];
