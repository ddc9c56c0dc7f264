import Compute

/// Instructions on a classical condition, in a circuit builder.
///
/// ```swift
/// let circuit = Circuit(qubits: 2) {
///   H(0)
///   Measure(0, into: 0)
///   If(.bit(0)) { X(1) } else: { H(1) }
/// }
/// ```
///
/// Which branch is taken is decided for each shot, when it gets there, by the bits measured so far.
public struct If: CircuitFragment {
  /// The condition.
  public let condition: ClassicalCondition
  private let then: CircuitSequence
  private let otherwise: CircuitSequence

  /// Creates the instructions `then` on the condition.
  public init(_ condition: ClassicalCondition, @CircuitBuilder then: () -> CircuitSequence) {
    self.condition = condition
    self.then = then()
    otherwise = CircuitSequence(fragments: [])
  }

  /// Creates the instructions `then` on the condition, and `otherwise` on its contrary.
  public init(
    _ condition: ClassicalCondition, @CircuitBuilder then: () -> CircuitSequence,
    @CircuitBuilder else otherwise: () -> CircuitSequence
  ) {
    self.condition = condition
    self.then = then()
    self.otherwise = otherwise()
  }

  /// Appends one conditional instruction; templates in it take new weights of the circuit.
  ///
  /// - Precondition: No fragment brings an initial state.
  public func append(to circuit: inout Circuit) {
    var first = circuit.emptied()
    first.append(then)
    var second = first.emptied()
    second.append(otherwise)
    require(
      second.initialState == circuit.initialState,
      "if: found an initial state in a branch, expected it in front of all instructions")
    circuit.append(
      .conditional(condition, then: first.instructions, otherwise: second.instructions))
    circuit.reserve(weights: second.weightCount, inputs: second.inputCount)
  }
}
