// An ansatz for the transverse-field Ising chain of ising-chain.txt: layers of its two halves, each term with an angle.
OPENQASM 3.0;
include "stdgates.inc";
const int layers = 6;
const int size = 6;
input array[float, layers, size - 1] gamma;
input array[float, layers, size] beta;
qubit[size] q;

gate zz(theta) a, b {
  cx a, b;
  rz(theta) b;
  cx a, b;
}

h q;
for int layer in [0:layers - 1] {
  for int site in [0:size - 2] {
    zz(gamma[layer, site]) q[site], q[site + 1];
  }
  for int site in [0:size - 1] {
    rx(beta[layer, site]) q[site];
  }
}
