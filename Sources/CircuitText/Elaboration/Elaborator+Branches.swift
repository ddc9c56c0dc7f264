import Circuits

extension Elaborator {
  /// Runs one of two branches; where the question is one about measurements, both, as a conditional instruction.
  ///
  /// Variables that end with different values in the two are then that of the branch taken.
  mutating func branch(
    on question: Truth, at place: SourceLocation,
    then: (inout Elaborator) throws(CircuitFault) -> Void,
    otherwise: (inout Elaborator) throws(CircuitFault) -> Void = { _ in }
  ) throws(CircuitFault) {
    guard case .asked(let condition) = question else {
      return try question.value == true ? then(&self) : otherwise(&self)
    }
    try enter(place)
    defer { leave() }
    let before = variables
    let reads = readBits
    let waiting = pending
    let first = try gathering(then)
    let variablesThen = variables
    let readsThen = readBits
    let waitingThen = pending
    variables = before
    readBits = reads
    pending = waiting
    let second = try gathering(otherwise)
    let variablesElse = variables
    readBits.formUnion(readsThen)
    // Variables beyond those are of a block that goes on behind the branch.
    variables = variablesThen
    let differing = before.indices.filter {
      variablesThen[$0].value != variablesElse[$0].value
    }
    // A question about bits that a branch writes is asked once, before.
    var kept = question
    let needsQuestion =
      pending != waitingThen || differing.contains { before[$0].home == nil }
    if needsQuestion, !writtenBits(first + second).isDisjoint(with: condition.bits) {
      let copy = try newBits(1, at: place)
      try emit(.assign(bit: copy, condition), at: place)
      readBits.insert(copy)
      kept = .asked(.bit(copy))
    }
    for variable in differing {
      let values = (variablesThen[variable].value, variablesElse[variable].value)
      if let home = before[variable].home {
        variables[variable].value = Self.met(values, home: home)
      } else {
        let value = try located(place) { () throws(ValueFault) in
          let value = try Self.choice(kept, values.0, values.1)
          guard !value.isTooLarge else {
            throw ValueFault(.tooManyOutcomes(limit: ReadingLimits.outcomeBits))
          }
          return value
        }
        variables[variable].value = value
        readBits.formUnion(value.outcomeBits)
      }
    }
    for (index, value) in waitingThen.enumerated() where value != pending[index] {
      pending[index] = try located(place) { () throws(ValueFault) in
        try Self.choice(kept, value, pending[index])
      }
    }
    if first.isEmpty, second.isEmpty { return }
    try emit(.conditional(condition, then: first, otherwise: second), at: place)
  }

  /// The bits of a variable that lies in the circuit where branches meet: known where both agree.
  private static func met(
    _ values: (ClassicalValue, ClassicalValue), home: Int
  ) -> ClassicalValue {
    guard case (.bits(let ones), .bits(let others)) = values else { return values.0 }
    return .bits(
      ones.indices.map {
        $0 < others.count && ones[$0] == others[$0] ? ones[$0] : .asked(.bit(home + $0))
      })
  }

  /// One value where the question holds, another elsewhere.
  private static func choice(
    _ question: Truth, _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    switch (first, second) {
    case (.truth(let one), .truth(let other)):
      return .truth(Truth.choice(question, one, other))
    case (.bits(let ones), .bits(let others)) where ones.count == others.count:
      return .bits(zip(ones, others).map { Truth.choice(question, $0, $1) })
    case (.array(let ones), .array(let others)) where ones.extents == others.extents:
      var elements: [ClassicalValue] = []
      elements.reserveCapacity(ones.elements.count)
      for (one, other) in zip(ones.elements, others.elements) {
        elements.append(one == other ? one : try choice(question, one, other))
      }
      return .array(ArrayValue(extents: ones.extents, elements: elements, type: ones.type))
    default:
      return try ClassicalValue.lifted([.truth(question), first, second]) {
        (values) throws(ValueFault) in
        if case .truth(.known(true)) = values[0] { values[1] } else { values[2] }
      }
    }
  }

  /// The classical bits that instructions write.
  func writtenBits(_ instructions: [Instruction]) -> Set<Int> {
    instructions.reduce(into: []) { bits, instruction in
      switch instruction {
      case .measure(_, let bit): bits.insert(bit)
      case .assign(let bit, _): bits.insert(bit)
      case .conditional(_, let then, let otherwise):
        bits.formUnion(writtenBits(then))
        bits.formUnion(writtenBits(otherwise))
      case .loop(_, let body): bits.formUnion(writtenBits(body))
      case .gate, .barrier, .channel, .reset: break
      }
    }
  }

  // MARK: Blocks

  /// Whether the program, the subroutine, the loop or its round has been left.
  var stopped: Truth {
    [flow.end, flow.returned, flow.broken, flow.continued].reduce(.known(false)) { truth, flag in
      guard let flag, case .truth(let set) = variables[flag].value else { return truth }
      return truth || set
    }
  }

  /// Runs statements one after the other, as long as none of them leaves the block.
  mutating func run(_ statements: ArraySlice<StatementSyntax>) throws(CircuitFault) {
    for (place, statement) in zip(statements.indices, statements) {
      switch stopped {
      case .known(true): return
      case .known(false): try run(statement)
      case .asked:
        let rest = statements[place...]
        return try branch(
          on: !stopped, at: statement.location,
          then: { (inner) throws(CircuitFault) in
            inner.lowerFlags()
            try inner.run(rest)
          })
      }
    }
  }

  /// Makes known, in a branch on that condition, that nothing has been left.
  mutating func lowerFlags() {
    for flag in [flow.end, flow.returned, flow.broken, flow.continued] {
      if let flag { variables[flag].value = .truth(.known(false)) }
    }
  }

  /// Sets a flag of the flow.
  mutating func raise(_ flag: Int) { variables[flag].value = .truth(.known(true)) }
}
