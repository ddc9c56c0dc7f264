extension SyntaxParser {
  /// Reads an expression.
  mutating func expression() throws(CircuitFault) -> ExpressionSyntax {
    guard expressionDepth <= Self.expressionDepthLimit else {
      throw fault(.nestedTooDeeply(limit: Self.expressionDepthLimit))
    }
    expressionDepth += 1
    defer { expressionDepth -= 1 }
    return dialect == .two ? try sum() : try binary(0)
  }

  /// Reads expressions with commas between them up to a closing mark, which is taken; a comma may stand before it.
  mutating func list(closing: String) throws(CircuitFault) -> [ExpressionSyntax] {
    var list: [ExpressionSyntax] = []
    while try !take(closing) {
      list.append(try expression())
      if try take(",") { continue }
      try expect(closing, "',' or '\(closing)'")
      break
    }
    return list
  }

  /// Reads the list of parameters of a gate, if there is one.
  mutating func parameters() throws(CircuitFault) -> [ExpressionSyntax] {
    try take("(") ? try list(closing: ")") : []
  }

  // MARK: Depth

  private func checked(_ expression: ExpressionSyntax) throws(CircuitFault) -> ExpressionSyntax {
    guard expression.height <= Self.expressionDepthLimit else {
      throw fault(.nestedTooDeeply(limit: Self.expressionDepthLimit), at: expression.location)
    }
    return expression
  }

  private mutating func enter() throws(CircuitFault) {
    guard expressionDepth < Self.expressionDepthLimit else {
      throw fault(.nestedTooDeeply(limit: Self.expressionDepthLimit))
    }
    expressionDepth += 1
  }

  // MARK: OpenQASM 3

  private mutating func binary(_ precedence: Int) throws(CircuitFault) -> ExpressionSyntax {
    var first = try unary()
    try chains(&first, from: precedence)
    return first
  }

  /// Reads the operators behind an operand, those of `lowest` precedence and above.
  private mutating func chains(
    _ first: inout ExpressionSyntax, from lowest: Int
  ) throws(CircuitFault) {
    while let operation = BinaryOperator.ofMark(token), operation.precedence >= lowest {
      let precedence = operation.precedence
      var links: [ExpressionSyntax.Link] = []
      while let next = BinaryOperator.ofMark(token), next.precedence == precedence {
        let location = token.location
        try advance()
        var operand = try unary()
        try chains(&operand, from: precedence + 1)
        links.append(ExpressionSyntax.Link(operation: next, location: location, operand: operand))
      }
      first = try checked(ExpressionSyntax(.chain(first, links), at: first.location))
    }
  }

  /// Signs bind less than powers: `-2**2` is -4.
  private mutating func unary() throws(CircuitFault) -> ExpressionSyntax {
    guard token.kind == .mark, let operation = UnaryOperator(rawValue: token.text) else {
      return try power()
    }
    let location = token.location
    try enter()
    defer { expressionDepth -= 1 }
    try advance()
    return try checked(ExpressionSyntax(.unary(operation, try unary()), at: location))
  }

  private mutating func power() throws(CircuitFault) -> ExpressionSyntax {
    let base = try postfix()
    guard token.isMark(dialect == .two ? "^" : "**") else { return base }
    try enter()
    defer { expressionDepth -= 1 }
    try advance()
    let exponent = dialect == .two ? try signed() : try unary()
    return try checked(ExpressionSyntax(.power(base, exponent), at: base.location))
  }

  // MARK: OpenQASM 2

  private mutating func sum() throws(CircuitFault) -> ExpressionSyntax {
    let first = try product()
    return try chain(first, ["+", "-"]) { (parser) throws(CircuitFault) in try parser.product() }
  }

  private mutating func product() throws(CircuitFault) -> ExpressionSyntax {
    let first = try signed()
    return try chain(first, ["*", "/"]) { (parser) throws(CircuitFault) in try parser.signed() }
  }

  private mutating func chain(
    _ first: ExpressionSyntax, _ marks: [String],
    _ operand: (inout SyntaxParser) throws(CircuitFault) -> ExpressionSyntax
  ) throws(CircuitFault) -> ExpressionSyntax {
    var links: [ExpressionSyntax.Link] = []
    while token.kind == .mark, marks.contains(token.text),
      let operation = BinaryOperator(rawValue: token.text)
    {
      let location = token.location
      try advance()
      links.append(
        ExpressionSyntax.Link(
          operation: operation, location: location, operand: try operand(&self)))
    }
    return links.isEmpty
      ? first : try checked(ExpressionSyntax(.chain(first, links), at: first.location))
  }

  private mutating func signed() throws(CircuitFault) -> ExpressionSyntax {
    let location = token.location
    var isNegative = false
    while token.isMark("-") || token.isMark("+") {
      if token.isMark("-") { isNegative.toggle() }
      try advance()
    }
    let value = try power()
    return isNegative
      ? try checked(ExpressionSyntax(.unary(.negate, value), at: location)) : value
  }
}
