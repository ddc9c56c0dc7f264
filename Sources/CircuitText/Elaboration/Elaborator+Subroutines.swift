import Circuits

extension Elaborator {
  /// Runs a subroutine and gives what it returns; nil where it returns nothing.
  ///
  /// Qubits and arrays declared `mutable` are the caller's own; all else is handed over by value.
  mutating func run(
    _ index: Int, _ arguments: [ExpressionSyntax], at place: SourceLocation
  ) throws(CircuitFault) -> ClassicalValue? {
    try refuse("a call", inGate: true, inBlock: false, at: place)
    try step(at: place)
    let subroutine = subroutines[index]
    let syntax = subroutine.syntax
    guard arguments.count == syntax.arguments.count else {
      throw fault(
        .argumentCount(
          name: syntax.name.text, found: arguments.count, expected: syntax.arguments.count),
        at: place)
    }
    var meanings: [(NameSyntax, Scope.Meaning)] = []
    var returned: [(from: Int, to: Int, indices: [IndexValue], expression: ExpressionSyntax)] = []
    let first = variables.count
    for (argument, expression) in zip(syntax.arguments, arguments) {
      switch argument {
      case .qubits(let name, let size):
        meanings.append((name, try qubitArgument(expression, size)))
      case .value(let type, let name, let isMutable):
        let variable = try valueArgument(expression, type, isMutable: isMutable)
        meanings.append((name, .variable(variable)))
        if isMutable {
          let (target, indices) = try self.variable(of: expression)
          guard !variables[target].isConstant else {
            throw fault(.assignedConstant(Token.clipped(expression.text)), at: expression.location)
          }
          returned.append((variable, target, try values(of: indices), expression))
        }
      }
    }
    let outer = (flow, source)
    defer { (flow, source) = outer }
    let result = try syntax.result.map { (type) throws(CircuitFault) in
      try self.type(type, at: syntax.name.location)
    }
    flow.broken = nil
    flow.continued = nil
    flow.returned = add(.bool, .truth(.known(false)))
    flow.result = result.map { add($0, $0.zero) }
    source = subroutine.source
    try scoped(isClosed: true, at: place) { (inner) throws(CircuitFault) in
      for (name, meaning) in meanings { try inner.declare(name, meaning) }
      try inner.run(syntax.body[...])
    }
    if let flag = flow.returned, flow.result != nil,
      variables[flag].value == .truth(.known(false)), isRunning
    {
      throw fault(
        .unexpected(
          found: "the end of '\(Token.clipped(syntax.name.text))' without a 'return'",
          expected: "one with a value"), at: syntax.name.location)
    }
    for (from, to, indices, expression) in returned {
      let value = variables[from].value
      variables[to].value = try replaced(
        variables[to].value, variables[to].type, indices[...], expression
      ) { (_, type) throws(ValueFault) in try value.converted(to: type) }
      readBits.formUnion(variables[to].value.outcomeBits)
    }
    let value = flow.result.map { variables[$0].value }
    release(from: first)
    return value
  }

  private mutating func qubitArgument(
    _ expression: ExpressionSyntax, _ size: ExpressionSyntax?
  ) throws(CircuitFault) -> Scope.Meaning {
    let found = try qubits(of: expression)
    let expected = try size.map { (size) throws(CircuitFault) in
      try constant(size, "the size of a register")
    }
    guard found.qubits.count == expected ?? 1 else {
      throw fault(
        .sizesDiffer(found: found.qubits.count, expected: expected ?? 1), at: expression.location)
    }
    return .qubits(found.qubits, isSingle: size == nil)
  }

  /// Adds a variable with an argument's value; arrays that are not `mutable` keep theirs.
  private mutating func valueArgument(
    _ expression: ExpressionSyntax, _ type: TypeSyntax, isMutable: Bool
  ) throws(CircuitFault) -> Int {
    let found = try value(of: expression)
    try step(found.cost, at: expression.location)
    if case .array(let element, _, let dimensions?) = type {
      // Arrays of any extents: `array[int, #dim = 2]`.
      let count = try constant(dimensions, "the number of dimensions")
      guard case .array(let array) = found, array.extents.count == count else {
        throw fault(
          .wrongType(found: found.typeName, expected: "an array of \(count) dimensions"),
          at: expression.location)
      }
      let type = ClassicalType.array(
        try self.type(element, at: expression.location), extents: array.extents)
      let value = try located(expression.location) { () throws(ValueFault) in
        try found.converted(to: type)
      }
      try self.count(type, at: expression.location)
      return add(type, value, isConstant: !isMutable)
    }
    let type = try self.type(type, at: expression.location)
    try count(type, at: expression.location)
    let value = try located(expression.location) { () throws(ValueFault) in
      try found.converted(to: type)
    }
    let isArray = if case .array = type { true } else { false }
    return add(type, value, isConstant: isArray && !isMutable)
  }

  /// Runs `return`.
  mutating func runReturn(
    _ expression: ExpressionSyntax?, at place: SourceLocation
  ) throws(CircuitFault) {
    guard let returned = flow.returned else {
      throw fault(
        .unexpected(found: "'return' outside of subroutines", expected: "it in one"), at: place)
    }
    if let result = flow.result {
      guard let expression else {
        throw fault(.unexpected(found: "no value", expected: "one behind 'return'"), at: place)
      }
      let found = try value(of: expression)
      let type = variables[result].type
      variables[result].value = try located(expression.location) { () throws(ValueFault) in
        try found.converted(to: type)
      }
      readBits.formUnion(variables[result].value.outcomeBits)
    } else if let expression {
      // What is measured there is measured, and its value dropped.
      guard expression.hasEffects else {
        throw fault(
          .unexpected(found: "a value", expected: "';': the subroutine returns nothing"),
          at: expression.location)
      }
      _ = try value(of: expression)
    }
    raise(returned)
  }
}
