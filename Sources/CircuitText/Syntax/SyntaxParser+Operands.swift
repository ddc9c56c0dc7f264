import ComplexModule

extension SyntaxParser {
  /// Reads a value and the brackets behind it.
  mutating func postfix() throws(CircuitFault) -> ExpressionSyntax {
    var value = try primary()
    while token.isMark("["), dialect == .three {
      let indices = try indices()
      value = ExpressionSyntax(.subscripted(value, indices), at: value.location)
      guard value.height <= Self.expressionDepthLimit else {
        throw fault(.nestedTooDeeply(limit: Self.expressionDepthLimit), at: value.location)
      }
    }
    return value
  }

  private var expectedOperand: String {
    dialect == .two ? "a number, a parameter or a function" : "a value"
  }

  private mutating func primary() throws(CircuitFault) -> ExpressionSyntax {
    let start = token
    switch start.kind {
    case .integer, .real, .imaginary, .duration, .string:
      var value = try literal(start)
      try advance()
      if dialect == .three, start.kind == .integer || start.kind == .real,
        token.kind == .identifier
      {
        value = try united(value) ?? value
      }
      return ExpressionSyntax(leaf: .literal(value), at: start.location)
    case .hardwareQubit:
      guard dialect == .three, let number = Int(start.text), number < ReadingLimits.qubits else {
        throw unexpected(expectedOperand)
      }
      try advance()
      return ExpressionSyntax(leaf: .hardwareQubit(number), at: start.location)
    case .mark where start.text == "(":
      try advance()
      let inner = try expression()
      try expect(")", "')'")
      return inner
    case .mark where start.text == "{" && dialect == .three:
      try advance()
      return ExpressionSyntax(.list(try list(closing: "}")), at: start.location)
    case .identifier: return try named(start)
    case .mark, .end: throw unexpected(expectedOperand)
    }
  }

  private mutating func named(_ start: Token) throws(CircuitFault) -> ExpressionSyntax {
    if dialect == .three {
      if let type = try scalarType() {
        try expect("(", "'(' behind the type")
        let operand = try expression()
        try expect(")", "')'")
        return ExpressionSyntax(.cast(type, operand), at: start.location)
      }
      switch start.text {
      case "true", "false":
        try advance()
        return ExpressionSyntax(
          leaf: .literal(.truth(.known(start.text == "true"))), at: start.location)
      case "measure":
        try advance()
        return ExpressionSyntax(.measurement(try operand()), at: start.location)
      case "durationof":
        try advance()
        try expect("(", "'('")
        guard token.isMark("{") else { throw unexpected("'{'") }
        try skipBraces()
        try expect(")", "')'")
        return ExpressionSyntax(leaf: .durationOfBlock, at: start.location)
      case "pi", "π", "tau", "τ", "euler", "ℇ":
        try advance()
        return ExpressionSyntax(leaf: .name(start.text), at: start.location)
      case _ where isReserved(start.text) && start.text != "pow": throw unexpected("a value")
      default: break
      }
    }
    try advance()
    // A function of OpenQASM 2 has its one argument in parentheses.
    if dialect == .two, BuiltInFunction.two[start.text] != nil {
      guard token.isMark("(") else { throw unexpected("'(' after '\(start.text)'") }
    }
    guard token.isMark("("), dialect == .three || BuiltInFunction.two[start.text] != nil else {
      return ExpressionSyntax(leaf: .name(start.text), at: start.location)
    }
    try advance()
    let arguments = try list(closing: ")")
    return ExpressionSyntax(.call(start.text, arguments), at: start.location)
  }

  private func literal(_ token: Token) throws(CircuitFault) -> ClassicalValue {
    switch token.kind {
    case .integer:
      if dialect == .two {
        guard let value = Double(token.text), value.isFinite else { throw fault(.notFinite) }
        return .real(value)
      }
      let (digits, radix) = Self.digits(of: token.text)
      guard let value = UInt64(digits, radix: radix) else {
        throw fault(.numberTooLarge(Token.clipped(token.text)))
      }
      return .integer(value <= Int64.max ? .signed(Int64(value)) : .unsigned(value))
    case .real, .imaginary:
      guard let value = Double(token.text), value.isFinite else { throw fault(.notFinite) }
      return token.kind == .real ? .real(value) : .complex(Complex(0, value))
    case .duration:
      let number = token.text.prefix { !$0.isLetter || $0 == "e" || $0 == "E" }
      let unit = String(token.text.dropFirst(number.count))
      guard let value = Double(number), value.isFinite, let size = Lexer.units[unit] else {
        throw fault(.notFinite)
      }
      return Self.time(value, unit: size)
    case .string:
      let digits = token.text.filter { $0 != "_" }
      guard dialect == .three, !digits.isEmpty, digits.allSatisfy({ $0 == "0" || $0 == "1" }) else {
        throw unexpected(dialect == .two ? expectedOperand : "a string of 0 and 1")
      }
      guard digits.count <= ReadingLimits.bits else {
        throw fault(.registerSize(found: "\(digits.count)", limit: ReadingLimits.bits))
      }
      return .bits(digits.reversed().map { .known($0 == "1") })
    case .identifier, .hardwareQubit, .mark, .end: throw unexpected(expectedOperand)
    }
  }

  /// A number with the unit that stands behind it after a blank, as in `2 im` and `1.5 ns`; nil where none does.
  private mutating func united(_ value: ClassicalValue) throws(CircuitFault) -> ClassicalValue? {
    let number: Double
    switch value {
    case .integer(let whole): number = Double(whole.value)
    case .real(let real): number = real
    default: return nil
    }
    if try takeWord("im") { return .complex(Complex(0, number)) }
    guard let size = Lexer.units[token.text] else { return nil }
    try advance()
    return Self.time(number, unit: size)
  }

  /// A time; the size of a unit that depends on the device is no number.
  private static func time(_ value: Double, unit size: Double) -> ClassicalValue {
    .duration(
      size.isNaN
        ? TimeSpan(seconds: 0, samples: value) : TimeSpan(seconds: value * size, samples: 0))
  }

  private static func digits(of text: String) -> (digits: Substring, radix: Int) {
    guard text.count > 2, text.hasPrefix("0") else { return (text[...], 10) }
    switch text.dropFirst().first {
    case "x", "X": return (text.dropFirst(2), 16)
    case "o", "O": return (text.dropFirst(2), 8)
    case "b", "B": return (text.dropFirst(2), 2)
    default: return (text[...], 10)
    }
  }

  /// Reads `[i]`, `[i, j]`, `[a:b]`, `[a:s:b]` or `[{i, j}]`.
  mutating func indices() throws(CircuitFault) -> [IndexSyntax] {
    try expect("[", "'['")
    var indices: [IndexSyntax] = []
    repeat {
      if token.isMark("{") {
        try advance()
        indices.append(.set(try list(closing: "}")))
      } else {
        indices.append(try index())
      }
    } while try take(",")
    try expect("]", "']'")
    return indices
  }

  private mutating func index() throws(CircuitFault) -> IndexSyntax {
    let location = token.location
    let first = token.isMark(":") ? nil : try expression()
    guard token.isMark(":") else {
      guard let first else { throw unexpected("an index") }
      return .element(first)
    }
    return .range(try range(from: first, at: location))
  }

  /// Reads the rest of a range, from its first colon on.
  mutating func range(
    from first: ExpressionSyntax?, at location: SourceLocation
  ) throws(CircuitFault) -> RangeSyntax {
    var parts = [first]
    while parts.count < 3 {
      guard try take(":") else {
        guard parts.count > 1 else { throw unexpected("':'") }
        break
      }
      let isOpen = token.isMark("]") || token.isMark(":") || token.isMark(",")
      parts.append(isOpen ? nil : try expression())
    }
    return RangeSyntax(
      first: parts[0], step: parts.count == 3 ? parts[1] : nil, last: parts[parts.count - 1],
      location: location)
  }

  /// Reads qubits or bits: a register, elements of it, a qubit of the hardware.
  mutating func operand() throws(CircuitFault) -> ExpressionSyntax {
    let start = token
    if dialect == .three {
      if start.kind == .hardwareQubit { return try postfix() }
      let name = try name("the name of a register")
      var value = ExpressionSyntax(leaf: .name(name.text), at: name.location)
      while token.isMark("[") {
        value = ExpressionSyntax(.subscripted(value, try indices()), at: name.location)
        guard value.height <= Self.expressionDepthLimit else {
          throw fault(.nestedTooDeeply(limit: Self.expressionDepthLimit), at: value.location)
        }
      }
      return value
    }
    let name = try name("the name of a register")
    let value = ExpressionSyntax(leaf: .name(name.text), at: name.location)
    guard try take("[") else { return value }
    guard token.kind == .integer else { throw unexpected("an index") }
    let index = token
    try advance()
    try expect("]", "']'")
    guard let place = Int64(index.text) else {
      throw fault(.numberTooLarge(Token.clipped(index.text)), at: index.location)
    }
    let number = ExpressionSyntax(leaf: .literal(.integer(.signed(place))), at: index.location)
    return ExpressionSyntax(.subscripted(value, [.element(number)]), at: name.location)
  }

  /// Reads operands with commas between them.
  mutating func operands() throws(CircuitFault) -> [ExpressionSyntax] {
    var operands = [try operand()]
    while try take(",") {
      if dialect == .three, token.isMark(";") { break }
      operands.append(try operand())
    }
    return operands
  }
}
