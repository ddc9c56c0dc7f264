import Circuits

extension Elaborator {
  /// Finds what the name of a gate means.
  func gate(named name: NameSyntax) throws(CircuitFault) -> GateMeaning {
    switch meaning(of: name.text) {
    case .gate(let definition): return .defined(definition)
    case .broken: throw fault(.followsFromOther, at: name.location)
    case .variable, .qubits, .bits, .subroutine, nil: break
    }
    if let gate = GateLibrary.builtIn(dialect)[name.text] { return .known(gate) }
    for library in libraries {
      if let gate = library.gates[name.text] { return .known(gate) }
    }
    let usual = GateLibrary.usual(dialect)
    if libraries.isEmpty, usual.gates[name.text] != nil {
      throw fault(.missingInclude(gate: name.text, file: usual.file), at: name.location)
    }
    let known =
      names { if case .gate = $0 { true } else { false } }
      + GateLibrary.builtIn(dialect).keys + libraries.flatMap(\.gates.keys)
    // What another language calls so, or people do, before what is spelt alike.
    let suggestion =
      GateLibrary.commonName(name.text, known: known)
      ?? NearestName.nearest(to: name.text, among: known)
    throw fault(.unknownGate(Token.clipped(name.text), suggestion: suggestion), at: name.location)
  }

  func parameterCount(_ gate: GateMeaning) -> Int {
    switch gate {
    case .known(let gate): gate.parameterCount
    case .defined(let place): gates[place].syntax.parameters.count
    }
  }

  func qubitCount(_ gate: GateMeaning) -> Int {
    switch gate {
    case .known(let gate): gate.qubitCount
    case .defined(let place): gates[place].syntax.qubits.count
    }
  }

  /// Defines a gate: looks at its body, and keeps it.
  mutating func define(_ gate: GateSyntax) throws(CircuitFault) {
    try refuse("a gate", inGate: true, inBlock: true, at: gate.name.location)
    guard GateLibrary.builtIn(dialect)[gate.name.text] == nil else {
      throw fault(.redefined(Token.clipped(gate.name.text)), at: gate.name.location)
    }
    if let body = gate.body {
      try check(body[...], of: gate, names: Set(gate.parameters.map(\.text)))
    }
    gates.append(GateDefinition(syntax: gate, source: source))
    let place = gates.count - 1
    try declare(gate.name, .gate(place))
    if gate.body != nil { gates[place].known = catalogueGate(place) }
    let hasInclude = libraries.contains {
      $0.gates[gate.name.text] != nil && $0.includes(gate.name.text)
    }
    if gates[place].known == nil, hasInclude {
      note(
        "the file's own gate '\(gate.name.text)' is used, which differs from the one that it includes",
        at: gate.name.location)
    }
  }

  /// Checks the names and the counts in the body of a gate, called or not.
  private func check(
    _ body: ArraySlice<StatementSyntax>, of gate: GateSyntax, names: Set<String>
  ) throws(CircuitFault) {
    let qubits = Set(gate.qubits.map(\.text))
    for statement in body {
      switch statement.kind {
      case .application(let application):
        let meaning = try self.gate(named: application.name)
        let expected = parameterCount(meaning)
        guard application.parameters.count == expected else {
          throw fault(
            .parameterCount(
              gate: application.name.text, found: application.parameters.count, expected: expected),
            at: application.name.location)
        }
        for parameter in application.parameters { try check(parameter, names) }
        try check(application.operands, among: qubits)
        if application.modifiers.isEmpty, application.operands.count != qubitCount(meaning) {
          throw fault(
            .qubitCount(
              gate: application.name.text, found: application.operands.count,
              expected: qubitCount(meaning)), at: application.name.location)
        }
      case .barrier(let operands): try check(operands, among: qubits)
      case .forLoop(_, let name, _, let body):
        try check(body[...], of: gate, names: names.union([name.text]))
      case .expression, .nothing, .pragma: break
      case .include, .qubits, .variable, .port, .alias, .gate, .subroutine, .measurement,
        .assignment, .reset, .delay, .box, .condition, .whileLoop, .choice, .breakLoop,
        .continueLoop, .giveBack, .end, .unsupported:
        throw fault(
          .unexpected(found: "a statement that is no gate", expected: "gates, in a gate"),
          at: statement.location)
      }
    }
  }

  /// Checks that the names in an expression are parameters, constants or functions.
  private func check(
    _ expression: ExpressionSyntax, _ parameters: Set<String>
  ) throws(CircuitFault) {
    if case .name(let name) = expression.kind, !parameters.contains(name), !isKnown(name),
      !Self.constants.contains(name)
    {
      throw fault(
        .unknownName(
          Token.clipped(name),
          suggestion: NearestName.nearest(to: name, among: Array(parameters) + ["pi"])),
        at: expression.location)
    }
    for part in expression.parts { try check(part, parameters) }
  }

  private func isKnown(_ name: String) -> Bool {
    if case .variable = meaning(of: name) { true } else { false }
  }

  private static let constants: Set<String> = ["pi", "π", "tau", "τ", "euler", "ℇ"]

  private func check(
    _ operands: [ExpressionSyntax], among qubits: Set<String>
  ) throws(CircuitFault) {
    var known: Set<String> = []
    for operand in operands {
      guard case .name(let name) = operand.kind, qubits.contains(name) else {
        throw fault(
          .unknownQubit(
            Token.clipped(operand.text),
            suggestion: NearestName.nearest(to: operand.text, among: qubits)), at: operand.location)
      }
      guard known.insert(name).inserted else {
        throw fault(.repeatedQubit("'\(Token.clipped(name))'"), at: operand.location)
      }
    }
  }

  /// What a gate of the file comes to at parameters: instructions on its own qubits 0, 1, ...
  mutating func expansion(
    of place: Int, _ parameters: [ClassicalValue], at call: SourceLocation
  ) throws(CircuitFault) -> [Instruction] {
    if let found = gates[place].expansions[parameters] { return found }
    let definition = gates[place]
    guard let body = definition.syntax.body else {
      throw fault(.opaque(Token.clipped(definition.syntax.name.text)), at: call)
    }
    let outer = (source, isInGate, instructionCount, variables.count)
    source = definition.source
    isInGate = true
    defer { (source, isInGate, instructionCount) = (outer.0, outer.1, outer.2) }
    instructionCount = 0
    let instructions = try gathering { (inner) throws(CircuitFault) in
      try inner.scoped(isClosed: true, at: call) { (inner) throws(CircuitFault) in
        for (name, value) in zip(definition.syntax.parameters, parameters) {
          try inner.declare(
            name, .variable(inner.add(.float(width: 64), value, isConstant: true)))
        }
        for (qubit, name) in definition.syntax.qubits.enumerated() {
          try inner.declare(name, .qubits([qubit], isSingle: true))
        }
        try inner.run(body[...])
      }
    }
    if gates[place].expansions.count < GateDefinition.expansionLimit,
      keptCount + instructions.count <= GateDefinition.keptLimit
    {
      keptCount += instructions.count
      gates[place].expansions[parameters] = instructions
    }
    return instructions
  }
}
