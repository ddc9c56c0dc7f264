/// What the statements of a loop may change, as far as names tell.
struct LoopChanges {
  private(set) var names: Set<String> = []
  private(set) var breaks = false
  private(set) var returns = false
  private(set) var ends = false
  /// Whether subroutines are called, whose statements are not looked at.
  private(set) var calls = false

  /// Looks at a statement; `break` counts where it leaves the loop itself.
  mutating func add(_ statement: StatementSyntax, isInner: Bool = false) {
    func addAll(_ changes: inout LoopChanges, _ list: [StatementSyntax], isInner: Bool) {
      for statement in list { changes.add(statement, isInner: isInner) }
    }
    switch statement.kind {
    case .assignment(let target, _, let value):
      add(target: target)
      add(value)
    case .measurement(let source, let target):
      add(source)
      if let target { add(target: target) }
    case .variable(_, _, let value, _): if let value { add(value) }
    case .condition(let question, let then, let otherwise):
      add(question)
      addAll(&self, then, isInner: isInner)
      addAll(&self, otherwise, isInner: isInner)
    case .forLoop(_, _, let domain, let body):
      if case .values(let expression) = domain { add(expression) }
      addAll(&self, body, isInner: true)
    case .whileLoop(let question, let body):
      add(question)
      addAll(&self, body, isInner: true)
    case .choice(let subject, let cases, let otherwise):
      add(subject)
      for choice in cases { addAll(&self, choice.body, isInner: isInner) }
      addAll(&self, otherwise ?? [], isInner: isInner)
    case .box(let body): addAll(&self, body, isInner: isInner)
    case .expression(let expression): add(expression)
    case .breakLoop: if !isInner { breaks = true }
    case .giveBack(let value):
      returns = true
      if let value { add(value) }
    case .end: ends = true
    case .include, .qubits, .port, .alias, .gate, .subroutine, .application, .reset, .barrier,
      .delay, .continueLoop, .pragma, .unsupported, .nothing:
      break
    }
  }

  /// Looks at an expression: arrays handed to subroutines may be changed there.
  mutating func add(_ expression: ExpressionSyntax) {
    if case .call(let name, let arguments) = expression.kind {
      if BuiltInFunction(rawValue: name) == nil { calls = true }
      for argument in arguments { add(target: argument) }
    }
    for part in expression.parts { add(part) }
  }

  private mutating func add(target: ExpressionSyntax) {
    switch target.kind {
    case .name(let name): names.insert(name)
    case .subscripted(let base, _): add(target: base)
    case .chain(let first, let links):
      add(target: first)
      for link in links { add(target: link.operand) }
    case .literal, .hardwareQubit, .unary, .power, .call, .cast, .list, .measurement,
      .durationOfBlock:
      break
    }
  }
}

extension ExpressionSyntax {
  /// The expressions that stand directly in this one.
  var parts: [ExpressionSyntax] { Self.parts(of: kind) }

  /// Whether working it out may make instructions.
  var hasEffects: Bool {
    switch kind {
    case .measurement: true
    case .call(let name, _) where BuiltInFunction(rawValue: name) == nil: true
    default: parts.contains(where: \.hasEffects)
    }
  }
}
