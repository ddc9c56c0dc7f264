import Compute
public import LinearAlgebra

/// All that is known of a gate, in one record.
///
/// Parsers, printers, drawings, planners, gradients, docs/gates.md and the law tests read it; nothing
/// else lists gates. A gate has a kernel form, ``factors``, and, written independently of it, the
/// ``matrix(_:)`` against which it is tested. Signs and phases are Qiskit's.
///
/// The gate acts on its own qubits `0..<qubitCount`, of which the first ``controlCount`` are controls;
/// its qubit 0 is the least significant bit of the matrix's index.
public struct Gate: Sendable {
  /// How a gate's inverse is written.
  enum InverseRule: Sendable {
    /// The gate is its own inverse.
    case itself
    /// The inverse is another gate, of the same parameters.
    case gate(@Sendable () -> Gate)
    /// The inverse is the same gate at these angles, in which weight i stands for parameter i.
    case angles([Angle])
    /// The inverse has no gate of its own: it is written as the power -1.
    case power
  }

  private final class Record: Sendable {
    let name: String
    let symbol: String
    let summary: String
    let qubitCount: Int
    let controlCount: Int
    let parameterNames: [String]
    let aliases: [GateAlias]
    let factors: [ElementaryOperation]
    let inverse: InverseRule
    let law: @Sendable ([Double]) -> ComplexMatrix

    init(
      name: String, symbol: String, summary: String, qubitCount: Int, controlCount: Int,
      parameterNames: [String], aliases: [GateAlias], factors: [ElementaryOperation],
      inverse: InverseRule, law: @escaping @Sendable ([Double]) -> ComplexMatrix
    ) {
      self.name = name
      self.symbol = symbol
      self.summary = summary
      self.qubitCount = qubitCount
      self.controlCount = controlCount
      self.parameterNames = parameterNames
      self.aliases = aliases
      self.factors = factors
      self.inverse = inverse
      self.law = law
    }
  }

  private let record: Record

  /// Creates a record.
  ///
  /// - Parameters:
  ///   - name: The name in the catalogue, and in files unless `aliases` say otherwise.
  ///   - qubitCount: The number of qubits, controls among them.
  ///   - controlCount: How many of the first qubits are controls.
  ///   - parameterNames: The names of the parameters, in order.
  ///   - symbol: The label in drawings, of the target's box where there are controls.
  ///   - summary: One line of help.
  ///   - aliases: Other names.
  ///   - inverse: How the inverse is written.
  ///   - factors: The kernel form on the gate's own qubits, first applied first; in its angles the
  ///     weight of index i stands for parameter i.
  ///   - matrix: The law: the gate's matrix from its parameters.
  init(
    _ name: String, qubitCount: Int, controlCount: Int = 0, parameterNames: [String] = [],
    symbol: String, summary: String, aliases: [GateAlias] = [], inverse: InverseRule,
    factors: [ElementaryOperation], matrix: @escaping @Sendable ([Double]) -> ComplexMatrix
  ) {
    record = Record(
      name: name, symbol: symbol, summary: summary, qubitCount: qubitCount,
      controlCount: controlCount, parameterNames: parameterNames, aliases: aliases,
      factors: factors, inverse: inverse, law: matrix)
  }

  /// The name, such as `rx`.
  public var name: String { record.name }
  /// The label in drawings, such as `RX`; of the target's box where there are controls.
  public var symbol: String { record.symbol }
  /// One line of help.
  public var summary: String { record.summary }
  /// The number of qubits, controls among them.
  public var qubitCount: Int { record.qubitCount }
  /// How many of the first qubits are controls, on state 1.
  public var controlCount: Int { record.controlCount }
  /// The names of the parameters, in order.
  public var parameterNames: [String] { record.parameterNames }
  /// The number of parameters.
  public var parameterCount: Int { record.parameterNames.count }
  /// Other names, by file format.
  public var aliases: [GateAlias] { record.aliases }
  /// The kernel form on the gate's own qubits, first applied first.
  ///
  /// The weight of index i in its angles stands for parameter i; every angle is affine in them.
  public var factors: [ElementaryOperation] { record.factors }
  var inverseRule: InverseRule { record.inverse }

  /// The matrix at `angles`, of `2^qubitCount` rows; qubit 0 is the least significant bit.
  ///
  /// - Precondition: There is one angle a parameter, and the gate has at most 12 qubits.
  /// - Complexity: O(4^qubitCount).
  public func matrix(_ angles: [Double] = []) -> ComplexMatrix {
    require(
      angles.count == parameterCount,
      "gate \(name): found \(angles.count) angles, expected \(parameterCount)")
    require(qubitCount <= 12, "gate \(name): the matrix of \(qubitCount) qubits is too large")
    return record.law(angles)
  }
}

extension Gate: Hashable {
  /// Whether both have the same name and the same kernel form.
  public static func == (lhs: Gate, rhs: Gate) -> Bool {
    lhs.record === rhs.record
      || (lhs.name == rhs.name && lhs.qubitCount == rhs.qubitCount
        && lhs.parameterNames == rhs.parameterNames && lhs.factors == rhs.factors)
  }

  /// Feeds the name and the sizes; gates that differ only in their kernel form may collide.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(qubitCount)
    hasher.combine(factors.count)
  }
}

extension Gate: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
