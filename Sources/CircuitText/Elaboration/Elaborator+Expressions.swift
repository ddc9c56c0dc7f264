import Circuits

extension Elaborator {
  /// The value of an expression; measurements and calls in it make instructions.
  mutating func value(of expression: ExpressionSyntax) throws(CircuitFault) -> ClassicalValue {
    switch expression.kind {
    case .literal(let value): return value
    case .name(let name): return try value(named: name, at: expression.location)
    case .hardwareQubit:
      throw fault(
        .unexpected(found: "a qubit", expected: "a classical value"), at: expression.location)
    case .unary(let operation, let operand):
      let value = try value(of: operand)
      try step(value.cost, at: expression.location)
      return try located(expression.location) { () throws(ValueFault) in
        try ClassicalValue.apply(operation, value)
      }
    case .chain(let first, let links): return try chain(first, links)
    case .power(let base, let exponent):
      let values = try values(of: [base, exponent])
      return try located(expression.location) { () throws(ValueFault) in
        try ClassicalValue.apply(.power, values[0], values[1])
      }
    case .call(let name, let arguments):
      return try call(name, arguments, at: expression.location)
    case .cast(let type, let operand):
      let type = try self.type(type, at: expression.location)
      let value = try value(of: operand)
      return try located(expression.location) { () throws(ValueFault) in
        try value.converted(to: type)
      }
    case .subscripted(let base, let indices):
      return try element(of: base, at: indices, expression.location)
    case .list(let elements): return try list(elements, at: expression.location)
    case .measurement(let operand):
      return .bits(try measured(operand, at: expression.location).map { .asked(.bit($0)) })
    case .durationOfBlock:
      note("'durationof' is 0: durations have no effect here", at: expression.location)
      return .duration(TimeSpan(seconds: 0, samples: 0))
    }
  }

  private mutating func chain(
    _ first: ExpressionSyntax, _ links: [ExpressionSyntax.Link]
  ) throws(CircuitFault) -> ClassicalValue {
    var result = try value(of: first)
    for link in links {
      try step(at: link.location)
      // What stands behind a decided '&&' or '||' is not asked.
      if case .truth(.known(let known)) = result,
        link.operation == (known ? .or : .and)
      {
        continue
      }
      pending.append(result)
      defer { pending.removeLast() }
      let operand = try value(of: link.operand)
      let left = pending[pending.count - 1]
      try step(left.cost + operand.cost, at: link.location)
      result = try located(link.location) { () throws(ValueFault) in
        try ClassicalValue.apply(link.operation, left, operand)
      }
    }
    return result
  }

  private func value(
    named name: String, at place: SourceLocation
  ) throws(CircuitFault) -> ClassicalValue {
    switch meaning(of: name) {
    case .variable(let variable): return variables[variable].value
    case .bits(let places, _): return .bits(places.map { bit(at: $0) })
    case .qubits:
      throw fault(
        .unexpected(found: "qubits, '\(Token.clipped(name))'", expected: "a classical value"),
        at: place)
    case .broken: throw fault(.followsFromOther, at: place)
    case .gate, .subroutine, nil: break
    }
    switch name {
    case "pi", "π": return .real(.pi)
    case "tau", "τ": return .real(2 * .pi)
    case "euler", "ℇ": return .real(0x1.5bf0a8b145769p+1)
    default: break
    }
    if isOutside(name) { throw fault(.outside(Token.clipped(name)), at: place) }
    let known =
      names {
        if case .variable = $0 { true } else { false }
      } + ["pi"]
      + (dialect == .two
        ? Array(BuiltInFunction.two.keys) : BuiltInFunction.allCases.map(\.rawValue))
    throw fault(
      .unknownName(
        Token.clipped(name), suggestion: NearestName.nearest(to: name, among: known)), at: place)
  }

  /// One bit of a variable that is a register.
  func bit(at place: Scope.BitPlace) -> Truth {
    guard case .bits(let bits) = variables[place.variable].value, place.element < bits.count else {
      return .known(false)
    }
    return bits[place.element]
  }

  private mutating func call(
    _ name: String, _ arguments: [ExpressionSyntax], at place: SourceLocation
  ) throws(CircuitFault) -> ClassicalValue {
    try step(at: place)
    if case .subroutine(let subroutine) = meaning(of: name) {
      guard let result = try run(subroutine, arguments, at: place) else {
        throw fault(
          .unexpected(
            found: "'\(Token.clipped(name))', which returns nothing", expected: "a value"),
          at: place)
      }
      return result
    }
    if case .broken = meaning(of: name) { throw fault(.followsFromOther, at: place) }
    let function =
      dialect == .two ? BuiltInFunction.two[name] : BuiltInFunction(rawValue: name)
    guard let function else {
      let known =
        names {
          if case .subroutine = $0 { true } else { false }
        } + BuiltInFunction.allCases.map(\.rawValue)
      throw fault(
        .unknownFunction(
          Token.clipped(name), suggestion: NearestName.nearest(to: name, among: known)), at: place)
    }
    guard function.arity ~= arguments.count else {
      throw fault(
        .argumentCount(
          name: name, found: arguments.count, expected: function.arity.lowerBound), at: place)
    }
    let values = try values(of: arguments)
    try step(values.reduce(0) { $0 + $1.cost }, at: place)
    return try located(place) { () throws(ValueFault) in try function(values) }
  }

  /// The values of expressions, each worked out with the ones before it at hand.
  mutating func values(
    of expressions: [ExpressionSyntax]
  ) throws(CircuitFault) -> [ClassicalValue] {
    let first = pending.count
    defer { pending.removeLast(pending.count - first) }
    for expression in expressions { pending.append(try value(of: expression)) }
    return Array(pending[first...])
  }

  /// The value of `{a, b, c}`: an array whose elements have no type of their own yet.
  private mutating func list(
    _ elements: [ExpressionSyntax], at place: SourceLocation
  ) throws(CircuitFault) -> ClassicalValue {
    let values = try values(of: elements)
    try step(values.count, at: place)
    guard case .array(let first)? = values.first else {
      guard values.allSatisfy({ if case .array = $0 { false } else { true } }) else {
        throw fault(.unexpected(found: "an array", expected: "a number"), at: place)
      }
      return .array(ArrayValue(extents: [values.count], elements: values, type: .int))
    }
    var joined: [ClassicalValue] = []
    for value in values {
      guard case .array(let part) = value, part.extents == first.extents else {
        throw fault(
          .unexpected(found: "rows of different sizes", expected: "rows of one size"), at: place)
      }
      joined += part.elements
    }
    return .array(
      ArrayValue(extents: [values.count] + first.extents, elements: joined, type: .int))
  }

  /// A whole number that must be known when the file is read.
  mutating func constant(
    _ expression: ExpressionSyntax, _ what: String
  ) throws(CircuitFault) -> Int {
    let value = try value(of: expression)
    guard value.isKnown else {
      throw fault(.dependsOnMeasurement(what), at: expression.location)
    }
    let whole = try located(expression.location) { () throws(ValueFault) in
      if case .real(let number) = value, number != number.rounded() {
        throw value.wrongType("a whole number")
      }
      return try value.whole()
    }
    return Int(max(min(whole, Int128(Int64.max)), Int128(Int64.min)))
  }

  /// A yes or no.
  mutating func truth(of expression: ExpressionSyntax) throws(CircuitFault) -> Truth {
    let value = try value(of: expression)
    return try located(expression.location) { () throws(ValueFault) in
      guard case .truth(let truth) = try value.converted(to: .bool) else {
        throw value.wrongType("bool")
      }
      return truth
    }
  }
}
