import Circuits
import LinearAlgebra
import RealModule

extension QSimFormatWriter {
  /// Writes an elementary operation as gates of the format with the same product, phase included.
  mutating func write(_ operation: ElementaryOperation) throws(CircuitPrintError) {
    let mask = operation.controls
    let controls = mask.mask.bitIndices.map {
      Control($0, state: mask.value >> UInt64($0) & 1 == 1)
    }
    let angle = operation.angle.constantValue ?? .nan
    switch operation.kind {
    case .phase: writePhase(angle, controls)
    case .rotation(let string): writeRotation(string, angle, controls)
    case .pauli(let string):
      for qubit in string.qubits {
        write(string[qubit]?.rawValue.lowercased() ?? "id1", [], [qubit], controls: controls)
      }
    case .swap(let first, let second): write("sw", [], [first, second], controls: controls)
    case .matrix(let matrix, let targets):
      guard targets.count == 1 else {
        throw .matrix(gate: gateName, place: place, qubitCount: targets.count)
      }
      writeMatrix(matrix, targets[0], controls)
    }
  }

  /// Writes `e^{i·angle}` on the states that fulfil the controls.
  ///
  /// One control is RZ and a global phase; of several, two become those of the format's `cp`, whose angle has the
  /// opposite sign.
  private mutating func writePhase(_ angle: Double, _ controls: [Control]) {
    guard let last = controls.last else { return add(phase: angle) }
    guard controls.count > 1 else {
      write("rz", [last.state ? angle : -angle], [last.qubit])
      return add(phase: angle / 2)
    }
    let pair = controls.suffix(2)
    for control in pair where !control.state { write("x", [], [control.qubit]) }
    write("cp", [-angle], pair.map(\.qubit), controls: Array(controls.dropLast(2)))
    for control in pair where !control.state { write("x", [], [control.qubit]) }
  }

  /// Writes `exp(-i·angle·P/2)` under controls.
  private mutating func writeRotation(
    _ string: PauliString, _ angle: Double, _ controls: [Control]
  ) {
    let qubits = string.qubits
    guard let last = qubits.last else { return writePhase(-angle / 2, controls) }
    guard qubits.count > 1 else {
      let letter = string[last]?.rawValue.lowercased() ?? "z"
      return write("r" + letter, [angle], [last], controls: controls)
    }
    // The change of basis that takes P to Z on the last qubit, and back: RX(π/2) takes Y to Z.
    for qubit in qubits where string[qubit] != .z {
      if string[qubit] == .x { write("h", [], [qubit]) } else { write("rx", [.pi / 2], [qubit]) }
    }
    for qubit in qubits.dropLast() { write("cnot", [], [qubit, last]) }
    write("rz", [angle], [last], controls: controls)
    for qubit in qubits.dropLast().reversed() { write("cnot", [], [qubit, last]) }
    for qubit in qubits where string[qubit] != .z {
      if string[qubit] == .x { write("h", [], [qubit]) } else { write("rx", [-.pi / 2], [qubit]) }
    }
  }

  /// Writes `e^{iα}·U(θ, φ, λ) = e^{i(α + (φ + λ)/2)}·RZ(φ)·RY(θ)·RZ(λ)` under controls.
  private mutating func writeMatrix(
    _ matrix: ComplexMatrix, _ target: Int, _ controls: [Control]
  ) {
    if matrix == Gate.h.matrix() { return write("h", [], [target], controls: controls) }
    let angles = EulerAngles(matrix)
    for (name, angle) in [("rz", angles.lambda), ("ry", angles.theta), ("rz", angles.phi)]
    where angle != 0 {
      write(name, [angle], [target], controls: controls)
    }
    let phase = angles.phase + (angles.phi + angles.lambda) / 2
    if phase != 0 { writePhase(phase, controls) }
  }
}
