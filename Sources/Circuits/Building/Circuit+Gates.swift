// Made from the catalogue by GeneratedFilesTests; `HILBERT_UPDATE_GOLDEN=1 make test` writes it
// anew.

extension Circuit {
  /// Appends `id`: leaves the qubit as it is.
  public mutating func id(_ qubit: Int) {
    append(.id, to: [qubit])
  }

  /// Appends `x`: flips the qubit: the Pauli operator X.
  public mutating func x(_ qubit: Int) {
    append(.x, to: [qubit])
  }

  /// Appends `y`: the Pauli operator Y.
  public mutating func y(_ qubit: Int) {
    append(.y, to: [qubit])
  }

  /// Appends `z`: the Pauli operator Z.
  public mutating func z(_ qubit: Int) {
    append(.z, to: [qubit])
  }

  /// Appends `h`: the Hadamard gate, `(X + Z)/√2`.
  public mutating func h(_ qubit: Int) {
    append(.h, to: [qubit])
  }

  /// Appends `s`: the square root of Z: `diag(1, i)`.
  public mutating func s(_ qubit: Int) {
    append(.s, to: [qubit])
  }

  /// Appends `sdg`: the inverse of S: `diag(1, -i)`.
  public mutating func sdg(_ qubit: Int) {
    append(.sdg, to: [qubit])
  }

  /// Appends `t`: the fourth root of Z: `diag(1, e^{iπ/4})`.
  public mutating func t(_ qubit: Int) {
    append(.t, to: [qubit])
  }

  /// Appends `tdg`: the inverse of T: `diag(1, e^{-iπ/4})`.
  public mutating func tdg(_ qubit: Int) {
    append(.tdg, to: [qubit])
  }

  /// Appends `sx`: the principal square root of X: `e^{iπ/4}·RX(π/2)`.
  public mutating func sx(_ qubit: Int) {
    append(.sx, to: [qubit])
  }

  /// Appends `sxdg`: the inverse of the square root of X: `e^{-iπ/4}·RX(-π/2)`.
  public mutating func sxdg(_ qubit: Int) {
    append(.sxdg, to: [qubit])
  }

  /// Appends `sy`: the principal square root of Y: `e^{iπ/4}·RY(π/2)`.
  public mutating func sy(_ qubit: Int) {
    append(.sy, to: [qubit])
  }

  /// Appends `sqrtw`: the principal square root of `W = (X + Y)/√2`: `e^{iπ/4}·r(π/2, π/4)`.
  public mutating func sqrtw(_ qubit: Int) {
    append(.sqrtw, to: [qubit])
  }

  /// Appends `rx`: rotation about the X axis: `exp(-i·theta·X/2)`.
  public mutating func rx(_ theta: Angle, _ qubit: Int) {
    append(.rx, angles: [theta], to: [qubit])
  }

  /// Appends `ry`: rotation about the Y axis: `exp(-i·theta·Y/2)`.
  public mutating func ry(_ theta: Angle, _ qubit: Int) {
    append(.ry, angles: [theta], to: [qubit])
  }

  /// Appends `rz`: rotation about the Z axis: `exp(-i·theta·Z/2)`.
  public mutating func rz(_ theta: Angle, _ qubit: Int) {
    append(.rz, angles: [theta], to: [qubit])
  }

  /// Appends `r`: rotation about an axis between X and Y: `exp(-i·theta·(cos(phi)·X + sin(phi)·Y)/2)`.
  public mutating func r(_ theta: Angle, _ phi: Angle, _ qubit: Int) {
    append(.r, angles: [theta, phi], to: [qubit])
  }

  /// Appends `p`: phase of the state 1: `diag(1, e^{i·lambda})`.
  public mutating func p(_ lambda: Angle, _ qubit: Int) {
    append(.p, angles: [lambda], to: [qubit])
  }

  /// Appends `u1`: phase of the state 1, `p` by its older name: `diag(1, e^{i·lambda})`.
  public mutating func u1(_ lambda: Angle, _ qubit: Int) {
    append(.u1, angles: [lambda], to: [qubit])
  }

  /// Appends `u2`: the general gate at a quarter turn: `u(π/2, phi, lambda)`.
  public mutating func u2(_ phi: Angle, _ lambda: Angle, _ qubit: Int) {
    append(.u2, angles: [phi, lambda], to: [qubit])
  }

  /// Appends `u3`: the general gate `P(phi)·RY(theta)·P(lambda)`, `u` by its older name.
  public mutating func u3(_ theta: Angle, _ phi: Angle, _ lambda: Angle, _ qubit: Int) {
    append(.u3, angles: [theta, phi, lambda], to: [qubit])
  }

  /// Appends `u`: the general gate `P(phi)·RY(theta)·P(lambda)`; its first entry is `cos(theta/2)`.
  public mutating func u(_ theta: Angle, _ phi: Angle, _ lambda: Angle, _ qubit: Int) {
    append(.u, angles: [theta, phi, lambda], to: [qubit])
  }

  /// Appends `cx`: X under one control.
  public mutating func cx(_ control: Int, _ target: Int) {
    append(.cx, to: [control, target])
  }

  /// Appends `cy`: Y under one control.
  public mutating func cy(_ control: Int, _ target: Int) {
    append(.cy, to: [control, target])
  }

  /// Appends `cz`: Z under one control: -1 on the state 11.
  public mutating func cz(_ control: Int, _ target: Int) {
    append(.cz, to: [control, target])
  }

  /// Appends `ch`: the Hadamard gate under one control.
  public mutating func ch(_ control: Int, _ target: Int) {
    append(.ch, to: [control, target])
  }

  /// Appends `cs`: S under one control: i on the state 11.
  public mutating func cs(_ control: Int, _ target: Int) {
    append(.cs, to: [control, target])
  }

  /// Appends `csdg`: the inverse of S under one control: -i on the state 11.
  public mutating func csdg(_ control: Int, _ target: Int) {
    append(.csdg, to: [control, target])
  }

  /// Appends `csx`: the square root of X under one control.
  public mutating func csx(_ control: Int, _ target: Int) {
    append(.csx, to: [control, target])
  }

  /// Appends `cp`: phase of the state 11: `diag(1, 1, 1, e^{i·lambda})`.
  public mutating func cp(_ lambda: Angle, _ control: Int, _ target: Int) {
    append(.cp, angles: [lambda], to: [control, target])
  }

  /// Appends `crx`: rotation about the X axis under one control.
  public mutating func crx(_ theta: Angle, _ control: Int, _ target: Int) {
    append(.crx, angles: [theta], to: [control, target])
  }

  /// Appends `cry`: rotation about the Y axis under one control.
  public mutating func cry(_ theta: Angle, _ control: Int, _ target: Int) {
    append(.cry, angles: [theta], to: [control, target])
  }

  /// Appends `crz`: rotation about the Z axis under one control.
  public mutating func crz(_ theta: Angle, _ control: Int, _ target: Int) {
    append(.crz, angles: [theta], to: [control, target])
  }

  /// Appends `cu`: the gate `e^{i·gamma}·u(theta, phi, lambda)` under one control.
  public mutating func cu(
    _ theta: Angle, _ phi: Angle, _ lambda: Angle, _ gamma: Angle, _ control: Int, _ target: Int
  ) {
    append(.cu, angles: [theta, phi, lambda, gamma], to: [control, target])
  }

  /// Appends `swap`: exchanges two qubits.
  public mutating func swap(_ first: Int, _ second: Int) {
    append(.swap, to: [first, second])
  }

  /// Appends `iswap`: exchanges two qubits and multiplies 01 and 10 by i.
  public mutating func iswap(_ first: Int, _ second: Int) {
    append(.iswap, to: [first, second])
  }

  /// Appends `sqrtiswap`: the principal square root of iSWAP.
  public mutating func sqrtiswap(_ first: Int, _ second: Int) {
    append(.sqrtiswap, to: [first, second])
  }

  /// Appends `dcx`: two CX, the first qubit being the control of the first and the target of the second.
  public mutating func dcx(_ first: Int, _ second: Int) {
    append(.dcx, to: [first, second])
  }

  /// Appends `fsim`: exchange by `theta` within 01 and 10, and `e^{-i·phi}` on 11.
  public mutating func fsim(_ theta: Angle, _ phi: Angle, _ first: Int, _ second: Int) {
    append(.fsim, angles: [theta, phi], to: [first, second])
  }

  /// Appends `rxx`: rotation about XX: `exp(-i·theta·X⊗X/2)`.
  public mutating func rxx(_ theta: Angle, _ first: Int, _ second: Int) {
    append(.rxx, angles: [theta], to: [first, second])
  }

  /// Appends `ryy`: rotation about YY: `exp(-i·theta·Y⊗Y/2)`.
  public mutating func ryy(_ theta: Angle, _ first: Int, _ second: Int) {
    append(.ryy, angles: [theta], to: [first, second])
  }

  /// Appends `rzz`: rotation about ZZ: `exp(-i·theta·Z⊗Z/2)`.
  public mutating func rzz(_ theta: Angle, _ first: Int, _ second: Int) {
    append(.rzz, angles: [theta], to: [first, second])
  }

  /// Appends `rzx`: rotation about Z of the first qubit and X of the second: `exp(-i·theta·X⊗Z/2)`.
  public mutating func rzx(_ theta: Angle, _ first: Int, _ second: Int) {
    append(.rzx, angles: [theta], to: [first, second])
  }

  /// Appends `ecr`: the echoed cross resonance, `(I⊗X - X⊗Y)/√2`.
  public mutating func ecr(_ first: Int, _ second: Int) {
    append(.ecr, to: [first, second])
  }

  /// Appends `ccx`: X under two controls: the Toffoli gate.
  public mutating func ccx(_ control0: Int, _ control1: Int, _ target: Int) {
    append(.ccx, to: [control0, control1, target])
  }

  /// Appends `ccz`: Z under two controls: -1 on the state 111.
  public mutating func ccz(_ control0: Int, _ control1: Int, _ target: Int) {
    append(.ccz, to: [control0, control1, target])
  }

  /// Appends `cswap`: the exchange of two qubits under one control: the Fredkin gate.
  public mutating func cswap(_ control: Int, _ first: Int, _ second: Int) {
    append(.cswap, to: [control, first, second])
  }

  /// Appends `gphase`: multiplies every amplitude by `e^{i·gamma}`.
  public mutating func gphase(_ gamma: Angle) {
    append(.gphase, angles: [gamma], to: [])
  }
}
