import Compute

/// Something that can be put into a circuit: an instruction, a gate, a circuit, a template.
public protocol CircuitFragment: Sendable {
  /// Appends the fragment's instructions.
  ///
  /// A template takes as many new weights as it needs, from `circuit.weightCount` on.
  func append(to circuit: inout Circuit)
}

extension Instruction: CircuitFragment {
  /// Appends the instruction.
  public func append(to circuit: inout Circuit) { circuit.append(self) }
}

extension GateApplication: CircuitFragment {
  /// Appends the gate.
  public func append(to circuit: inout Circuit) { circuit.append(.gate(self)) }
}

extension Circuit: CircuitFragment {
  /// Appends every instruction of the circuit, with its qubits, bits, weights and inputs as they are, and lets
  /// `circuit` start from its initial state; the names of its registers are left behind.
  ///
  /// Use ``placed(on:)`` for other qubits and ``renumbered(weightsFrom:inputsFrom:)`` for weights of
  /// its own.
  ///
  /// - Precondition: `circuit` has at least as many qubits, and an initial state fits as ``Circuit/prepare(_:)`` says.
  public func append(to circuit: inout Circuit) {
    require(
      qubitCount <= circuit.qubitCount,
      "nested circuit: found \(qubitCount) qubits, expected at most \(circuit.qubitCount)")
    if let initialState { circuit.prepare(initialState) }
    for instruction in instructions { circuit.append(instruction) }
    circuit.reserve(weights: weightCount, inputs: inputCount)
  }
}

/// What a circuit builder makes: fragments, one after the other.
public struct CircuitSequence: CircuitFragment {
  let fragments: [any CircuitFragment]

  /// Appends the fragments in order.
  public func append(to circuit: inout Circuit) {
    for fragment in fragments { fragment.append(to: &circuit) }
  }
}

/// Reads the statements of a closure as the instructions of a circuit; knows `for`, `if` and `switch`.
@resultBuilder public enum CircuitBuilder {
  /// Takes a fragment.
  public static func buildExpression(_ fragment: some CircuitFragment) -> CircuitSequence {
    CircuitSequence(fragments: [fragment])
  }

  /// Takes a list of fragments.
  public static func buildExpression(_ fragments: [some CircuitFragment]) -> CircuitSequence {
    CircuitSequence(fragments: fragments)
  }

  /// Joins statements.
  public static func buildBlock(_ parts: CircuitSequence...) -> CircuitSequence {
    CircuitSequence(fragments: parts.flatMap(\.fragments))
  }

  /// Joins the rounds of a loop.
  public static func buildArray(_ parts: [CircuitSequence]) -> CircuitSequence {
    CircuitSequence(fragments: parts.flatMap(\.fragments))
  }

  /// Takes an `if` without `else`.
  public static func buildOptional(_ part: CircuitSequence?) -> CircuitSequence {
    part ?? CircuitSequence(fragments: [])
  }

  /// Takes the first branch.
  public static func buildEither(first part: CircuitSequence) -> CircuitSequence { part }

  /// Takes the second branch.
  public static func buildEither(second part: CircuitSequence) -> CircuitSequence { part }

  /// Takes an availability condition.
  public static func buildLimitedAvailability(_ part: CircuitSequence) -> CircuitSequence { part }
}

extension Circuit {
  /// Creates a circuit from the fragments that `content` names.
  ///
  /// - Precondition: `qubits` is in `0...4096`, and every instruction fits.
  public init(qubits: Int, @CircuitBuilder content: () -> CircuitSequence) {
    self.init(qubits: qubits)
    content().append(to: &self)
  }
}
