extension SyntaxParser {
  /// Reads `[width]`, if it is there.
  private mutating func designator() throws(CircuitFault) -> ExpressionSyntax? {
    guard try take("[") else { return nil }
    let width = try expression()
    try expect("]", "']'")
    return width
  }

  /// Reads a type that is not an array; nil, and nothing read, where none begins here.
  mutating func scalarType() throws(CircuitFault) -> TypeSyntax? {
    if try takeWord("complex") {
      if try take("[") {
        guard token.isWord("float"), try scalarType() != nil else { throw unexpected("'float'") }
        try expect("]", "']'")
      }
      return .complex
    }
    guard token.kind == .identifier, let kind = TypeSyntax.ScalarKind(rawValue: token.text) else {
      return nil
    }
    try advance()
    switch kind {
    case .bit, .int, .uint, .float, .angle: return .scalar(kind, width: try designator())
    case .bool, .duration, .stretch: return .scalar(kind, width: nil)
    }
  }

  /// Reads a type.
  mutating func type() throws(CircuitFault) -> TypeSyntax {
    guard try takeWord("array") else {
      guard let type = try scalarType() else { throw unexpected("a type") }
      return type
    }
    try expect("[", "'['")
    guard let element = try scalarType() else { throw unexpected("the type of the elements") }
    var extents: [ExpressionSyntax] = []
    var dimensions: ExpressionSyntax?
    while try take(",") {
      if try take("#") {
        guard try takeWord("dim") else { throw unexpected("'dim'") }
        try expect("=", "'='")
        dimensions = try expression()
      } else {
        extents.append(try expression())
      }
    }
    guard dimensions != nil || !extents.isEmpty else { throw unexpected("','") }
    try expect("]", "',' or ']'")
    return .array(element, extents: extents, dimensions: dimensions)
  }

  /// Reads the declaration of a register, a variable, a constant, an input, an output or an alias.
  mutating func declaration() throws(CircuitFault) -> StatementSyntax.Kind {
    switch token.text {
    case "qubit":
      try advance()
      let size = try designator()
      let name = try declaredName("the name of a register")
      try expect(";", "';'")
      return .qubits(name, size: size)
    case "let":
      try advance()
      let name = try declaredName("the name of an alias")
      try expect("=", "'='")
      let value = try expression()
      try expect(";", "';'")
      return .alias(name, value)
    case "input", "output":
      let isInput = token.text == "input"
      try advance()
      let type = try type()
      let name = try declaredName("a name")
      try expect(";", "';'")
      return .port(type, name, isInput: isInput)
    default: break
    }
    let isConstant = try takeWord("const")
    let type = try type()
    let name = try declaredName("a name")
    let value = try take("=") ? try expression() : nil
    guard value != nil || !isConstant else { throw unexpected("'='") }
    try expect(";", "';'")
    return .variable(type, name, value: value, isConstant: isConstant)
  }

  /// Reads the definition of a gate; `opaque` has no body.
  mutating func gate() throws(CircuitFault) -> StatementSyntax.Kind {
    let hasBody = token.text == "gate"
    guard hasBody || dialect == .two else { throw unexpected("a statement") }
    try advance()
    let name = try declaredName("the name of a gate")
    var parameters: [NameSyntax] = []
    if try take("("), try !take(")") {
      parameters = try names("the name of a parameter")
      try expect(")", "',' or ')'")
    }
    var qubits: [NameSyntax] = []
    if dialect == .two || !token.isMark("{") { qubits = try names("the name of a qubit") }
    guard hasBody else {
      try expect(";", "',' or ';'")
      return .gate(GateSyntax(name: name, parameters: parameters, qubits: qubits, body: nil))
    }
    guard token.isMark("{") else { throw unexpected("',' or '{'") }
    let body = dialect == .two ? try gateBody2() : try block()
    return .gate(GateSyntax(name: name, parameters: parameters, qubits: qubits, body: body))
  }

  /// Reads what stands in the braces of a gate of OpenQASM 2: calls and barriers, on whole names.
  private mutating func gateBody2() throws(CircuitFault) -> [StatementSyntax] {
    try advance()
    var body: [StatementSyntax] = []
    while try !take("}") {
      let location = token.location
      let kind: StatementSyntax.Kind
      if try takeWord("barrier") {
        kind = .barrier(try gateQubits())
      } else {
        let name = try name("a gate or '}'")
        let parameters = try parameters()
        kind = .application(
          ApplicationSyntax(
            modifiers: [], name: name, parameters: parameters, operands: try gateQubits()))
      }
      try expect(";", "',' or ';'")
      body.append(StatementSyntax(kind: kind, location: location))
    }
    return body
  }

  private mutating func gateQubits() throws(CircuitFault) -> [ExpressionSyntax] {
    try names("the name of a qubit", areDifferent: false).map {
      ExpressionSyntax(leaf: .name($0.text), at: $0.location)
    }
  }

  /// Reads names with commas between them.
  private mutating func names(
    _ expected: String, areDifferent: Bool = true
  ) throws(CircuitFault) -> [NameSyntax] {
    var names: [NameSyntax] = []
    var known: Set<String> = []
    repeat {
      let name = try name(expected)
      guard known.insert(name.text).inserted || !areDifferent else {
        throw fault(.redefined(Token.clipped(name.text)), at: name.location)
      }
      names.append(name)
      guard try take(",") else { break }
      // The grammar of OpenQASM 3 lets a comma stand behind the last name.
    } while dialect == .two || !token.isMark(")") && !token.isMark("{")
    return names
  }

  /// Reads `def name(arguments) -> type { body }`.
  mutating func subroutine() throws(CircuitFault) -> StatementSyntax.Kind {
    try advance()
    let name = try declaredName("the name of a subroutine")
    try expect("(", "'('")
    var arguments: [SubroutineSyntax.Argument] = []
    var known: Set<String> = []
    while try !take(")") {
      let argument = try argument()
      guard known.insert(argument.name.text).inserted else {
        throw fault(.redefined(Token.clipped(argument.name.text)), at: argument.name.location)
      }
      arguments.append(argument)
      if try take(",") { continue }
      try expect(")", "',' or ')'")
      break
    }
    var result: TypeSyntax?
    if try take("->") {
      guard let type = try scalarType() else { throw unexpected("a type of one value") }
      result = type
    }
    let body = try block()
    return .subroutine(
      SubroutineSyntax(name: name, arguments: arguments, result: result, body: body))
  }

  private mutating func argument() throws(CircuitFault) -> SubroutineSyntax.Argument {
    let expected = "the name of an argument"
    switch token.text {
    case "qubit" where token.kind == .identifier:
      try advance()
      let size = try designator()
      return .qubits(try name(expected), size: size)
    case "qreg" where token.kind == .identifier:
      try advance()
      let name = try name(expected)
      return .qubits(name, size: try designator())
    case "creg" where token.kind == .identifier:
      try advance()
      let name = try name(expected)
      return .value(.scalar(.bit, width: try designator()), name, isMutable: false)
    default:
      let isMutable = try takeWord("mutable")
      let isReadOnly = isMutable ? false : try takeWord("readonly")
      if isMutable || isReadOnly, !token.isWord("array") { throw unexpected("'array'") }
      let type = try type()
      return .value(type, try name(expected), isMutable: isMutable)
    }
  }
}
