extension PauliSum {
  /// Reads an observable such as `"0.5*Z0*Z1 - X2"`.
  ///
  /// A sum of terms joined by `+` and `-`; a term is a product of numbers and of Pauli operators with
  /// their qubits, `X2`, `Y0`, `Z13`, joined by `*` or, before an operator, by spaces. `I` or a plain
  /// number stands for a multiple of the identity. Operators may repeat in a term as long as the
  /// product is Hermitian: `Z0*Z0` is the identity. Numbers may have an exponent, terms a sign.
  ///
  /// - Throws: ``ObservableParseError`` with the place of the fault.
  public init(_ text: String) throws(ObservableParseError) {
    try self.init(text, qubitCount: PauliString.qubitLimit)
  }

  /// Reads an observable of `qubitCount` qubits, as ``init(_:)-(String)`` does.
  ///
  /// - Throws: ``ObservableParseError`` with the place of the fault; also for a qubit that is not among
  ///   them, whatever its coefficient.
  public init(_ text: String, qubitCount: Int) throws(ObservableParseError) {
    var parser = ObservableParser(text, qubitCount: min(qubitCount, PauliString.qubitLimit))
    self = try parser.sum()
  }
}

/// A recursive-descent parser without recursion: sum, term, factor.
private struct ObservableParser {
  private let text: String
  private let characters: [Character]
  private let qubitCount: Int
  private var place = 0

  init(_ text: String, qubitCount: Int) {
    self.text = text
    self.qubitCount = qubitCount
    characters = Array(text)
  }

  private var next: Character? { place < characters.count ? characters[place] : nil }

  private var found: String { next.map { "'\($0)'" } ?? "the end of the text" }

  private func fault(_ reason: ObservableParseError.Reason, at offset: Int) -> ObservableParseError
  {
    ObservableParseError(text: text, offset: offset, reason: reason)
  }

  private func unexpected(_ expected: String) -> ObservableParseError {
    fault(.unexpected(found: found, expected: expected), at: place)
  }

  private mutating func skipSpaces() {
    while let character = next, character.isWhitespace { place += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard next == character else { return false }
    place += 1
    skipSpaces()
    return true
  }

  /// A run of decimal digits, perhaps empty.
  private mutating func digits() -> String {
    let start = place
    while let character = next, "0"..."9" ~= character { place += 1 }
    return String(characters[start..<place])
  }

  mutating func sum() throws(ObservableParseError) -> PauliSum {
    skipSpaces()
    var terms: [PauliSum.Term] = []
    var sign = takeSign() ?? 1
    while true {
      let start = place
      let term = try term()
      terms.append(PauliSum.Term(sign * term.coefficient, term.string))
      guard term.coefficient.isFinite else {
        throw fault(.notFinite(String(characters[start..<place])), at: start)
      }
      guard next != nil else { break }
      guard let operation = takeSign() else {
        throw unexpected("'+', '-', '*' or the end of the text")
      }
      sign = operation * (takeSign() ?? 1)
    }
    let result = PauliSum(terms)
    guard result.isFinite else { throw fault(.notFinite("a sum beyond all numbers"), at: 0) }
    return result
  }

  private mutating func takeSign() -> Double? {
    if take("+") { return 1 }
    return take("-") ? -1 : nil
  }

  private mutating func term() throws(ObservableParseError) -> PauliSum.Term {
    let start = place
    var end = place
    var coefficient = 1.0
    var string = PauliString.identity
    var power = 0
    var isFirst = true
    repeat {
      if let number = try number() {
        coefficient *= number
      } else if let factor = try pauli() {
        let product = string.multiplied(by: factor)
        string = product.string
        power = (power + product.power) & 3
      } else {
        throw unexpected(
          isFirst
            ? "a number or a Pauli operator such as Z0"
            : "a number or a Pauli operator such as Z0 after '*'")
      }
      isFirst = false
      end = place
      skipSpaces()
    } while take("*") || next.map { "IXYZ".contains($0) } ?? false
    guard power.isMultiple(of: 2) else {
      throw fault(.notHermitian(String(characters[start..<end])), at: start)
    }
    return PauliSum.Term(power == 0 ? coefficient : -coefficient, string)
  }

  private mutating func number() throws(ObservableParseError) -> Double? {
    let start = place
    let whole = digits()
    var fraction = ""
    if next == "." {
      place += 1
      fraction = digits()
    }
    guard !whole.isEmpty || !fraction.isEmpty else {
      place = start
      return nil
    }
    var exponent = ""
    if next == "e" || next == "E" {
      place += 1
      if next == "+" || next == "-" {
        exponent = next == "-" ? "-" : ""
        place += 1
      }
      let size = digits()
      guard !size.isEmpty else { throw unexpected("the digits of an exponent") }
      exponent += size
    }
    let digits = "\(whole.isEmpty ? "0" : whole).\(fraction.isEmpty ? "0" : fraction)"
    guard let value = Double(exponent.isEmpty ? digits : "\(digits)e\(exponent)"), value.isFinite
    else { throw fault(.notFinite(String(characters[start..<place])), at: start) }
    return value
  }

  private mutating func pauli() throws(ObservableParseError) -> PauliString? {
    guard let letter = next, "IXYZ".contains(letter) else { return nil }
    place += 1
    let start = place
    let index = digits()
    if letter == "I" && index.isEmpty { return .identity }
    guard !index.isEmpty else { throw unexpected("the index of a qubit after '\(letter)'") }
    guard let qubit = Int(index), qubit < qubitCount else {
      throw fault(.qubitOutOfRange(index, limit: qubitCount), at: start)
    }
    switch letter {
    case "X": return .x(qubit)
    case "Y": return .y(qubit)
    case "Z": return .z(qubit)
    default: return .identity
    }
  }
}
