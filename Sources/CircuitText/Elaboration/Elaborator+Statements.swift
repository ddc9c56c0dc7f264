import Circuits

extension Elaborator {
  /// Runs one statement.
  mutating func run(_ statement: StatementSyntax) throws(CircuitFault) {
    let place = statement.location
    try step(at: place)
    let taken = takenBits.count
    defer { releaseTaken(from: taken) }
    if !statement.annotations.isEmpty, branchDepth == 0 {
      annotations += statement.annotations.map {
        CircuitAnnotation(text: $0, place: instructions.count)
      }
    }
    switch statement.kind {
    case .include:
      throw fault(
        .unexpected(found: "'include' in a block", expected: "it outside of all blocks"), at: place)
    case .qubits(let name, let size): try declareQubits(name, size: size)
    case .variable(let type, let name, let value, let isConstant):
      try declareVariable(type, name, value: value, isConstant: isConstant)
    case .port(let type, let name, let isInput): try declarePort(type, name, isInput: isInput)
    case .alias(let name, let value): try declareAlias(name, value)
    case .gate(let gate): try define(gate)
    case .subroutine(let subroutine):
      try refuse("a subroutine", inGate: true, inBlock: true, at: place)
      subroutines.append(Subroutine(syntax: subroutine, source: source))
      try declare(subroutine.name, .subroutine(subroutines.count - 1))
    case .application(let application): try apply(application)
    case .measurement(let source, let target): try runMeasurement(source, target, at: place)
    case .assignment(let target, let operation, let value):
      try assign(value, to: target, operation: operation, at: place)
    case .reset(let operand):
      try refuse("a reset", inGate: true, inBlock: false, at: place)
      for qubit in try differentQubits(of: [operand]) { try emit(.reset(qubit), at: place) }
    case .barrier(let operands):
      let qubits =
        operands.isEmpty ? Array(0..<qubitCount) : try differentQubits(of: operands)
      try emit(.barrier(qubits), at: place)
    case .delay(let time, let operands):
      let value = try value(of: time)
      guard case .duration = value else {
        throw fault(.wrongType(found: value.typeName, expected: "duration"), at: time.location)
      }
      _ = try differentQubits(of: operands)
      note("'delay' has no effect here: circuits have no clock", at: place)
    case .box(let body):
      try scoped(at: place) { (inner) throws(CircuitFault) in try inner.run(body[...]) }
    case .condition(let question, let then, let otherwise):
      try runCondition(question, then, otherwise, at: place)
    case .forLoop, .whileLoop, .choice, .breakLoop, .continueLoop, .giveBack, .end:
      try runControl(statement)
    case .expression(let expression):
      if case .call(let name, let arguments) = expression.kind {
        try runCall(name, arguments, at: place)
      } else {
        _ = try value(of: expression)
      }
    case .pragma(let text): pragmas.append(text)
    case .unsupported(let what, _): throw fault(.notSupported(what), at: place)
    case .nothing: break
    }
  }

  private mutating func runMeasurement(
    _ source: ExpressionSyntax, _ target: ExpressionSyntax?, at place: SourceLocation
  ) throws(CircuitFault) {
    guard let target else {
      _ = try measured(source, at: place)
      return
    }
    guard let bits = try bitPlaces(of: target) else {
      if case .name(let name) = target.kind, isOutside(name) {
        throw fault(.outside(Token.clipped(name)), at: target.location)
      }
      let known = names {
        if case .variable(let place) = $0, case .bit = variables[place].type { true } else { false }
      }
      throw fault(
        .unknownRegister(
          Token.clipped(target.text), isQuantum: false,
          suggestion: NearestName.nearest(to: target.text, among: known)), at: target.location)
    }
    try measure(source, into: bits.places, at: place, target: target.location)
  }

  private mutating func runCondition(
    _ question: ExpressionSyntax, _ then: [StatementSyntax], _ otherwise: [StatementSyntax],
    at place: SourceLocation
  ) throws(CircuitFault) {
    if dialect == .two, case .chain(let register, _) = question.kind,
      try bitPlaces(of: register) == nil
    {
      let known = names { if case .variable = $0 { true } else { false } }
      throw fault(
        .unknownRegister(
          Token.clipped(register.text), isQuantum: false,
          suggestion: NearestName.nearest(to: register.text, among: known)), at: register.location)
    }
    let truth = try truth(of: question)
    try branch(
      on: truth, at: place,
      then: { (inner) throws(CircuitFault) in
        try inner.scoped(at: place) { (inner) throws(CircuitFault) in try inner.run(then[...]) }
      },
      otherwise: { (inner) throws(CircuitFault) in
        try inner.scoped(at: place) { (inner) throws(CircuitFault) in
          try inner.run(otherwise[...])
        }
      })
  }

  /// Runs a call whose value, if there is one, is not wanted; a gate without qubits looks like one.
  private mutating func runCall(
    _ name: String, _ arguments: [ExpressionSyntax], at place: SourceLocation
  ) throws(CircuitFault) {
    if case .subroutine(let subroutine) = meaning(of: name) {
      _ = try run(subroutine, arguments, at: place)
      return
    }
    if BuiltInFunction(rawValue: name) != nil {
      _ = try values(of: arguments)
      return
    }
    try apply(
      ApplicationSyntax(
        modifiers: [], name: NameSyntax(text: name, location: place), parameters: arguments,
        operands: []))
  }
}
