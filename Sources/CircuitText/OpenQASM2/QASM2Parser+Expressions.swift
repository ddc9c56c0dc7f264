import RealModule

extension QASM2Parser {
  /// How deeply parentheses and powers may be nested.
  static let expressionDepthLimit = 100

  /// Parses a list in parentheses, if there is one.
  ///
  /// - Parameter parameters: The places of the names that may occur.
  /// - Returns: The expressions and where each begins; none where there are no parentheses.
  /// - Throws: ``CircuitParseError`` for anything else, and for expressions nested too deeply.
  mutating func expressions(
    parameters: [String: Int]
  ) throws(CircuitParseError) -> [(QASM2Expression, SourceLocation)] {
    var list: [(QASM2Expression, SourceLocation)] = []
    guard try take("(") else { return list }
    guard try !take(")") else { return list }
    repeat {
      let start = token.location
      var expression = QASM2Expression()
      try sum(&expression, parameters, depth: 0)
      list.append((expression, start))
    } while try take(",")
    try expect(")", "',' or ')'")
    return list
  }

  private mutating func sum(
    _ expression: inout QASM2Expression, _ parameters: [String: Int], depth: Int
  ) throws(CircuitParseError) {
    guard depth <= Self.expressionDepthLimit else {
      throw fault(.nestedTooDeeply(limit: Self.expressionDepthLimit))
    }
    try product(&expression, parameters, depth: depth)
    while token.isMark("+") || token.isMark("-") {
      let step: QASM2Expression.Step = token.isMark("+") ? .add : .subtract
      try advance()
      try product(&expression, parameters, depth: depth)
      expression.append(step)
    }
  }

  private mutating func product(
    _ expression: inout QASM2Expression, _ parameters: [String: Int], depth: Int
  ) throws(CircuitParseError) {
    try signed(&expression, parameters, depth: depth)
    while token.isMark("*") || token.isMark("/") {
      let step: QASM2Expression.Step = token.isMark("*") ? .multiply : .divide
      try advance()
      try signed(&expression, parameters, depth: depth)
      expression.append(step)
    }
  }

  /// Signs bind less than powers: `-2^2` is -4.
  private mutating func signed(
    _ expression: inout QASM2Expression, _ parameters: [String: Int], depth: Int
  ) throws(CircuitParseError) {
    var isNegative = false
    while token.isMark("-") || token.isMark("+") {
      if token.isMark("-") { isNegative.toggle() }
      try advance()
    }
    try operand(&expression, parameters, depth: depth)
    if try take("^") {
      guard depth < Self.expressionDepthLimit else {
        throw fault(.nestedTooDeeply(limit: Self.expressionDepthLimit))
      }
      try signed(&expression, parameters, depth: depth + 1)
      expression.append(.power)
    }
    if isNegative { expression.append(.negate) }
  }

  private mutating func operand(
    _ expression: inout QASM2Expression, _ parameters: [String: Int], depth: Int
  ) throws(CircuitParseError) {
    let expected = "a number, a parameter or a function"
    switch token.kind {
    case .integer, .real:
      guard let value = Double(token.text), value.isFinite else { throw fault(.notFinite) }
      expression.append(.number(value))
      try advance()
    case .mark where token.isMark("("):
      try advance()
      try sum(&expression, parameters, depth: depth + 1)
      try expect(")", "')'")
    case .identifier:
      if let place = parameters[token.text] {
        expression.append(.parameter(place))
        try advance()
      } else if token.text == "pi" {
        expression.append(.number(.pi))
        try advance()
      } else if let function = QASM2Expression.Function(rawValue: token.text) {
        try advance()
        try expect("(", "'(' after '\(function.rawValue)'")
        try sum(&expression, parameters, depth: depth + 1)
        try expect(")", "')'")
        expression.append(.function(function))
      } else {
        let names =
          Array(parameters.keys) + ["pi"] + QASM2Expression.Function.allCases.map(\.rawValue)
        let name = QASM2Token.clipped(token.text)
        throw fault(
          .unknownName(name, suggestion: NearestName.nearest(to: token.text, among: names)))
      }
    case .string, .mark, .end:
      throw fault(.unexpected(found: token.found, expected: expected))
    }
  }
}
