import Circuits

extension Elaborator {
  /// Whether the program goes on: it has not come to an end for certain.
  var isRunning: Bool { variables[flow.end].value != .truth(.known(true)) }

  /// Makes the gates of a library known.
  mutating func include(_ library: GateLibrary) {
    guard !libraries.contains(where: { $0.file == library.file }) else { return }
    libraries.append(library)
    let outside = (scopes, source, dialect)
    defer { (source, dialect) = (outside.1, outside.2) }
    // The definitions of a library are tested to be free of faults.
    scopes = [outside.0[0]]
    source = SourceText(Array(library.definitions.utf8), file: library.file)
    dialect = .two
    do throws(CircuitFault) {
      var parser = try SyntaxParser(source, dialect: .two)
      while parser.token.kind != .end {
        if case .gate(let gate) = try parser.statement().kind { try addLibrary(gate) }
      }
    } catch {
      note("\(error)", at: error.location)
    }
    scopes = [scopes[0]] + outside.0.dropFirst()
  }

  private mutating func addLibrary(_ gate: GateSyntax) throws(CircuitFault) {
    guard scopes[0].meanings[gate.name.text] == nil else { return }
    gates.append(GateDefinition(syntax: gate, source: source))
    try declare(gate.name, .gate(gates.count - 1))
  }

  /// Runs a statement that stands outside of all blocks.
  mutating func runOutermost(_ statement: StatementSyntax) throws(CircuitFault) {
    try checkNames(in: statement)
    try run([statement][...])
  }

  /// Marks names whose declaration is at fault, so that their use is not reported again.
  mutating func forget(_ names: [String]) {
    scopes.removeLast(scopes.count - 2)
    pending = []
    for name in names where scopes[1].meanings[name] == nil {
      scopes[1].meanings[name] = .broken
    }
  }

  /// Measures all qubits in the end, in a file that measures and declares no bits: outcomes are those of its qubits.
  private mutating func measureAll(at place: SourceLocation) throws(CircuitFault) {
    // What is measured last into bits of no register is measured here again.
    let finals = Set(finalMeasurements)
    annotations = annotations.map { annotation in
      CircuitAnnotation(
        text: annotation.text,
        place: annotation.place - finals.count { $0 < annotation.place })
    }
    instructions = instructions.enumerated().filter { !finals.contains($0.offset) }.map(\.element)
    let first = try newBits(qubitCount, at: place)
    for qubit in 0..<qubitCount { try emit(.measure(qubit: qubit, bit: first + qubit), at: place) }
    registers = [
      (ClassicalRegister(name: "qubits", bits: first..<(first + qubitCount)), isOutput: false)
    ]
    note(
      "no bits are declared: all qubits are measured in the end, into the register 'qubits'",
      at: place)
  }

  /// The places of measurements behind which nothing is done to their qubit and nobody reads their bit.
  private var finalMeasurements: [Int] {
    var (qubits, bits): (Set<Int>, Set<Int>) = ([], [])
    var places: [Int] = []
    for (place, entry) in instructions.enumerated().reversed() {
      if case .barrier = entry.instruction { continue }
      if case .measure(let qubit, let bit) = entry.instruction, !qubits.contains(qubit),
        !bits.contains(bit)
      {
        places.append(place)
      }
      qubits.formUnion(entry.instruction.qubits)
      bits.formUnion(entry.instruction.bits)
    }
    return places
  }

  /// Puts the phase of the whole circuit in front, where it stands behind no measurement: languages without phases
  /// write it as gates on a qubit.
  private mutating func emitPhaseFirst(at place: SourceLocation) throws(CircuitFault) {
    try emit(.gate(GateApplication(.gphase, angles: [phase], on: [])), at: place)
    instructions.insert(instructions.removeLast(), at: 0)
    annotations = annotations.map { CircuitAnnotation(text: $0.text, place: $0.place + 1) }
  }

  /// The circuit, and what the file says besides.
  mutating func document() throws(CircuitFault) -> CircuitDocument {
    let end = SourceLocation(line: 1, column: 1)
    for name in options.values.keys.sorted() where !usedValues.contains(name) {
      throw fault(
        .unknownInput(name, suggestion: NearestName.nearest(to: name, among: usedValues)), at: end)
    }
    if phase != 0 { try emitPhaseFirst(at: end) }
    if registers.isEmpty, bitCount > 0, qubitCount > 0 { try measureAll(at: end) }
    var circuit = Circuit(qubits: qubitCount, bits: bitCount)
    let shown = registers.filter { $0.isOutput || !hasOutputs }.map(\.register)
    // One register called c is what a circuit has without any.
    let isPlain = shown.count == 1 && shown[0].name == "c" && shown[0].bits == 0..<bitCount
    for register in isPlain ? [] : shown {
      try checkedCircuit(end) { () throws(CircuitError) in try circuit.declare(checking: register) }
    }
    for (instruction, place) in instructions {
      try checkedCircuit(place) { () throws(CircuitError) in
        try circuit.append(checking: instruction)
      }
    }
    circuit.reserveWeights(parameterNames.count)
    return CircuitDocument(
      language: dialect == .two ? .openQASM2 : .openQASM3, circuit: circuit,
      parameterNames: parameterNames,
      qubitRegisters: qubitRegisters.map { QubitRegister(name: $0.name, size: $0.qubits.count) },
      notes: notes, pragmas: pragmas, annotations: annotations)
  }
}

extension StatementSyntax {
  /// The name that the statement declares, if it declares one.
  var declaredNames: [String] {
    switch kind {
    case .qubits(let name, _), .variable(_, let name, _, _), .port(_, let name, _),
      .alias(let name, _):
      [name.text]
    case .gate(let gate): [gate.name.text]
    case .subroutine(let subroutine): [subroutine.name.text]
    case .unsupported(_, let name?): [name]
    case .include, .application, .measurement, .assignment, .reset, .barrier, .delay, .box,
      .condition, .forLoop, .whileLoop, .choice, .breakLoop, .continueLoop, .giveBack, .end,
      .expression, .pragma, .unsupported, .nothing:
      []
    }
  }
}
