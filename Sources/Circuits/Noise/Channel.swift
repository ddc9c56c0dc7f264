public import LinearAlgebra

/// A noise channel on a few qubits: ρ → Σ K ρ K†, with Σ K†K = 1.
///
/// The first qubit a channel is put on is the least significant bit of its matrices' rows.
public struct Channel: Hashable, Sendable, CustomStringConvertible {
  /// The name, such as `bitFlip`.
  public let name: String
  /// The rates and times it was made with, in the order of its factory.
  public let parameters: [Double]
  /// The Kraus operators K, square matrices of 2^qubitCount rows.
  public let operators: [ComplexMatrix]

  /// The number of qubits.
  public var qubitCount: Int {
    (operators[0].rows - 1).bitWidth - (operators[0].rows - 1).leadingZeroBitCount
  }

  /// The most that an entry of Σ K†K may differ from the identity's.
  public static let tolerance = 1e-9
  /// The most qubits of a channel.
  public static let qubitLimit = 3

  init(unchecked name: String, _ parameters: [Double], _ operators: [ComplexMatrix]) {
    self.name = name
    self.parameters = parameters
    self.operators = operators.filter { matrix in matrix.elements.contains { $0 != .zero } }
  }

  /// Creates a channel from its Kraus operators.
  ///
  /// - Throws: ``ChannelError`` if there is none, if they are not square matrices of the same 2, 4 or 8 rows, or
  ///   if some entry of Σ K†K differs from the identity's by more than 1e-9.
  public init(kraus operators: [ComplexMatrix], name: String = "kraus") throws(ChannelError) {
    guard let first = operators.first else { throw .noOperators }
    for matrix in operators {
      guard [2, 4, 8].contains(matrix.rows), matrix.columns == matrix.rows,
        matrix.rows == first.rows
      else { throw .operatorSize(rows: matrix.rows, columns: matrix.columns, first: first.rows) }
    }
    let sum = operators.reduce(ComplexMatrix(zeros: first.rows, first.rows)) {
      $0 + $1.adjoint() * $1
    }
    let deviation = sum.maximumDifference(from: .identity(first.rows))
    guard deviation <= Self.tolerance else { throw .incomplete(deviation: deviation) }
    self.init(unchecked: name, [], operators)
  }

  /// Creates a channel that says the parameters it was made with.
  ///
  /// - Throws: As ``init(kraus:name:)``.
  package init(
    kraus operators: [ComplexMatrix], name: String, parameters: [Double]
  ) throws(ChannelError) {
    let plain = try Channel(kraus: operators, name: name)
    self.init(unchecked: name, parameters, plain.operators)
  }

  /// The name and the parameters.
  public var description: String {
    parameters.isEmpty
      ? name : "\(name)(\(parameters.map { "\($0)" }.joined(separator: ", ")))"
  }

  /// One channel after the other, on the same qubits.
  ///
  /// - Precondition: Both act on as many qubits.
  public func followed(by other: Channel) -> Channel {
    Channel(
      unchecked: "\(name), \(other.name)", parameters + other.parameters,
      operators.flatMap { first in other.operators.map { $0 * first } })
  }
}

/// A fault of a noise channel, or of where it is put.
public enum ChannelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A rate lies outside its range.
  case rateOutOfRange(name: String, found: Double, lower: Double, upper: Double)
  /// The times of a relaxation are not possible: 0 < T2 <= 2 T1 is asked for.
  case relaxationTimes(t1: Double, t2: Double)
  /// There are no Kraus operators.
  case noOperators
  /// A Kraus operator is not a square matrix with 2, 4 or 8 rows, as many as the first.
  case operatorSize(rows: Int, columns: Int, first: Int)
  /// Some entry of Σ K†K differs from the identity's by this much.
  case incomplete(deviation: Double)
  /// The channel takes another number of qubits.
  case wrongQubitCount(channel: String, found: Int, expected: Int)

  /// A sentence for people.
  public var description: String {
    switch self {
    case .rateOutOfRange(let name, let found, let lower, let upper):
      "\(name): found \(found), expected \(lower) to \(upper)"
    case .relaxationTimes(let t1, let t2):
      "thermal relaxation: found T1 = \(t1) and T2 = \(t2), expected 0 < T2 <= 2·T1"
    case .noOperators: "a channel needs at least one Kraus operator"
    case .operatorSize(let rows, let columns, let first):
      "a Kraus operator of \(rows) by \(columns): expected square ones of 2, 4 or 8 rows, all as "
        + "large as the first, which has \(first)"
    case .incomplete(let deviation):
      "the Kraus operators do not sum to the identity: Σ K†K differs from it by \(deviation), "
        + "expected at most \(Channel.tolerance)"
    case .wrongQubitCount(let channel, let found, let expected):
      "\(channel): found \(found) qubits, expected \(expected)"
    }
  }
}
