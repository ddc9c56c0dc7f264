// Made from the catalogue by GeneratedFilesTests; `HILBERT_UPDATE_GOLDEN=1 make test` writes it
// anew.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// The gate `id`: leaves the qubit as it is.
public func ID(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.id, on: [qubit], controls: controls)
}

/// The gate `x`: flips the qubit: the Pauli operator X.
public func X(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.x, on: [qubit], controls: controls)
}

/// The gate `y`: the Pauli operator Y.
public func Y(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.y, on: [qubit], controls: controls)
}

/// The gate `z`: the Pauli operator Z.
public func Z(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.z, on: [qubit], controls: controls)
}

/// The gate `h`: the Hadamard gate, `(X + Z)/√2`.
public func H(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.h, on: [qubit], controls: controls)
}

/// The gate `s`: the square root of Z: `diag(1, i)`.
public func S(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.s, on: [qubit], controls: controls)
}

/// The gate `sdg`: the inverse of S: `diag(1, -i)`.
public func SDG(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.sdg, on: [qubit], controls: controls)
}

/// The gate `t`: the fourth root of Z: `diag(1, e^{iπ/4})`.
public func T(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.t, on: [qubit], controls: controls)
}

/// The gate `tdg`: the inverse of T: `diag(1, e^{-iπ/4})`.
public func TDG(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.tdg, on: [qubit], controls: controls)
}

/// The gate `sx`: the principal square root of X: `e^{iπ/4}·RX(π/2)`.
public func SX(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.sx, on: [qubit], controls: controls)
}

/// The gate `sxdg`: the inverse of the square root of X: `e^{-iπ/4}·RX(-π/2)`.
public func SXDG(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.sxdg, on: [qubit], controls: controls)
}

/// The gate `sy`: the principal square root of Y: `e^{iπ/4}·RY(π/2)`.
public func SY(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.sy, on: [qubit], controls: controls)
}

/// The gate `sqrtw`: the principal square root of `W = (X + Y)/√2`: `e^{iπ/4}·r(π/2, π/4)`.
public func SQRTW(_ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.sqrtw, on: [qubit], controls: controls)
}

/// The gate `rx`: rotation about the X axis: `exp(-i·theta·X/2)`.
public func RX(_ theta: Angle, _ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.rx, angles: [theta], on: [qubit], controls: controls)
}

/// The gate `ry`: rotation about the Y axis: `exp(-i·theta·Y/2)`.
public func RY(_ theta: Angle, _ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.ry, angles: [theta], on: [qubit], controls: controls)
}

/// The gate `rz`: rotation about the Z axis: `exp(-i·theta·Z/2)`.
public func RZ(_ theta: Angle, _ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.rz, angles: [theta], on: [qubit], controls: controls)
}

/// The gate `r`: rotation about an axis between X and Y: `exp(-i·theta·(cos(phi)·X + sin(phi)·Y)/2)`.
public func R(
  _ theta: Angle, _ phi: Angle, _ qubit: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.r, angles: [theta, phi], on: [qubit], controls: controls)
}

/// The gate `p`: phase of the state 1: `diag(1, e^{i·lambda})`.
public func P(_ lambda: Angle, _ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.p, angles: [lambda], on: [qubit], controls: controls)
}

/// The gate `u1`: phase of the state 1, `p` by its older name: `diag(1, e^{i·lambda})`.
public func U1(_ lambda: Angle, _ qubit: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.u1, angles: [lambda], on: [qubit], controls: controls)
}

/// The gate `u2`: the general gate at a quarter turn: `u(π/2, phi, lambda)`.
public func U2(
  _ phi: Angle, _ lambda: Angle, _ qubit: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.u2, angles: [phi, lambda], on: [qubit], controls: controls)
}

/// The gate `u3`: the general gate `P(phi)·RY(theta)·P(lambda)`, `u` by its older name.
public func U3(
  _ theta: Angle, _ phi: Angle, _ lambda: Angle, _ qubit: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.u3, angles: [theta, phi, lambda], on: [qubit], controls: controls)
}

/// The gate `u`: the general gate `P(phi)·RY(theta)·P(lambda)`; its first entry is `cos(theta/2)`.
public func U(
  _ theta: Angle, _ phi: Angle, _ lambda: Angle, _ qubit: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.u, angles: [theta, phi, lambda], on: [qubit], controls: controls)
}

/// The gate `cx`: X under one control.
public func CX(_ control: Int, _ target: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.cx, on: [control, target], controls: controls)
}

/// The gate `cy`: Y under one control.
public func CY(_ control: Int, _ target: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.cy, on: [control, target], controls: controls)
}

/// The gate `cz`: Z under one control: -1 on the state 11.
public func CZ(_ control: Int, _ target: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.cz, on: [control, target], controls: controls)
}

/// The gate `ch`: the Hadamard gate under one control.
public func CH(_ control: Int, _ target: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.ch, on: [control, target], controls: controls)
}

/// The gate `cs`: S under one control: i on the state 11.
public func CS(_ control: Int, _ target: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.cs, on: [control, target], controls: controls)
}

/// The gate `csdg`: the inverse of S under one control: -i on the state 11.
public func CSDG(_ control: Int, _ target: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.csdg, on: [control, target], controls: controls)
}

/// The gate `csx`: the square root of X under one control.
public func CSX(_ control: Int, _ target: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.csx, on: [control, target], controls: controls)
}

/// The gate `cp`: phase of the state 11: `diag(1, 1, 1, e^{i·lambda})`.
public func CP(
  _ lambda: Angle, _ control: Int, _ target: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.cp, angles: [lambda], on: [control, target], controls: controls)
}

/// The gate `crx`: rotation about the X axis under one control.
public func CRX(
  _ theta: Angle, _ control: Int, _ target: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.crx, angles: [theta], on: [control, target], controls: controls)
}

/// The gate `cry`: rotation about the Y axis under one control.
public func CRY(
  _ theta: Angle, _ control: Int, _ target: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.cry, angles: [theta], on: [control, target], controls: controls)
}

/// The gate `crz`: rotation about the Z axis under one control.
public func CRZ(
  _ theta: Angle, _ control: Int, _ target: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.crz, angles: [theta], on: [control, target], controls: controls)
}

/// The gate `cu`: the gate `e^{i·gamma}·u(theta, phi, lambda)` under one control.
public func CU(
  _ theta: Angle, _ phi: Angle, _ lambda: Angle, _ gamma: Angle, _ control: Int, _ target: Int,
  controls: [Control] = []
) -> GateApplication {
  GateApplication(
    .cu, angles: [theta, phi, lambda, gamma], on: [control, target], controls: controls)
}

/// The gate `swap`: exchanges two qubits.
public func SWAP(_ first: Int, _ second: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.swap, on: [first, second], controls: controls)
}

/// The gate `iswap`: exchanges two qubits and multiplies 01 and 10 by i.
public func ISWAP(_ first: Int, _ second: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.iswap, on: [first, second], controls: controls)
}

/// The gate `sqrtiswap`: the principal square root of iSWAP.
public func SQRTISWAP(_ first: Int, _ second: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.sqrtiswap, on: [first, second], controls: controls)
}

/// The gate `dcx`: two CX, the first qubit being the control of the first and the target of the second.
public func DCX(_ first: Int, _ second: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.dcx, on: [first, second], controls: controls)
}

/// The gate `fsim`: exchange by `theta` within 01 and 10, and `e^{-i·phi}` on 11.
public func FSIM(
  _ theta: Angle, _ phi: Angle, _ first: Int, _ second: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.fsim, angles: [theta, phi], on: [first, second], controls: controls)
}

/// The gate `rxx`: rotation about XX: `exp(-i·theta·X⊗X/2)`.
public func RXX(
  _ theta: Angle, _ first: Int, _ second: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.rxx, angles: [theta], on: [first, second], controls: controls)
}

/// The gate `ryy`: rotation about YY: `exp(-i·theta·Y⊗Y/2)`.
public func RYY(
  _ theta: Angle, _ first: Int, _ second: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.ryy, angles: [theta], on: [first, second], controls: controls)
}

/// The gate `rzz`: rotation about ZZ: `exp(-i·theta·Z⊗Z/2)`.
public func RZZ(
  _ theta: Angle, _ first: Int, _ second: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.rzz, angles: [theta], on: [first, second], controls: controls)
}

/// The gate `rzx`: rotation about Z of the first qubit and X of the second: `exp(-i·theta·X⊗Z/2)`.
public func RZX(
  _ theta: Angle, _ first: Int, _ second: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.rzx, angles: [theta], on: [first, second], controls: controls)
}

/// The gate `ecr`: the echoed cross resonance, `(I⊗X - X⊗Y)/√2`.
public func ECR(_ first: Int, _ second: Int, controls: [Control] = []) -> GateApplication {
  GateApplication(.ecr, on: [first, second], controls: controls)
}

/// The gate `ccx`: X under two controls: the Toffoli gate.
public func CCX(
  _ control0: Int, _ control1: Int, _ target: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.ccx, on: [control0, control1, target], controls: controls)
}

/// The gate `ccz`: Z under two controls: -1 on the state 111.
public func CCZ(
  _ control0: Int, _ control1: Int, _ target: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.ccz, on: [control0, control1, target], controls: controls)
}

/// The gate `cswap`: the exchange of two qubits under one control: the Fredkin gate.
public func CSWAP(
  _ control: Int, _ first: Int, _ second: Int, controls: [Control] = []
) -> GateApplication {
  GateApplication(.cswap, on: [control, first, second], controls: controls)
}

/// The gate `gphase`: multiplies every amplitude by `e^{i·gamma}`.
public func GPHASE(_ gamma: Angle, controls: [Control] = []) -> GateApplication {
  GateApplication(.gphase, angles: [gamma], on: [], controls: controls)
}
