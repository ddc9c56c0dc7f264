/// A register of qubits of a circuit file, such as `qubit[3] a;`.
///
/// The registers of a file follow each other: the first qubit of the first is the circuit's qubit 0.
public struct QubitRegister: Hashable, Sendable {
  /// The register's name.
  public let name: String
  /// How many qubits it has.
  public let size: Int

  /// Creates a register.
  public init(name: String, size: Int) {
    self.name = name
    self.size = size
  }
}

extension [QubitRegister] {
  /// The name of each qubit, such as `a[0]`.
  var qubitNames: [String] {
    flatMap { register in (0..<register.size).map { "\(register.name)[\($0)]" } }
  }

  /// The registers, if they hold exactly `count` qubits and every name is one that `isName` takes and stands once; else
  /// one register of all qubits.
  func covering(
    _ count: Int, else name: String, where isName: (String) -> Bool
  ) -> [QubitRegister] {
    guard count > 0 else { return [] }
    let isWhole = reduce(0) { $0 + Swift.max($1.size, 0) } == count && allSatisfy { $0.size > 0 }
    guard isWhole, Set(map(\.name)).count == self.count, allSatisfy({ isName($0.name) }) else {
      return [QubitRegister(name: name, size: count)]
    }
    return self
  }
}
