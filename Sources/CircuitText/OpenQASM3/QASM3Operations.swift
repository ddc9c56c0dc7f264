import Circuits
import LinearAlgebra

/// Writes elementary operations as gates of stdgates.inc with the same product, phase included.
struct QASM3Operations {
  /// How a qubit is called.
  let qubit: (Int) -> String
  /// How an angle is written.
  let angle: (Angle) -> String
  private(set) var lines: [String] = []

  init(qubit: @escaping (Int) -> String, angle: @escaping (Angle) -> String) {
    self.qubit = qubit
    self.angle = angle
  }

  /// Writes an operation.
  ///
  /// - Returns: Whether it could be written; false for matrices on several qubits.
  mutating func write(_ operation: ElementaryOperation) -> Bool {
    let mask = operation.controls
    let controls = mask.mask.bitIndices.map {
      Control($0, state: mask.value >> UInt64($0) & 1 == 1)
    }
    switch operation.kind {
    case .phase: phase(operation.angle, controls)
    case .rotation(let string): rotation(string, operation.angle, controls)
    case .pauli(let string):
      for qubit in string.qubits { call(Self.letter(string, qubit), [], controls, [qubit]) }
    case .swap(let first, let second): call("swap", [], controls, [first, second])
    case .matrix(let matrix, let targets):
      guard targets.count == 1 else { return false }
      self.matrix(matrix, targets[0], controls)
    }
    return true
  }

  /// Writes a gate by name, under controls.
  mutating func call(
    _ name: String, _ angles: [Angle], _ controls: [Control], _ qubits: [Int]
  ) {
    let modifiers = Self.modifiers(controls.map(\.state)).map { $0 + " @ " }.joined()
    let parameters = angles.isEmpty ? "" : "(\(angles.map(angle).joined(separator: ", ")))"
    let operands = (controls.map(\.qubit) + qubits).map(qubit).joined(separator: ", ")
    lines.append(modifiers + name + parameters + (operands.isEmpty ? ";" : " \(operands);"))
  }

  /// The modifiers that say controls on these states, in order.
  static func modifiers(_ states: [Bool]) -> [String] {
    var modifiers: [String] = []
    var rest = states[...]
    while let state = rest.first {
      let count = rest.prefix { $0 == state }.count
      modifiers.append((state ? "ctrl" : "negctrl") + (count == 1 ? "" : "(\(count))"))
      rest = rest.dropFirst(count)
    }
    return modifiers
  }

  private static func letter(_ string: PauliString, _ qubit: Int) -> String {
    string[qubit]?.rawValue.lowercased() ?? "id"
  }

  /// Writes `e^{i·angle}` on the states that fulfil the controls.
  private mutating func phase(_ angle: Angle, _ controls: [Control]) {
    guard let target = controls.lastIndex(where: \.state) else {
      return call("gphase", [angle], controls, [])
    }
    var rest = controls
    let qubit = rest.remove(at: target).qubit
    call("p", [angle], rest, [qubit])
  }

  /// Writes `exp(-i·angle·P/2)` under controls.
  private mutating func rotation(_ string: PauliString, _ angle: Angle, _ controls: [Control]) {
    let qubits = string.qubits
    guard let last = qubits.last else { return phase(angle / -2, controls) }
    guard qubits.count > 1 else {
      return call("r" + Self.letter(string, last), [angle], controls, [last])
    }
    // The change of basis that takes P to Z on the last qubit, and back.
    for qubit in qubits {
      if string[qubit] == .y { call("sdg", [], [], [qubit]) }
      if string[qubit] != .z { call("h", [], [], [qubit]) }
    }
    for qubit in qubits.dropLast() { call("cx", [], [], [qubit, last]) }
    call("rz", [angle], controls, [last])
    for qubit in qubits.dropLast().reversed() { call("cx", [], [], [qubit, last]) }
    for qubit in qubits.reversed() {
      if string[qubit] != .z { call("h", [], [], [qubit]) }
      if string[qubit] == .y { call("s", [], [], [qubit]) }
    }
  }

  /// Writes a one-qubit matrix under controls: a phase, and P, RY and P.
  ///
  /// U would say as much, but readers differ about its phase, which older versions of the language left out.
  private mutating func matrix(_ matrix: ComplexMatrix, _ target: Int, _ controls: [Control]) {
    if matrix == Gate.h.matrix() { return call("h", [], controls, [target]) }
    let angles = EulerAngles(matrix)
    if angles.phase != 0 { phase(Angle(angles.phase), controls) }
    for (name, angle) in [("p", angles.lambda), ("ry", angles.theta), ("p", angles.phi)]
    where angle != 0 {
      call(name, [Angle(angle)], controls, [target])
    }
  }
}
