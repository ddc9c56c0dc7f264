import Circuits
import LinearAlgebra

/// What stands before a gate: `inv @`, `pow(k) @`, `ctrl(n) @`, `negctrl(n) @`.
enum GateModifier: Hashable {
  case inverse
  case power(Double)
  case control(Int, state: Bool)

  /// The largest number of qubits of a gate of several instructions whose fractional power is taken.
  static let powerQubitLimit = 6

  /// The instructions of a gate under modifiers, of which the last acts first.
  ///
  /// - Parameters:
  ///   - modifiers: The modifiers.
  ///   - instructions: The gate, on qubits 0, 1, ...: gates and barriers.
  ///   - limit: How many instructions there may be.
  /// - Returns: Instructions on qubits of which the controls are the first; nil where there are too many.
  /// - Throws: ``CircuitError`` for powers and controls that do not exist.
  static func apply(
    _ modifiers: [GateModifier], to instructions: [Instruction], limit: Int
  ) throws(CircuitError) -> [Instruction]? {
    var result = instructions
    for modifier in modifiers.reversed() {
      switch modifier {
      case .inverse: result = inverse(result)
      case .power(let exponent):
        guard let power = try power(result, exponent, limit: limit) else { return nil }
        result = power
      case .control(let count, let state):
        result = try controlled(result, count, state: state)
      }
    }
    return result.count <= limit ? result : nil
  }

  private static func inverse(_ instructions: [Instruction]) -> [Instruction] {
    instructions.reversed().map { instruction in
      if case .gate(let application) = instruction {
        .gate(application.inverse())
      } else {
        instruction
      }
    }
  }

  private static func power(
    _ instructions: [Instruction], _ exponent: Double, limit: Int
  ) throws(CircuitError) -> [Instruction]? {
    let gates = instructions.compactMap { instruction -> GateApplication? in
      if case .gate(let application) = instruction { application } else { nil }
    }
    let arePhases = gates.allSatisfy(\.touchedQubits.isEmpty)
    if gates.count == 1, let gate = gates.first, !arePhases || gate.exponent == 1 {
      return [.gate(try gate.power(exponent))]
    }
    if !gates.isEmpty, arePhases {
      let angle = gates.flatMap { $0.lowered() }.reduce(Angle(0)) { $0 + $1.angle }
      return [.gate(try GateApplication(.gphase, angles: [angle], on: []).power(exponent))]
    }
    if gates.isEmpty { return instructions }
    if let count = Int(exactly: exponent) {
      guard count.magnitude <= UInt(limit / gates.count) else { return nil }
      let once = count < 0 ? inverse(instructions) : instructions
      return (0..<count.magnitude).flatMap { _ in once }
    }
    return [.gate(try fractionalPower(gates, exponent))]
  }

  /// The principal power of a product of gates, through its matrix.
  private static func fractionalPower(
    _ gates: [GateApplication], _ exponent: Double
  ) throws(CircuitError) -> GateApplication {
    let count = (gates.flatMap(\.touchedQubits).max() ?? -1) + 1
    guard 1...powerQubitLimit ~= count else {
      throw .powerTooLarge(gate: "pow", qubitCount: count, limit: powerQubitLimit)
    }
    guard let matrix = matrix(of: gates, qubitCount: count) else {
      throw .powerOfSymbols(gate: "pow", exponent: exponent)
    }
    return try GateApplication(checking: try Gate.unitary(matrix), on: Array(0..<count))
      .power(exponent)
  }

  /// The matrix of a product of gates; nil where an angle is a symbol.
  static func matrix(of gates: [GateApplication], qubitCount: Int) -> ComplexMatrix? {
    var product = ComplexMatrix.identity(1 << qubitCount)
    for gate in gates {
      for operation in gate.lowered() {
        guard let angle = operation.angle.constantValue else { return nil }
        product = operation.matrix(at: angle, qubitCount: qubitCount) * product
      }
    }
    return product
  }

  private static func controlled(
    _ instructions: [Instruction], _ count: Int, state: Bool
  ) throws(CircuitError) -> [Instruction] {
    let controls = (0..<count).map { Control($0, state: state) }
    var result: [Instruction] = []
    for instruction in instructions {
      switch instruction {
      case .gate(let application):
        let touched = application.touchedQubits
        guard touched.count + count <= PauliString.qubitLimit else {
          throw .tooManyTouched(
            gate: application.gate.name, found: touched.count + count,
            limit: PauliString.qubitLimit)
        }
        let places = Array(count..<(count + (touched.max() ?? -1) + 1))
        result.append(.gate(application.mapped(to: places).controlled(by: controls)))
      default:
        let places = Array(count..<(count + (instruction.qubits.max() ?? -1) + 1))
        result.append(instruction.placed(on: places))
      }
    }
    return result
  }
}

extension Instruction {
  /// A gate or a barrier with each qubit q moved to `places[q]`.
  func placed(on places: [Int]) -> Instruction { mapped(to: places) }
}
