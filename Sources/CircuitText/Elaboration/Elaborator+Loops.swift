import Circuits

extension Elaborator {
  /// Runs a statement that says what is done next.
  mutating func runControl(_ statement: StatementSyntax) throws(CircuitFault) {
    let place = statement.location
    switch statement.kind {
    case .forLoop(let type, let name, let domain, let body):
      let type = try self.type(type, at: place)
      let (count, value) = try values(of: domain)
      try looping(at: place) { (inner) throws(CircuitFault) in
        for index in 0..<count {
          try inner.step(at: place)
          let stopped = inner.stopped
          if stopped == .known(true) { return }
          try inner.branch(on: !stopped, at: place) { (inner) throws(CircuitFault) in
            inner.lowerFlags()
            try inner.round(of: body, at: place) { (inner) throws(CircuitFault) in
              let converted = try inner.located(place) { () throws(ValueFault) in
                try value(index).converted(to: type)
              }
              try inner.declare(name, .variable(inner.add(type, converted)))
            }
          }
        }
      }
    case .whileLoop(let question, let body): try runWhile(question, body, at: place)
    case .choice(let subject, let cases, let otherwise):
      try runChoice(subject, cases, otherwise, at: place)
    case .breakLoop, .continueLoop:
      let isBreak = statement.kind == .breakLoop
      guard let flag = isBreak ? flow.broken : flow.continued else {
        throw fault(
          .unexpected(
            found: "'\(isBreak ? "break" : "continue")' outside of loops", expected: "it in a loop"),
          at: place)
      }
      raise(flag)
    case .giveBack(let value): try runReturn(value, at: place)
    case .end:
      try refuse("'end'", inGate: true, inBlock: false, at: place)
      raise(flow.end)
    case .include, .qubits, .variable, .port, .alias, .gate, .subroutine, .application,
      .measurement, .assignment, .reset, .barrier, .delay, .box, .condition, .expression, .pragma,
      .unsupported, .nothing:
      break
    }
  }

  /// Runs `body` with the flags of a loop.
  mutating func looping(
    at place: SourceLocation, _ body: (inout Elaborator) throws(CircuitFault) -> Void
  ) throws(CircuitFault) {
    let outer = flow
    let first = variables.count
    flow.broken = add(.bool, .truth(.known(false)))
    flow.continued = add(.bool, .truth(.known(false)))
    defer { flow = outer }
    try body(&self)
    release(from: first)
  }

  /// Runs one round of a loop; afterwards nothing has been continued.
  mutating func round(
    of body: [StatementSyntax], at place: SourceLocation,
    declaring: (inout Elaborator) throws(CircuitFault) -> Void = { _ in }
  ) throws(CircuitFault) {
    try scoped(at: place) { (inner) throws(CircuitFault) in
      try declaring(&inner)
      try inner.run(body[...])
    }
    if let flag = flow.continued { variables[flag].value = .truth(.known(false)) }
  }

  /// The values that a `for` loop runs over: how many, and each of them.
  private mutating func values(
    of domain: DomainSyntax
  ) throws(CircuitFault) -> (count: Int, value: (Int) -> ClassicalValue) {
    switch domain {
    case .values(let expression):
      let value = try value(of: expression)
      switch value {
      case .array(let array): return (array.extents[0], { array[$0] })
      case .bits(let bits): return (bits.count, { .bits([bits[$0]]) })
      case .truth, .integer, .real, .angle, .symbol, .complex, .duration, .outcomes:
        throw fault(
          .wrongType(found: value.typeName, expected: "a range, a set or an array"),
          at: expression.location)
      }
    case .range(let range):
      guard let first = range.first, let last = range.last else {
        throw fault(
          .unexpected(found: "a range without ends", expected: "both ends"), at: range.location)
      }
      let start = try constant(first, "the range of a 'for' loop")
      let end = try constant(last, "the range of a 'for' loop")
      let step =
        try range.step.map { (step) throws(CircuitFault) in
          try constant(step, "the step of a 'for' loop")
        } ?? 1
      guard step != 0 else {
        throw fault(.unexpected(found: "a step of 0", expected: "another one"), at: range.location)
      }
      let (distance, isTooFar) = end.subtractingReportingOverflow(start)
      let isEmpty = (distance < 0) != (step < 0) && distance != 0
      let rounds = isEmpty ? -1 : step == .min ? 0 : distance / step
      guard !isTooFar, rounds <= options.limits.steps - steps else {
        throw fault(.tooManySteps(limit: options.limits.steps), at: range.location)
      }
      return (max(0, rounds + 1), { .integer(.signed(Int64(start + $0 * step))) })
    }
  }

  /// Runs a `while` loop: round by round as long as its question is known, then as a loop of the circuit.
  private mutating func runWhile(
    _ question: ExpressionSyntax, _ body: [StatementSyntax], at place: SourceLocation
  ) throws(CircuitFault) {
    try refuse("a 'while' loop", inGate: true, inBlock: false, at: place)
    try looping(at: place) { (inner) throws(CircuitFault) in
      while true {
        try inner.step(at: place)
        switch inner.stopped {
        case .known(true): return
        case .asked: return try inner.runLoop(while: question, body, at: place)
        case .known(false): break
        }
        // A question that measures something is worked out anew in the circuit's loop.
        let copy = question.hasEffects ? inner : nil
        switch try inner.truth(of: question) {
        case .known(false): return
        case .known(true): try inner.round(of: body, at: place)
        case .asked:
          if let copy { inner = copy }
          return try inner.runLoop(while: question, body, at: place)
        }
      }
    }
  }

  /// Runs a `switch`.
  private mutating func runChoice(
    _ subject: ExpressionSyntax, _ cases: [ChoiceSyntax], _ otherwise: [StatementSyntax]?,
    at place: SourceLocation
  ) throws(CircuitFault) {
    let value = try value(of: subject)
    var branches: [(truth: Truth, body: [StatementSyntax])] = []
    for choice in cases {
      var truth = Truth.known(false)
      for expression in choice.values {
        try step(at: expression.location)
        let found = try self.value(of: expression)
        guard found.isKnown else {
          throw fault(.dependsOnMeasurement("a 'case'"), at: expression.location)
        }
        let equal = try located(expression.location) { () throws(ValueFault) in
          try ClassicalValue.apply(.equal, value, found)
        }
        if case .truth(let equal) = equal { truth = truth || equal }
      }
      branches.append((truth, choice.body))
    }
    try run(branches[...], otherwise: otherwise ?? [], at: place)
  }

  private mutating func run(
    _ branches: ArraySlice<(truth: Truth, body: [StatementSyntax])>, otherwise: [StatementSyntax],
    at place: SourceLocation
  ) throws(CircuitFault) {
    guard let first = branches.first else {
      return try scoped(at: place) { (inner) throws(CircuitFault) in try inner.run(otherwise[...]) }
    }
    let rest = branches.dropFirst()
    try branch(
      on: first.truth, at: place,
      then: { (inner) throws(CircuitFault) in
        try inner.scoped(at: place) { (inner) throws(CircuitFault) in
          try inner.run(first.body[...])
        }
      },
      otherwise: { (inner) throws(CircuitFault) in
        try inner.run(rest, otherwise: otherwise, at: place)
      })
  }
}
