import Circuits
import LinearAlgebra

extension QASM2Printer {
  /// Writes an elementary operation as gates of qelib1.inc with the same product, phase included.
  mutating func write(_ operation: ElementaryOperation) throws(CircuitPrintError) {
    let controls = operation.controls.mask.bitIndices
    let flipped = controls.filter { (operation.controls.value >> UInt64($0)) & 1 == 0 }
    for qubit in flipped { write("x", [], [qubit]) }
    let angle = operation.angle.constantValue ?? .nan
    switch operation.kind {
    case .phase: try writePhase(angle, controls)
    case .rotation(let string): try writeRotation(string, angle, controls)
    case .pauli(let string): try writePauli(string, controls)
    case .swap(let first, let second): try writeSwap(first, second, controls)
    case .matrix(let matrix, let targets):
      guard targets.count == 1 else {
        throw .matrix(gate: gateName, place: place, qubitCount: targets.count)
      }
      try writeMatrix(matrix, targets[0], controls)
    }
    for qubit in flipped { write("x", [], [qubit]) }
  }

  /// Writes `e^{i·angle}` on the states where all of `qubits` are 1.
  ///
  /// `x₁x₂…xₙ = 2^{1-n} Σ_S ±(⊕S)` over the subsets S that are not empty, the sign that of their parity:
  /// a phase on each parity, which is gathered on one qubit of it by CNOTs.
  private mutating func writePhase(
    _ angle: Double, _ qubits: [Int]
  ) throws(CircuitPrintError) {
    switch qubits.count {
    case 0:
      // P(2a)·RZ(-2a) is e^{ia} on both states.
      guard qubitCount > 0 else { throw .noQubits(gate: gateName, place: place) }
      write("p", [2 * angle], onCircuit: [0])
      write("rz", [-2 * angle], onCircuit: [0])
    case 1: write("p", [angle], qubits)
    case 2: write("cp", [angle], qubits)
    default:
      guard qubits.count <= CircuitPrintError.phaseQubitLimit else {
        throw tooManyControls(qubits.count)
      }
      let share = angle / Double(1 << (qubits.count - 1))
      for subset in 1..<(1 << qubits.count) as Range<UInt64> {
        let members = subset.bitIndices.map { qubits[$0] }
        let others = members.dropLast()
        let target = members[members.count - 1]
        for other in others { write("cx", [], [other, target]) }
        write("p", [members.count.isMultiple(of: 2) ? -share : share], [target])
        for other in others.reversed() { write("cx", [], [other, target]) }
      }
    }
  }

  /// Writes `exp(-i·angle·P/2)` where all of `controls` are 1.
  private mutating func writeRotation(
    _ string: PauliString, _ angle: Double, _ controls: [Int]
  ) throws(CircuitPrintError) {
    let qubits = string.qubits
    guard let last = qubits.last else { return try writePhase(-angle / 2, controls) }
    let letters = string.letters(count: string.qubitCount).filter { $0 != "I" }.lowercased()
    if qubits.count == 1, controls.count < 2 {
      write((controls.isEmpty ? "r" : "cr") + letters, [angle], controls + qubits)
    } else if controls.isEmpty, letters == "xx" || letters == "zz" {
      write("r" + letters, [angle], qubits)
    } else {
      gather(string)
      if controls.isEmpty {
        write("rz", [angle], [last])
      } else if controls.count == 1 {
        write("crz", [angle], controls + [last])
      } else {
        // RZ(a) = e^{-ia/2}·P(a), under the controls.
        try writePhase(-angle / 2, controls)
        try writePhase(angle, controls + [last])
      }
      scatter(string)
    }
  }

  /// Writes multiplication by P where all of `controls` are 1.
  private mutating func writePauli(
    _ string: PauliString, _ controls: [Int]
  ) throws(CircuitPrintError) {
    let qubits = string.qubits
    guard let last = qubits.last else { return }
    let isX = string.z == 0
    if controls.isEmpty || controls.count == 1 {
      for qubit in qubits {
        let letter = string[qubit]?.rawValue.lowercased() ?? "id"
        write((controls.isEmpty ? "" : "c") + letter, [], controls + [qubit])
      }
    } else if isX, qubits.count == 1, controls.count <= 4 {
      write(["ccx", "c3x", "c4x"][controls.count - 2], [], controls + qubits)
    } else {
      gather(string)
      try writePhase(.pi, controls + [last])
      scatter(string)
    }
  }

  private mutating func writeSwap(
    _ first: Int, _ second: Int, _ controls: [Int]
  ) throws(CircuitPrintError) {
    if controls.count < 2 {
      write(controls.isEmpty ? "swap" : "cswap", [], controls + [first, second])
    } else {
      write("cx", [], [second, first])
      try writePauli(.x(second), controls + [first])
      write("cx", [], [second, first])
    }
  }

  /// Writes `e^{iα}·U(θ, φ, λ)` where all of `controls` are 1.
  private mutating func writeMatrix(
    _ matrix: ComplexMatrix, _ target: Int, _ controls: [Int]
  ) throws(CircuitPrintError) {
    let angles = EulerAngles(matrix)
    switch controls.count {
    case 0:
      write("u", [angles.theta, angles.phi, angles.lambda], [target])
      if angles.phase != 0 { try writePhase(angles.phase, []) }
    case 1:
      write(
        "cu", [angles.theta, angles.phi, angles.lambda, angles.phase], controls + [target])
    default:
      try writePhase(angles.lambda, controls + [target])
      try writeRotation(.y(target), angles.theta, controls)
      try writePhase(angles.phi, controls + [target])
      try writePhase(angles.phase, controls)
    }
  }

  /// Writes the change of basis that takes P to Z on the last of its qubits.
  private mutating func gather(_ string: PauliString) {
    for qubit in string.qubits {
      if string[qubit] == .y { write("sdg", [], [qubit]) }
      if string[qubit] != .z { write("h", [], [qubit]) }
    }
    for qubit in string.qubits.dropLast() {
      write("cx", [], [qubit, string.qubitCount - 1])
    }
  }

  /// Writes the inverse of ``gather(_:)``.
  private mutating func scatter(_ string: PauliString) {
    for qubit in string.qubits.dropLast().reversed() {
      write("cx", [], [qubit, string.qubitCount - 1])
    }
    for qubit in string.qubits.reversed() {
      if string[qubit] != .z { write("h", [], [qubit]) }
      if string[qubit] == .y { write("s", [], [qubit]) }
    }
  }
}
