public import Circuits
import Compute

/// A Clifford circuit as maps on its qubits.
package struct CliffordProgram: Sendable {
  /// The number of qubits.
  package let qubitCount: Int
  /// The maps, first applied first; identities are left out.
  package private(set) var steps: [CliffordStep] = []

  /// Reads a circuit at the values of its weights and inputs; barriers and final measurements give nothing.
  ///
  /// - Throws: ``SimulationError`` if the numbers of weights or inputs do not fit, one is not finite, a gate is
  ///   not Clifford, or the circuit is dynamic or has an initial state.
  package init(
    _ circuit: Circuit, weights: [Double], inputs: [Double]
  ) throws(SimulationError) {
    try circuit.requireValues(weights: weights, inputs: inputs)
    guard circuit.initialState == nil else {
      throw .initialStateUnsupported(engine: "StabilizerState")
    }
    qubitCount = circuit.qubitCount
    try circuit.requireFinalMeasurements()
    var reader = CliffordReader()
    for (place, instruction) in circuit.instructions.enumerated() {
      steps += try reader.steps(of: instruction, at: place, weights: weights, inputs: inputs)
    }
  }
}

extension CliffordReader {
  /// The maps of an instruction's gates; what is not a gate has none.
  ///
  /// - Throws: ``SimulationError`` for a gate that is not Clifford, and for a channel.
  mutating func steps(
    of instruction: Instruction, at place: Int, weights: [Double], inputs: [Double]
  ) throws(SimulationError) -> [CliffordStep] {
    switch instruction {
    case .barrier, .measure, .reset, .assign: return []
    case .channel(let channel, _): throw .channelInPureState(name: channel.name, place: place)
    case .conditional(_, let then, let otherwise):
      return try steps(of: then + otherwise, at: place, weights: weights, inputs: inputs)
    case .loop(_, let body):
      return try steps(of: body, at: place, weights: weights, inputs: inputs)
    case .gate(let application):
      switch read(application, weights: weights, inputs: inputs) {
      case .steps(let found): return found
      case .refusal(let reason):
        throw .notClifford(instruction: place, text: application.text, reason: reason)
      }
    }
  }

  private mutating func steps(
    of list: [Instruction], at place: Int, weights: [Double], inputs: [Double]
  ) throws(SimulationError) -> [CliffordStep] {
    var steps: [CliffordStep] = []
    for inner in list {
      steps += try self.steps(of: inner, at: place, weights: weights, inputs: inputs)
    }
    return steps
  }
}

extension GateApplication {
  /// The gate with its angles, power, qubits and controls, for messages: `rz(π/3) on qubit 4`.
  fileprivate var text: String {
    let parameters = angles.isEmpty ? "" : "(\(angles.map(\.description).joined(separator: ", ")))"
    let power = exponent == 1 ? "" : "^\(exponent)"
    let list = qubits.map(String.init).joined(separator: ", ")
    let place = qubits.isEmpty ? "" : " on qubit\(qubits.count == 1 ? "" : "s") \(list)"
    let condition = controls.map(\.description).joined(separator: ", ")
    return gate.name + parameters + power + place
      + (controls.isEmpty ? "" : " controlled by \(condition)")
  }
}

extension Circuit {
  /// Checks that every gate is Clifford at these values of the weights and inputs, also where it depends on a
  /// condition.
  ///
  /// A gate is Clifford if it takes every Pauli string to a Pauli string with a sign, `U P U† = ±Q`. That is
  /// decided from its matrix, controls and power included, entry by entry to 1e-9, so that `rz(π/2)`, powers and
  /// controlled gates are recognised as what they are. A gate on more than six qubits is Clifford if its
  /// kernel form is a product of Pauli strings, of rotations about them by multiples of π/2, of exchanges, and
  /// of Clifford matrices on at most six qubits.
  ///
  /// - Throws: ``SimulationError/notClifford(instruction:text:reason:)`` for the first gate that is not;
  ///   ``SimulationError/weightCount(found:expected:)``, ``SimulationError/inputCount(found:expected:)`` or
  ///   ``SimulationError/angleNotFinite(value:)`` for values that do not fit.
  /// - Complexity: O(gates), and O(k·8^k) for each gate on k qubits at angles that are new.
  public func requireClifford(
    weights: [Double] = [], inputs: [Double] = []
  ) throws(SimulationError) {
    try requireValues(weights: weights, inputs: inputs)
    var reader = CliffordReader()
    for (place, instruction) in instructions.enumerated() {
      _ = try reader.steps(of: instruction, at: place, weights: weights, inputs: inputs)
    }
  }

  /// Whether every gate is Clifford at these values of the weights and inputs.
  ///
  /// False too where the values do not fit, as for symbolic angles without any: see
  /// ``requireClifford(weights:inputs:)``, which says why.
  public func isClifford(weights: [Double] = [], inputs: [Double] = []) -> Bool {
    do throws(SimulationError) {
      try requireClifford(weights: weights, inputs: inputs)
      return true
    } catch {
      return false
    }
  }
}
