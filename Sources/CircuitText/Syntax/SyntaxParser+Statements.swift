extension SyntaxParser {
  /// Reads one statement.
  mutating func statement() throws(CircuitFault) -> StatementSyntax {
    dialect == .two ? try statement2() : try statement3()
  }

  /// Reads the header; nil where there is none, which OpenQASM 3 allows.
  mutating func version() throws(CircuitFault) -> Dialect? {
    guard token.isWord("OPENQASM") else { return nil }
    try advance()
    guard token.kind == .real || token.kind == .integer,
      let number = Double(token.text), (2..<3).contains(number) || (3..<4).contains(number),
      dialect == .three || number == 2
    else { throw unexpected(dialect == .two ? "version 2.0" : "version 2.0 or 3") }
    let found: Dialect = number < 3 ? .two : .three
    try advance()
    try expect(";", "';'")
    return found
  }

  // MARK: OpenQASM 2

  private mutating func statement2() throws(CircuitFault) -> StatementSyntax {
    let start = token.location
    guard token.kind == .identifier else { throw unexpected("a statement") }
    let kind: StatementSyntax.Kind
    switch token.text {
    case "include": kind = try include()
    case "qreg", "creg": kind = try oldRegister()
    case "gate", "opaque": kind = try gate()
    case "barrier":
      try advance()
      kind = .barrier(try operands())
      try expect(";", "',' or ';'")
    case "measure":
      try advance()
      let source = try operand()
      try expect("->", "'->'")
      kind = .measurement(source, target: try operand())
      try expect(";", "';'")
    case "reset":
      try advance()
      kind = .reset(try operand())
      try expect(";", "';'")
    case "if": kind = try oldCondition()
    default: kind = .application(try application(modifiers: []))
    }
    return StatementSyntax(kind: kind, location: start)
  }

  /// Reads `if (register == number) operation`.
  private mutating func oldCondition() throws(CircuitFault) -> StatementSyntax.Kind {
    try advance()
    try expect("(", "'('")
    let register = try name("a classical register")
    guard !token.isMark("[") else { throw unexpected("'==', since a whole register is compared") }
    try expect("==", "'=='")
    guard token.kind == .integer, let number = UInt64(token.text) else {
      throw unexpected("a number of at most 64 bits")
    }
    let value = ExpressionSyntax(
      leaf: .literal(.integer(.unsigned(number))), at: token.location)
    let location = token.location
    try advance()
    try expect(")", "')'")
    guard token.kind == .identifier else { throw unexpected("a gate, 'measure' or 'reset'") }
    switch token.text {
    case "if", "barrier", "gate", "opaque", "qreg", "creg", "include":
      throw unexpected("a gate, 'measure' or 'reset'")
    default: break
    }
    let question = ExpressionSyntax(
      .chain(
        ExpressionSyntax(leaf: .name(register.text), at: register.location),
        [ExpressionSyntax.Link(operation: .equal, location: location, operand: value)]),
      at: register.location)
    return .condition(question, then: [try statement2()], otherwise: [])
  }

  // MARK: Both

  private mutating func include() throws(CircuitFault) -> StatementSyntax.Kind {
    try advance()
    guard token.kind == .string else { throw unexpected("the name of a file in quotes") }
    let name = NameSyntax(text: token.text, location: token.location)
    try advance()
    try expect(";", "';'")
    return .include(name)
  }

  /// Reads `qreg name[size];` and `creg name[size];`.
  private mutating func oldRegister() throws(CircuitFault) -> StatementSyntax.Kind {
    let isQuantum = token.text == "qreg"
    try advance()
    let name = try declaredName("the name of a register")
    var size: ExpressionSyntax?
    if dialect == .two {
      try expect("[", "'['")
      guard token.kind == .integer else { throw unexpected("the size of the register") }
      guard let number = Int64(token.text) else {
        throw fault(
          .registerSize(
            found: Token.clipped(token.text),
            limit: isQuantum ? ReadingLimits.qubits : ReadingLimits.bits))
      }
      size = ExpressionSyntax(leaf: .literal(.integer(.signed(number))), at: token.location)
      try advance()
      try expect("]", "']'")
    } else if try take("[") {
      size = try expression()
      try expect("]", "']'")
    }
    try expect(";", "';'")
    return isQuantum
      ? .qubits(name, size: size)
      : .variable(.scalar(.bit, width: size), name, value: nil, isConstant: false)
  }

  // MARK: OpenQASM 3

  private mutating func statement3() throws(CircuitFault) -> StatementSyntax {
    var annotations: [String] = []
    while token.isMark("@") {
      annotations.append("@" + (try takeRestOfLine()))
    }
    let start = token.location
    let kind = try kind3()
    return StatementSyntax(kind: kind, location: start, annotations: annotations)
  }

  private mutating func kind3() throws(CircuitFault) -> StatementSyntax.Kind {
    if token.isMark("#") {
      try advance()
      guard token.isWord("pragma") else { throw unexpected("'pragma'") }
      return .pragma(try takeRestOfLine())
    }
    // A block of its own holds names as a box does.
    if token.isMark("{") { return .box(try block()) }
    guard token.kind == .identifier else { throw unexpected("a statement") }
    switch token.text {
    case "pragma": return .pragma(try takeRestOfLine())
    case "include": return try include()
    case "qreg", "creg": return try oldRegister()
    case "qubit", "bit", "bool", "int", "uint", "float", "angle", "complex", "duration", "stretch",
      "array", "const", "input", "output", "let":
      return try declaration()
    case "gate", "opaque": return try gate()
    case "def": return try subroutine()
    case "if", "for", "while", "switch", "break", "continue", "return", "end":
      return try control()
    case "measure", "reset", "barrier", "delay", "box", "nop": return try physical()
    case "gphase", "inv", "pow", "ctrl", "negctrl": return .application(try modified())
    case "cal", "defcal", "defcalgrammar", "extern": return try calibration()
    case _ where isReserved(token.text) && token.text != "durationof":
      throw unexpected("a statement")
    default: return try named()
    }
  }

  /// Reads a statement that begins with a name: an assignment, a gate, a call.
  private mutating func named() throws(CircuitFault) -> StatementSyntax.Kind {
    let name = try name("a statement")
    let plain = ExpressionSyntax(leaf: .name(name.text), at: name.location)
    if token.isMark("[") {
      var target = plain
      while token.isMark("[") {
        target = ExpressionSyntax(.subscripted(target, try indices()), at: name.location)
        guard target.height <= Self.expressionDepthLimit else {
          throw fault(.nestedTooDeeply(limit: Self.expressionDepthLimit), at: name.location)
        }
      }
      return try assignment(to: target)
    }
    if token.isMark("=") || BinaryOperator.ofAssignment(token) != nil {
      return try assignment(to: plain)
    }
    let hasParentheses = token.isMark("(")
    let parameters = try parameters()
    if hasParentheses, try take(";") {
      return .expression(ExpressionSyntax(.call(name.text, parameters), at: name.location))
    }
    let operands = try operands()
    try expect(";", "',' or ';'")
    return .application(
      ApplicationSyntax(modifiers: [], name: name, parameters: parameters, operands: operands))
  }

  private mutating func assignment(
    to target: ExpressionSyntax
  ) throws(CircuitFault) -> StatementSyntax.Kind {
    let operation = BinaryOperator.ofAssignment(token)
    guard operation != nil || token.isMark("=") else { throw unexpected("'='") }
    try advance()
    let value = try expression()
    try expect(";", "';'")
    return .assignment(target, operation, value)
  }

  private mutating func calibration() throws(CircuitFault) -> StatementSyntax.Kind {
    let word = token.text
    var name: String?
    while token.kind != .end, !token.isMark("{"), !token.isMark(";") {
      do throws(CircuitFault) { try advance() } catch { continue }
      // What is called later has been told already.
      if word == "extern", name == nil, token.kind == .identifier { name = token.text }
    }
    if token.isMark("{") { try skipCalibration() } else { _ = try take(";") }
    return .unsupported(
      word == "extern" ? "'extern' subroutines" : "calibration blocks ('\(word)')", name: name)
  }

  /// Passes over a calibration block, in whatever language it is written.
  private mutating func skipCalibration() throws(CircuitFault) {
    var depth = 0
    repeat {
      if token.isMark("{") { depth += 1 }
      if token.isMark("}") { depth -= 1 }
      guard token.kind != .end else { throw unexpected("'}'") }
      do throws(CircuitFault) { try advance() } catch { continue }
    } while depth > 0
  }
}
