import Compute

/// The Pauli operator of one qubit.
public enum PauliAxis: String, CaseIterable, Hashable, Sendable {
  /// The Pauli operator X.
  case x = "X"
  /// The Pauli operator Y.
  case y = "Y"
  /// The Pauli operator Z.
  case z = "Z"
}

/// A product of Pauli operators on different qubits, such as `X0 Z2`; Hermitian, without sign.
///
/// Two bit masks hold it: qubit q carries X, Z or Y where its bit is set in ``x``, in ``z`` or in
/// both, and `Y = i·X·Z`. The empty string is the identity. Qubits are 0 to 62, also of
/// circuits that have more.
public struct PauliString: Hashable, Sendable {
  /// The qubits that carry X or Y.
  public let x: UInt64
  /// The qubits that carry Z or Y.
  public let z: UInt64

  /// The number of qubits that a string can reach.
  public static let qubitLimit = 63

  /// Creates the string of two masks.
  ///
  /// - Precondition: Bit 63 is clear in both.
  public init(x: UInt64, z: UInt64) {
    require((x | z) >> 63 == 0, "Pauli string: found qubit 63, expected 0 to 62")
    self.x = x
    self.z = z
  }

  /// Creates the operator `axis` on `qubit`.
  ///
  /// - Precondition: `qubit` is in `0..<63`.
  public init(_ axis: PauliAxis, _ qubit: Int) {
    require(
      0..<Self.qubitLimit ~= qubit, "Pauli string: found qubit \(qubit), expected 0 to 62")
    let bit = UInt64(1) << UInt64(qubit)
    self.init(x: axis == .z ? 0 : bit, z: axis == .x ? 0 : bit)
  }

  /// The identity.
  public static let identity = PauliString(x: 0, z: 0)

  /// X on `qubit`.
  public static func x(_ qubit: Int) -> PauliString { PauliString(.x, qubit) }

  /// Y on `qubit`.
  public static func y(_ qubit: Int) -> PauliString { PauliString(.y, qubit) }

  /// Z on `qubit`.
  public static func z(_ qubit: Int) -> PauliString { PauliString(.z, qubit) }

  /// The operator on `qubit`; nil for the identity.
  public subscript(qubit: Int) -> PauliAxis? {
    switch ((x >> UInt64(qubit)) & 1, (z >> UInt64(qubit)) & 1) {
    case (0, 0): nil
    case (1, 0): .x
    case (0, _): .z
    default: .y
    }
  }

  /// The qubits that do not carry the identity, as a mask.
  public var support: UInt64 { x | z }

  /// The qubits that do not carry the identity, ascending.
  public var qubits: [Int] { support.bitIndices }

  /// The number of qubits that do not carry the identity.
  public var weight: Int { support.nonzeroBitCount }

  /// One more than the largest qubit of the support, or 0.
  public var qubitCount: Int { 64 - support.leadingZeroBitCount }

  /// Whether the string commutes with `other`; it anticommutes otherwise.
  public func commutes(with other: PauliString) -> Bool {
    ((x & other.z).nonzeroBitCount + (z & other.x).nonzeroBitCount).isMultiple(of: 2)
  }

  /// The product `self · other = i^power · string`.
  ///
  /// - Returns: The string, and the power of i in `0..<4`.
  public func multiplied(by other: PauliString) -> (string: PauliString, power: Int) {
    // P = i^|x∧z| X^x Z^z, and Z^a X^b = (-1)^|a∧b| X^b Z^a.
    let string = PauliString(x: x ^ other.x, z: z ^ other.z)
    let power =
      (x & z).nonzeroBitCount + (other.x & other.z).nonzeroBitCount
      - (string.x & string.z).nonzeroBitCount + 2 * (z & other.x).nonzeroBitCount
    return (string, power & 3)
  }

  /// The string with each qubit q moved to `places[q]`.
  ///
  /// - Precondition: `places` holds a different place for each qubit of the support.
  public func mapped(to places: [Int]) -> PauliString {
    require(
      qubitCount <= places.count,
      "Pauli string \(self): found \(places.count) places, expected \(qubitCount)")
    let images = qubits.map { PauliString(self[$0] ?? .z, places[$0]) }
    let result = images.reduce(.identity) { PauliString(x: $0.x | $1.x, z: $0.z | $1.z) }
    require(
      result.weight == weight, "Pauli string \(self): the places \(places) repeat a qubit")
    return result
  }
}

extension UInt64 {
  /// The indices of the set bits, ascending.
  package var bitIndices: [Int] {
    var indices: [Int] = []
    var rest = self
    while rest != 0 {
      indices.append(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
    return indices
  }
}
