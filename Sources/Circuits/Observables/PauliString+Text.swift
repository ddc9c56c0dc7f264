import Compute

extension PauliString: ExpressibleByStringLiteral {
  /// Creates a string from its letters, the operator of qubit 0 rightmost: `"XIZ"` is Z0 X2.
  ///
  /// - Throws: ``ObservableParseError`` if a letter is not one of I, X, Y and Z, or if there are more
  ///   than 63 letters.
  public init(_ letters: String) throws(ObservableParseError) {
    let characters = Array(letters)
    var x: UInt64 = 0
    var z: UInt64 = 0
    for (offset, letter) in characters.enumerated() {
      let qubit = characters.count - 1 - offset
      guard qubit < Self.qubitLimit else {
        throw ObservableParseError(
          text: letters, offset: offset,
          reason: .qubitOutOfRange("\(qubit)", limit: Self.qubitLimit))
      }
      switch letter {
      case "I": break
      case "X": x |= 1 << UInt64(qubit)
      case "Y":
        x |= 1 << UInt64(qubit)
        z |= 1 << UInt64(qubit)
      case "Z": z |= 1 << UInt64(qubit)
      default:
        throw ObservableParseError(
          text: letters, offset: offset,
          reason: .unexpected(found: "'\(letter)'", expected: "one of I, X, Y and Z"))
      }
    }
    self.init(x: x, z: z)
  }

  /// Creates a string from its letters, the operator of qubit 0 rightmost.
  ///
  /// - Precondition: The literal holds at most 63 letters, each one of I, X, Y and Z.
  public init(stringLiteral letters: StaticString) {
    do throws(ObservableParseError) {
      self = try PauliString("\(letters)" as String)
    } catch {
      stop("\(error)")
    }
  }
}

extension PauliString: CustomStringConvertible {
  /// The operators with their qubits, ascending, such as `X0*Z2`; `I` for the identity.
  public var description: String {
    guard support != 0 else { return "I" }
    return qubits.map { "\((self[$0] ?? .z).rawValue)\($0)" }.joined(separator: "*")
  }

  /// The letters of `count` qubits, qubit 0 rightmost, such as `ZIX`.
  ///
  /// - Precondition: `count` is at least ``qubitCount``.
  public func letters(count: Int) -> String {
    require(
      count >= qubitCount, "Pauli string \(self): found \(count) letters, expected \(qubitCount)")
    return (0..<count).reversed().map { self[$0]?.rawValue ?? "I" }.joined()
  }
}
