extension SyntaxParser {
  /// Reads a statement that says what is done next.
  mutating func control() throws(CircuitFault) -> StatementSyntax.Kind {
    let word = token.text
    try advance()
    switch word {
    case "if": return try condition()
    case "while":
      try expect("(", "'('")
      let question = try expression()
      try expect(")", "')'")
      return .whileLoop(question, body: try body())
    case "for": return try forLoop()
    case "switch": return try choice()
    case "break":
      try expect(";", "';'")
      return .breakLoop
    case "continue":
      try expect(";", "';'")
      return .continueLoop
    case "return":
      let value = token.isMark(";") ? nil : try expression()
      try expect(";", "';'")
      return .giveBack(value)
    default:
      try expect(";", "';'")
      return .end
    }
  }

  private mutating func condition() throws(CircuitFault) -> StatementSyntax.Kind {
    try expect("(", "'('")
    let question = try expression()
    try expect(")", "')'")
    let then = try body()
    // A chain of 'else if' is as deep as its first branch.
    var branches: [(place: SourceLocation, question: ExpressionSyntax, then: [StatementSyntax])] = [
      (token.location, question, then)
    ]
    var otherwise: [StatementSyntax] = []
    while try takeWord("else") {
      guard token.isWord("if") else {
        otherwise = try body()
        break
      }
      let place = token.location
      guard branches.count < ReadingLimits.depth else {
        throw fault(.nestedTooDeeply(limit: ReadingLimits.depth))
      }
      try advance()
      try expect("(", "'('")
      let question = try expression()
      try expect(")", "')'")
      branches.append((place, question, try body()))
    }
    for branch in branches.dropFirst().reversed() {
      otherwise = [
        StatementSyntax(
          kind: .condition(branch.question, then: branch.then, otherwise: otherwise),
          location: branch.place)
      ]
    }
    return .condition(question, then: then, otherwise: otherwise)
  }

  private mutating func forLoop() throws(CircuitFault) -> StatementSyntax.Kind {
    guard let type = try scalarType() else { throw unexpected("the type of the loop's variable") }
    let name = try name("the name of the loop's variable")
    guard try takeWord("in") else { throw unexpected("'in'") }
    let domain: DomainSyntax
    if token.isMark("[") {
      let location = token.location
      try advance()
      let first = token.isMark(":") ? nil : try expression()
      domain = .range(try range(from: first, at: location))
      try expect("]", "':' or ']'")
    } else {
      domain = .values(try expression())
    }
    return .forLoop(type, name, domain, body: try body())
  }

  private mutating func choice() throws(CircuitFault) -> StatementSyntax.Kind {
    try expect("(", "'('")
    let subject = try expression()
    try expect(")", "')'")
    try expect("{", "'{'")
    var cases: [ChoiceSyntax] = []
    var otherwise: [StatementSyntax]?
    while try !take("}") {
      if try takeWord("case") {
        guard otherwise == nil else { throw unexpected("'}': 'default' is the last case") }
        var values = [try expression()]
        while try take(",") {
          if token.isMark("{") { break }
          values.append(try expression())
        }
        cases.append(ChoiceSyntax(values: values, body: try block()))
      } else if try takeWord("default") {
        guard otherwise == nil else { throw unexpected("'}'") }
        otherwise = try block()
      } else {
        throw unexpected("'case', 'default' or '}'")
      }
    }
    guard !cases.isEmpty || otherwise != nil else {
      throw fault(.unexpected(found: "a 'switch' without cases", expected: "'case' or 'default'"))
    }
    return .choice(subject, cases: cases, otherwise: otherwise)
  }

  /// Reads a statement about qubits that is no gate.
  mutating func physical() throws(CircuitFault) -> StatementSyntax.Kind {
    let word = token.text
    try advance()
    switch word {
    case "measure":
      let source = try operand()
      let target = try take("->") ? try operand() : nil
      try expect(";", "'->' or ';'")
      return .measurement(source, target: target)
    case "reset":
      let operand = try operand()
      try expect(";", "';'")
      return .reset(operand)
    case "barrier":
      let operands = token.isMark(";") ? [] : try operands()
      try expect(";", "',' or ';'")
      return .barrier(operands)
    case "delay":
      try expect("[", "'['")
      let time = try expression()
      try expect("]", "']'")
      let operands = token.isMark(";") ? [] : try operands()
      try expect(";", "',' or ';'")
      return .delay(time, operands)
    case "box":
      if try take("[") {
        _ = try expression()
        try expect("]", "']'")
      }
      return .box(try block())
    default:
      if !token.isMark(";") { _ = try operands() }
      try expect(";", "',' or ';'")
      return .nothing
    }
  }

  /// Reads a gate and the modifiers before it.
  mutating func modified() throws(CircuitFault) -> ApplicationSyntax {
    var modifiers: [ApplicationSyntax.Modifier] = []
    while token.kind == .identifier, ["inv", "pow", "ctrl", "negctrl"].contains(token.text) {
      let word = token.text
      try advance()
      let argument = try take("(") ? try expression() : nil
      if argument != nil { try expect(")", "')'") }
      switch word {
      case "inv":
        guard argument == nil else { throw unexpected("'@' behind 'inv'") }
        modifiers.append(.inverse)
      case "pow":
        guard let argument else { throw unexpected("'(' and the power") }
        modifiers.append(.power(argument))
      default: modifiers.append(.control(count: argument, state: word == "ctrl"))
      }
      guard modifiers.count <= Self.blockDepthLimit else {
        throw fault(.nestedTooDeeply(limit: Self.blockDepthLimit))
      }
      try expect("@", "'@'")
    }
    return try application(modifiers: modifiers)
  }

  /// Reads a gate, its parameters and its operands.
  mutating func application(
    modifiers: [ApplicationSyntax.Modifier]
  ) throws(CircuitFault) -> ApplicationSyntax {
    let name: NameSyntax
    if token.isWord("gphase"), dialect == .three {
      name = NameSyntax(text: token.text, location: token.location)
      try advance()
    } else {
      name = try self.name(dialect == .two ? "a statement" : "the name of a gate")
    }
    let parameters = try parameters()
    let operands = dialect == .three && token.isMark(";") ? [] : try operands()
    try expect(";", "',' or ';'")
    return ApplicationSyntax(
      modifiers: modifiers, name: name, parameters: parameters, operands: operands)
  }
}
