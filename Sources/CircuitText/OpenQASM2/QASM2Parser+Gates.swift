import Circuits

extension QASM2Parser {
  /// How deeply definitions of gates may stand in definitions.
  static let definitionDepthLimit = 128

  /// Finds what the name of a gate means.
  private mutating func gate(named name: QASM2Token) throws(CircuitParseError) -> QASM2Gate {
    if let gate = gates[name.text] { return gate }
    if let gate = QASM2Names.qelib1[name.text] {
      guard hasLibrary else { throw missingLibrary(name) }
      return gate
    }
    if let prelude = Self.preludeDefinition(name.text) {
      guard hasLibrary else { throw missingLibrary(name) }
      definitions.append(prelude)
      gates[name.text] = .defined(definitions.count - 1)
      return .defined(definitions.count - 1)
    }
    let names = Set(gates.keys).union(hasLibrary ? Set(QASM2Names.qelib1.keys) : [])
    throw fault(
      .unknownGate(
        QASM2Token.clipped(name.text),
        suggestion: NearestName.nearest(to: name.text, among: names)),
      at: name.location)
  }

  private func missingLibrary(_ name: QASM2Token) -> CircuitParseError {
    fault(.missingInclude(gate: name.text, file: "qelib1.inc"), at: name.location)
  }

  /// A gate that is read as a definition, from the text that defines it.
  private static func preludeDefinition(_ name: String) -> QASM2Definition? {
    guard QASM2Names.prelude.contains("gate \(name) ") else { return nil }
    let text = "OPENQASM 2.0; include \"qelib1.inc\"; " + QASM2Names.prelude
    do throws(CircuitParseError) {
      var parser = try QASM2Parser(Array(text.utf8), file: "qelib1.inc", instructionLimit: 0)
      _ = try parser.circuit()
      return parser.definitions.first { $0.name == name }
    } catch {
      return nil
    }
  }

  private func parameterCount(_ gate: QASM2Gate) -> Int {
    switch gate {
    case .known(_, _, _, let count): count
    case .defined(let place): definitions[place].parameterCount
    }
  }

  private func qubitCount(_ gate: QASM2Gate) -> Int {
    switch gate {
    case .known(let gate, let controls, _, _): gate.qubitCount + controls
    case .defined(let place): definitions[place].qubitCount
    }
  }

  /// Parses the name of a gate and its parameters.
  private mutating func call(parameters: [String: Int]) throws(CircuitParseError) -> (
    gate: QASM2Gate, name: QASM2Token, parameters: [(QASM2Expression, SourceLocation)]
  ) {
    let name = try name("a statement")
    let gate = try gate(named: name)
    let list = try expressions(parameters: parameters)
    let expected = parameterCount(gate)
    guard list.count == expected else {
      throw fault(
        .parameterCount(gate: name.text, found: list.count, expected: expected), at: name.location)
    }
    return (gate, name, list)
  }

  /// Parses a gate outside of definitions, for each element of the registers that it names.
  mutating func application() throws(CircuitParseError) {
    let (gate, name, expressions) = try call(parameters: [:])
    var operands: [QASM2Operand] = []
    repeat {
      operands.append(try operand(isQuantum: true))
    } while try take(",")
    try expect(";", "',' or ';'")
    let expected = qubitCount(gate)
    guard operands.count == expected else {
      throw fault(
        .qubitCount(gate: name.text, found: operands.count, expected: expected), at: name.location)
    }
    let wholes = operands.filter(\.isWhole)
    let rounds = wholes.first?.count ?? 1
    if let other = wholes.first(where: { $0.count != rounds }) {
      throw fault(.sizesDiffer(found: other.count, expected: rounds), at: other.location)
    }
    let values = try values(of: expressions, parameters: [])
    for round in 0..<rounds {
      let qubits = operands.map { $0.isWhole ? $0.first + round : $0.first }
      for (place, qubit) in qubits.enumerated() where qubits[..<place].contains(qubit) {
        throw fault(
          .repeatedQubit(element(qubit, isQuantum: true)), at: operands[place].location)
      }
      try expand(gate, values: values, qubits: qubits, at: name.location)
    }
  }

  private func values(
    of expressions: [(QASM2Expression, SourceLocation)], parameters: [Double],
    at call: SourceLocation? = nil
  ) throws(CircuitParseError) -> [Double] {
    var values: [Double] = []
    for (expression, place) in expressions {
      guard let value = expression.value(parameters: parameters) else {
        throw fault(.notFinite, at: call ?? place)
      }
      values.append(value)
    }
    return values
  }

  /// Adds a gate on qubits, expanding its definition; the depth is limited where it is defined.
  private mutating func expand(
    _ gate: QASM2Gate, values: [Double], qubits: [Int], at place: SourceLocation
  ) throws(CircuitParseError) {
    switch gate {
    case .known(let gate, let count, let angles, _):
      let application: GateApplication
      do throws(CircuitError) {
        application = try GateApplication(
          checking: gate,
          angles: angles.map { Angle($0.value(weights: values, inputs: [])) },
          on: Array(qubits.dropFirst(count)), controls: qubits.prefix(count).map { Control($0) })
      } catch {
        throw fault(.circuit(error), at: place)
      }
      try emit(.gate(application), at: place)
    case .defined(let index):
      let definition = definitions[index]
      // Known before it is run: definitions that double each other would never end.
      guard definition.size <= 8 * instructionLimit - min(steps, 8 * instructionLimit) else {
        throw fault(.tooManyInstructions(limit: instructionLimit), at: place)
      }
      for call in definition.calls {
        steps += 1
        switch call {
        case .barrier(let places): try emit(.barrier(places.map { qubits[$0] }), at: place)
        case .gate(let gate, let parameters, let places):
          let inner = try self.values(of: parameters, parameters: values, at: place)
          try expand(gate, values: inner, qubits: places.map { qubits[$0] }, at: place)
        }
      }
    }
  }

  /// Parses `gate name(parameters) qubits { calls }`.
  mutating func definition() throws(CircuitParseError) {
    try advance()
    let name = try name("the name of a gate")
    guard definedNames.insert(name.text).inserted, name.text != "U", name.text != "CX" else {
      throw fault(.redefined(QASM2Token.clipped(name.text)), at: name.location)
    }
    var parameters: [String: Int] = [:]
    if try take("("), try !take(")") {
      parameters = try names("the name of a parameter")
      try expect(")", "',' or ')'")
    }
    let qubits = try names("the name of a qubit")
    try expect("{", "',' or '{'")
    var calls: [QASM2Definition.Call] = []
    while try !take("}") {
      calls.append(try definedCall(parameters: parameters, qubits: qubits))
    }
    let inner = calls.compactMap { call -> QASM2Definition? in
      guard case .gate(.defined(let place), _, _) = call else { return nil }
      return definitions[place]
    }
    let depth = 1 + (inner.map(\.depth).max() ?? 0)
    guard depth <= Self.definitionDepthLimit else {
      throw fault(.nestedTooDeeply(limit: Self.definitionDepthLimit), at: name.location)
    }
    let size = inner.reduce(calls.count) { sum, definition in
      let (next, overflow) = sum.addingReportingOverflow(definition.size)
      return overflow ? .max : next
    }
    definitions.append(
      QASM2Definition(
        name: name.text, parameterCount: parameters.count, qubitCount: qubits.count, calls: calls,
        size: size, depth: depth))
    gates[name.text] = .defined(definitions.count - 1)
  }

  /// Parses names, all different, with commas between them, and gives the place of each.
  private mutating func names(_ expected: String) throws(CircuitParseError) -> [String: Int] {
    var places: [String: Int] = [:]
    repeat {
      let name = try name(expected)
      guard places.updateValue(places.count, forKey: name.text) == nil else {
        throw fault(.redefined(QASM2Token.clipped(name.text)), at: name.location)
      }
    } while try take(",")
    return places
  }

  /// Parses a call or a barrier between the braces of a definition.
  private mutating func definedCall(
    parameters: [String: Int], qubits: [String: Int]
  ) throws(CircuitParseError) -> QASM2Definition.Call {
    if token.isWord("barrier") {
      try advance()
      return .barrier(try definedQubits(among: qubits))
    }
    let (gate, name, list) = try call(parameters: parameters)
    let places = try definedQubits(among: qubits)
    let expected = qubitCount(gate)
    guard places.count == expected else {
      throw fault(
        .qubitCount(gate: name.text, found: places.count, expected: expected), at: name.location)
    }
    return .gate(gate, parameters: list, qubits: places)
  }

  /// Parses the qubits of a call between the braces of a definition, and the semicolon.
  private mutating func definedQubits(
    among qubits: [String: Int]
  ) throws(CircuitParseError) -> [Int] {
    var places: [Int] = []
    var known: Set<Int> = []
    repeat {
      let name = try name("the name of a qubit")
      guard let place = qubits[name.text] else {
        let suggestion = NearestName.nearest(to: name.text, among: qubits.keys)
        throw fault(
          .unknownQubit(QASM2Token.clipped(name.text), suggestion: suggestion), at: name.location)
      }
      guard known.insert(place).inserted else {
        throw fault(.repeatedQubit("'\(QASM2Token.clipped(name.text))'"), at: name.location)
      }
      places.append(place)
    } while try take(",")
    try expect(";", "',' or ';'")
    return places
  }
}
