import Circuits

extension Elaborator {
  /// Runs a gate, for each element of the registers that it names.
  mutating func apply(_ application: ApplicationSyntax) throws(CircuitFault) {
    let name = application.name
    try step(at: name.location)
    let gate = try gate(named: name)
    let parameters = try parameters(of: application, expected: parameterCount(gate))
    let modifiers = try modifiers(of: application)
    let controls = modifiers.reduce(0) { sum, modifier in
      if case .control(let count, _) = modifier { sum + count } else { sum }
    }
    var operands: [QubitOperand] = []
    for operand in application.operands { operands.append(try qubits(of: operand)) }
    let expected = qubitCount(gate) + controls
    // PennyLane names qubits behind a global phase, on which it does not depend.
    if dialect == .two, expected == 0 { operands = [] }
    guard operands.count == expected else {
      let prefix = controls == 0 ? "" : controls == 1 ? "ctrl @ " : "ctrl(\(controls)) @ "
      throw fault(
        .qubitCount(gate: prefix + name.text, found: operands.count, expected: expected),
        at: name.location)
    }
    let wholes = operands.filter { !$0.isSingle }
    let rounds = wholes.first?.qubits.count ?? 1
    if let other = wholes.first(where: { $0.qubits.count != rounds }) {
      throw fault(.sizesDiffer(found: other.qubits.count, expected: rounds), at: other.location)
    }
    for round in 0..<rounds {
      let qubits = operands.map { $0.isSingle ? $0.qubits[0] : $0.qubits[round] }
      for (place, qubit) in qubits.enumerated() where qubits[..<place].contains(qubit) {
        throw fault(.repeatedQubit(text(ofQubit: qubit)), at: operands[place].location)
      }
      try apply(gate, modifiers, parameters, to: qubits, at: name.location)
    }
  }

  private mutating func parameters(
    of application: ApplicationSyntax, expected: Int
  ) throws(CircuitFault) -> [ClassicalValue] {
    guard application.parameters.count == expected else {
      throw fault(
        .parameterCount(
          gate: application.name.text, found: application.parameters.count, expected: expected),
        at: application.name.location)
    }
    let values = try values(of: application.parameters)
    var numbers: [ClassicalValue] = []
    for (value, expression) in zip(values, application.parameters) {
      numbers.append(
        try located(expression.location) { () throws(ValueFault) in
          try ClassicalValue.lifted([value]) { (values) throws(ValueFault) in
            let angle = try values[0].angle()
            return angle.constantValue.map { .real($0) } ?? .symbol(angle)
          }
        })
    }
    return numbers
  }

  /// Runs a gate on qubits; where its parameters depend on measurements, one for each value that they can have.
  private mutating func apply(
    _ gate: GateMeaning, _ modifiers: [GateModifier], _ parameters: [ClassicalValue],
    to qubits: [Int], at place: SourceLocation
  ) throws(CircuitFault) {
    if parameters.allSatisfy(\.isKnown) {
      return try applyKnown(gate, modifiers, parameters, to: qubits, at: place)
    }
    let values = ClassicalValue.array(
      ArrayValue(extents: [parameters.count], elements: parameters, type: .float(width: 64)))
    let table = try located(place) { () throws(ValueFault) in
      try ClassicalValue.lifted([values]) { (values) throws(ValueFault) in values[0] }
    }
    guard case .outcomes(let table) = table else {
      guard case .array(let array) = table else { return }
      return try applyKnown(gate, modifiers, array.elements, to: qubits, at: place)
    }
    var distinct: [ClassicalValue] = []
    for row in table.rows where !distinct.contains(row) { distinct.append(row) }
    for row in distinct {
      try step(table.rows.count, at: place)
      guard case .array(let array) = row,
        case .truth(let question) = ClassicalValue.table(
          table.bits, table.rows.map { .truth(.known($0 == row)) })
      else { continue }
      try branch(on: question, at: place) { (inner) throws(CircuitFault) in
        try inner.applyKnown(gate, modifiers, array.elements, to: qubits, at: place)
      }
    }
  }

  private mutating func applyKnown(
    _ gate: GateMeaning, _ modifiers: [GateModifier], _ parameters: [ClassicalValue],
    to qubits: [Int], at place: SourceLocation
  ) throws(CircuitFault) {
    if modifiers.isEmpty, let library = libraryGate(gate) {
      let angles = try angles(library, parameters, at: place)
      let application = try checkedCircuit(place) { () throws(CircuitError) in
        try GateApplication(
          checking: library.gate, angles: angles.gate,
          on: Array(qubits.dropFirst(library.controls)),
          controls: qubits.prefix(library.controls).map { Control($0) })
      }
      try emit(.gate(application), at: place)
      return try emitPhase(angles.phase, at: place)
    }
    let local = try locals(gate, parameters, at: place)
    let modified = try checkedCircuit(place) { () throws(CircuitError) in
      try GateModifier.apply(modifiers, to: local, limit: options.limits.instructions)
    }
    guard let modified else {
      throw fault(.tooManyInstructions(limit: options.limits.instructions), at: place)
    }
    // Instructions that are at hand already cost less than those that are worked out.
    try step(modified.count / 16, at: place)
    for instruction in modified {
      if !isInGate, case .gate(let application) = instruction, application.touchedQubits.isEmpty,
        qubitCount(gate) == 0
      {
        // A phase that the file names is one of the circuit's instructions.
        try emit(instruction, at: place)
      } else if !isInGate, case .gate(let application) = instruction,
        application.touchedQubits.isEmpty, let angle = application.lowered().first?.angle
      {
        try emitPhase(angle, at: place)
      } else {
        try emit(instruction.placed(on: qubits), at: place)
      }
    }
  }

  /// The gate of a library that a name means.
  private func libraryGate(_ gate: GateMeaning) -> LibraryGate? {
    switch gate {
    case .known(let gate): gate
    case .defined(let place): gates[place].known.map { LibraryGate($0) }
    }
  }

  private func angles(
    _ library: LibraryGate, _ parameters: [ClassicalValue], at place: SourceLocation
  ) throws(CircuitFault) -> (gate: [Angle], phase: Angle) {
    let values = try located(place) { () throws(ValueFault) in
      var values: [Angle] = []
      for parameter in parameters { values.append(try parameter.angle()) }
      return values
    }
    return (
      library.angles.map { $0.substituting(weight: { values[$0] }) },
      library.phase.substituting(weight: { values[$0] })
    )
  }

  /// A gate as instructions on qubits 0, 1, ...
  private mutating func locals(
    _ gate: GateMeaning, _ parameters: [ClassicalValue], at place: SourceLocation
  ) throws(CircuitFault) -> [Instruction] {
    guard let library = libraryGate(gate) else {
      guard case .defined(let definition) = gate else { return [] }
      return try expansion(of: definition, parameters, at: place)
    }
    let angles = try angles(library, parameters, at: place)
    let application = try checkedCircuit(place) { () throws(CircuitError) in
      try GateApplication(
        checking: library.gate, angles: angles.gate,
        on: Array(library.controls..<library.qubitCount),
        controls: (0..<library.controls).map { Control($0) })
    }
    if angles.phase == 0 { return [.gate(application)] }
    return [
      .gate(application), .gate(GateApplication(.gphase, angles: [angles.phase], on: [])),
    ]
  }

  /// Takes a global phase.
  ///
  /// Inside of gates it is an instruction, since they may be controlled; outside it goes into one phase of the whole
  /// circuit. On a condition it would change nothing that can be seen.
  private mutating func emitPhase(
    _ angle: Angle, at place: SourceLocation
  ) throws(CircuitFault) {
    guard angle != 0 else { return }
    if isInGate {
      try emit(.gate(GateApplication(.gphase, angles: [angle], on: [])), at: place)
    } else if branchDepth == 0 {
      phase = phase + angle
      guard phase.terms.count <= ReadingLimits.terms else {
        throw fault(.tooManyTerms(limit: ReadingLimits.terms), at: place)
      }
    }
  }

  private mutating func modifiers(
    of application: ApplicationSyntax
  ) throws(CircuitFault) -> [GateModifier] {
    var modifiers: [GateModifier] = []
    for modifier in application.modifiers {
      switch modifier {
      case .inverse: modifiers.append(.inverse)
      case .power(let expression):
        let value = try value(of: expression)
        guard value.isKnown else {
          throw fault(.dependsOnMeasurement("a power"), at: expression.location)
        }
        modifiers.append(
          .power(
            try located(expression.location) { () throws(ValueFault) in try value.realNumber() }))
      case .control(let count, let state):
        let number = try count.map { (count) throws(CircuitFault) in
          try constant(count, "the number of controls")
        }
        guard 1...PauliString.qubitLimit ~= number ?? 1 else {
          throw fault(
            .unexpected(
              found: "\(number ?? 1) controls", expected: "1 to \(PauliString.qubitLimit)"),
            at: count?.location ?? application.name.location)
        }
        modifiers.append(.control(number ?? 1, state: state))
      }
    }
    return modifiers
  }
}
