/// Names in statements that may never be run: bodies of subroutines that nobody calls, branches that are not taken.
extension Elaborator {
  /// Checks that every name in a statement with blocks is known, whether its blocks are run or not.
  ///
  /// A name counts as known where the file has declared it before or the statement itself declares it anywhere; whether
  /// it is seen at its place is found out when that is run.
  func checkNames(in statement: StatementSyntax) throws(CircuitFault) {
    guard dialect == .three else { return }
    var check = NameCheck()
    switch statement.kind {
    case .subroutine(let subroutine):
      check.declared.insert(subroutine.name.text)
      for argument in subroutine.arguments { check.declared.insert(argument.name.text) }
      check.declare(subroutine.body)
      try check.names(in: subroutine.body, of: self)
    case .box, .condition, .forLoop, .whileLoop, .choice:
      check.declare([statement])
      try check.names(in: [statement], of: self)
    case .include, .qubits, .variable, .port, .alias, .gate, .application, .measurement,
      .assignment, .reset, .barrier, .delay, .breakLoop, .continueLoop, .giveBack, .end,
      .expression, .pragma, .unsupported, .nothing:
      break
    }
  }
}

/// Looks for names that nothing declares.
private struct NameCheck {
  /// What the statement declares.
  var declared: Set<String> = []

  /// Gathers what statements declare, in blocks too.
  mutating func declare(_ statements: [StatementSyntax]) {
    for statement in statements {
      declared.formUnion(statement.declaredNames)
      if case .forLoop(_, let name, _, _) = statement.kind { declared.insert(name.text) }
      for block in statement.blocks { declare(block) }
    }
  }

  func names(
    in statements: [StatementSyntax], of elaborator: Elaborator
  ) throws(CircuitFault) {
    for statement in statements {
      switch statement.kind {
      case .application(let application):
        if !declared.contains(application.name.text) {
          _ = try elaborator.gate(named: application.name)
        }
        for operand in application.operands { try qubits(operand, of: elaborator) }
        for parameter in application.parameters { try names(in: parameter, of: elaborator) }
      case .reset(let operand): try qubits(operand, of: elaborator)
      case .measurement(let source, _): try qubits(source, of: elaborator)
      case .barrier(let operands), .delay(_, let operands):
        for operand in operands { try qubits(operand, of: elaborator) }
      // What looks like a call may be a gate without qubits.
      case .expression(let expression):
        for part in expression.parts { try names(in: part, of: elaborator) }
      default:
        for expression in statement.expressions { try names(in: expression, of: elaborator) }
      }
      for block in statement.blocks { try names(in: block, of: elaborator) }
    }
  }

  private func isKnown(_ name: String, of elaborator: Elaborator) -> Bool {
    declared.contains(name) || elaborator.scopes.contains { $0.meanings[name] != nil }
      || ["pi", "π", "tau", "τ", "euler", "ℇ"].contains(name)
  }

  /// Operands that are qubits.
  private func qubits(
    _ operand: ExpressionSyntax, of elaborator: Elaborator
  ) throws(CircuitFault) {
    switch operand.kind {
    case .name(let name):
      guard !isKnown(name, of: elaborator) else { return }
      let known = elaborator.names { if case .qubits = $0 { true } else { false } }
      throw elaborator.fault(
        .unknownRegister(
          Token.clipped(name), isQuantum: true,
          suggestion: NearestName.nearest(to: name, among: known)), at: operand.location)
    case .subscripted(let base, _): try qubits(base, of: elaborator)
    default: return
    }
  }

  private func names(
    in expression: ExpressionSyntax, of elaborator: Elaborator
  ) throws(CircuitFault) {
    switch expression.kind {
    case .name(let name) where !isKnown(name, of: elaborator):
      let known = elaborator.names { if case .variable = $0 { true } else { false } }
      throw elaborator.fault(
        .unknownName(
          Token.clipped(name), suggestion: NearestName.nearest(to: name, among: known + declared)),
        at: expression.location)
    case .call(let name, _)
    where !isKnown(name, of: elaborator) && BuiltInFunction(rawValue: name) == nil:
      let known = elaborator.names { if case .subroutine = $0 { true } else { false } }
      throw elaborator.fault(
        .unknownFunction(
          Token.clipped(name),
          suggestion: NearestName.nearest(
            to: name, among: known + BuiltInFunction.allCases.map(\.rawValue))),
        at: expression.location)
    case .measurement(let operand): try qubits(operand, of: elaborator)
    default: break
    }
    for part in expression.parts { try names(in: part, of: elaborator) }
  }
}

extension StatementSyntax {
  /// The statements in the blocks of this one, of definitions not.
  fileprivate var blocks: [[StatementSyntax]] {
    switch kind {
    case .box(let body), .forLoop(_, _, _, let body), .whileLoop(_, let body): [body]
    case .condition(_, let then, let otherwise): [then, otherwise]
    case .choice(_, let cases, let otherwise): cases.map(\.body) + [otherwise ?? []]
    case .include, .qubits, .variable, .port, .alias, .gate, .subroutine, .application,
      .measurement, .assignment, .reset, .barrier, .delay, .breakLoop, .continueLoop, .giveBack,
      .end, .expression, .pragma, .unsupported, .nothing:
      []
    }
  }

  /// The classical expressions of this statement that are worked out when it is run.
  fileprivate var expressions: [ExpressionSyntax] {
    switch kind {
    case .variable(_, _, let value, _), .giveBack(let value): value.map { [$0] } ?? []
    case .assignment(let target, _, let value): [target, value]
    case .condition(let question, _, _), .whileLoop(let question, _): [question]
    case .choice(let subject, let cases, _): [subject] + cases.flatMap(\.values)
    case .forLoop(_, _, .values(let expression), _): [expression]
    case .forLoop(_, _, .range(let range), _):
      [range.first, range.step, range.last].compactMap(\.self)
    case .include, .qubits, .port, .alias, .gate, .subroutine, .application, .measurement, .reset,
      .barrier, .delay, .box, .breakLoop, .continueLoop, .end, .expression, .pragma,
      .unsupported, .nothing:
      []
    }
  }
}
