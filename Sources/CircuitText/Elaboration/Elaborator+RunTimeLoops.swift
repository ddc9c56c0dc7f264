import Circuits

/// Loops whose end depends on measurements.
///
/// Their body is run once while the file is read. What it changes lies in bits of the circuit from one round to the
/// next: registers where they are, other variables in bits taken for them.
extension Elaborator {
  /// A variable that a loop changes and that lies in no bits of its own.
  private struct Carried {
    let variable: Int
    /// The first of the bits that hold it between rounds.
    let home: Int
    let width: Int
  }

  /// Makes a loop of the circuit.
  mutating func runLoop(
    while question: ExpressionSyntax, _ body: [StatementSyntax], at place: SourceLocation
  ) throws(CircuitFault) {
    try enter(place)
    defer { leave() }
    let changed = try changedVariables(question, body)
    var carried: [Carried] = []
    for variable in changed {
      if let home = variables[variable].home {
        try open(variable, home, at: place)
      } else {
        carried.append(try carry(variable, at: place))
      }
    }
    // A question that measures is asked before the loop and at the end of each round, into a bit of its own.
    let bit = question.hasEffects ? try newBits(1, at: place) : nil
    let first = try goesOn(question, at: place)
    if let bit { try emit(.assign(bit: bit, first.condition), at: place) }
    let instructions = try gathering { (inner) throws(CircuitFault) in
      inner.repeatDepth += 1
      defer { inner.repeatDepth -= 1 }
      inner.lowerFlags()
      try inner.round(of: body, at: place)
      if let bit {
        let next = try inner.goesOn(question, at: place)
        try inner.emit(.assign(bit: bit, next.condition), at: place)
      }
      try inner.writeBack(carried, at: place)
    }
    try emit(
      .loop(while: bit.map { .bit($0) } ?? first.condition, body: instructions), at: place)
    for variable in changed {
      if let home = variables[variable].home { close(variable, home) }
    }
    for variable in carried { read(variable) }
  }

  /// Whether another round follows: the question holds and the loop has not been left.
  private mutating func goesOn(
    _ question: ExpressionSyntax, at place: SourceLocation
  ) throws(CircuitFault) -> Truth {
    let stopped = stopped
    guard question.hasEffects, stopped != .known(false) else {
      return try truth(of: question) && !stopped
    }
    // What is left is not asked again.
    let answer = add(.bool, .truth(.known(false)))
    try branch(on: !stopped, at: place) { (inner) throws(CircuitFault) in
      inner.lowerFlags()
      inner.variables[answer].value = .truth(try inner.truth(of: question))
    }
    defer { variables.removeLast(variables.count - answer) }
    guard case .truth(let truth) = variables[answer].value else { return .known(false) }
    return truth && !stopped
  }

  /// The variables outside of a loop that its body may change, the flags of the flow among them.
  private func changedVariables(
    _ question: ExpressionSyntax, _ body: [StatementSyntax]
  ) throws(CircuitFault) -> [Int] {
    var changes = LoopChanges()
    changes.add(question)
    for statement in body { changes.add(statement) }
    var found: Set<Int> = []
    for name in changes.names {
      switch meaning(of: name) {
      case .variable(let variable) where !variables[variable].isConstant: found.insert(variable)
      case .bits(let places, _): found.formUnion(places.map(\.variable))
      case .variable, .qubits, .gate, .subroutine, .broken, nil: break
      }
    }
    if changes.breaks, let flag = flow.broken { found.insert(flag) }
    if changes.returns {
      if let flag = flow.returned { found.insert(flag) }
      if let result = flow.result { found.insert(result) }
    }
    if changes.ends || changes.calls && subroutinesEnd { found.insert(flow.end) }
    return found.sorted()
  }

  /// Whether any subroutine may end the program.
  private var subroutinesEnd: Bool {
    subroutines.contains { subroutine in
      var changes = LoopChanges()
      for statement in subroutine.syntax.body { changes.add(statement) }
      return changes.ends
    }
  }

  /// Makes a register's bits questions, since any round may have written them.
  private mutating func open(
    _ variable: Int, _ home: Int, at place: SourceLocation
  ) throws(CircuitFault) {
    guard case .bits(let bits) = variables[variable].value else { return }
    for bit in home..<(home + bits.count) { try preserve(bit, at: place) }
    close(variable, home)
  }

  private mutating func close(_ variable: Int, _ home: Int) {
    guard case .bits(let bits) = variables[variable].value else { return }
    variables[variable].value = .bits(bits.indices.map { .asked(.bit(home + $0)) })
  }

  /// Gives a variable bits of the circuit, which hold its value between rounds.
  private mutating func carry(
    _ variable: Int, at place: SourceLocation
  ) throws(CircuitFault) -> Carried {
    let type = variables[variable].type
    let width: Int
    switch type {
    case .bool: width = 1
    case .bit(let count): width = count ?? 1
    case .integer(let count, _) where count <= ReadingLimits.outcomeBits: width = count
    case .angle(let count) where count <= ReadingLimits.outcomeBits: width = count
    case .integer, .angle, .float, .complex, .duration, .array:
      throw fault(
        .changesInLoop(type: "\(type)", widest: ReadingLimits.outcomeBits), at: place)
    }
    let home = try newBits(width, at: place)
    let carried = Carried(variable: variable, home: home, width: width)
    for (offset, truth) in try truths(of: carried, at: place).enumerated() {
      // New bits are 0, but for those of a loop in a loop.
      guard truth != .known(false) || repeatDepth > 0 else { continue }
      try emit(.assign(bit: home + offset, truth.condition), at: place)
    }
    read(carried)
    return carried
  }

  /// The bits of a carried variable's value.
  private func truths(
    of carried: Carried, at place: SourceLocation
  ) throws(CircuitFault) -> [Truth] {
    let value = variables[carried.variable].value
    let bits = try located(place) { () throws(ValueFault) in
      switch variables[carried.variable].type {
      case .integer(let width, _), .angle(let width): try value.bitwise(width)
      case .bool: try value.converted(to: .bit(nil))
      case .bit, .float, .complex, .duration, .array: value
      }
    }
    guard case .bits(let truths) = bits else { return [] }
    return truths
  }

  /// Lets a carried variable be what its bits hold.
  private mutating func read(_ carried: Carried) {
    let bits = Array(carried.home..<(carried.home + carried.width))
    let truths = bits.map { Truth.asked(.bit($0)) }
    let type = variables[carried.variable].type
    switch type {
    case .bool: variables[carried.variable].value = .truth(truths[0])
    case .bit: variables[carried.variable].value = .bits(truths)
    case .integer(let width, let isSigned):
      let rows = (0..<(1 << width)).map {
        ClassicalValue.integer(
          ClassicalInteger(wrapping: Int128($0), width: width, isSigned: isSigned))
      }
      variables[carried.variable].value = .table(bits, rows)
    case .angle(let width):
      let rows = (0..<(1 << width)).map {
        ClassicalValue.angle(FixedAngle(steps: UInt64($0), width: width))
      }
      variables[carried.variable].value = .table(bits, rows)
    case .float, .complex, .duration, .array: break
    }
    readBits.formUnion(bits)
  }

  /// Writes the values at the end of a round to the bits that hold them, as if all at once.
  private mutating func writeBack(
    _ carried: [Carried], at place: SourceLocation
  ) throws(CircuitFault) {
    let first = pending.count
    defer { pending.removeLast(pending.count - first) }
    for variable in carried {
      pending.append(.bits(try truths(of: variable, at: place)))
      // From here on the variable is what is pending.
      variables[variable.variable].value = variables[variable.variable].type.zero
    }
    for (index, variable) in carried.enumerated() {
      for offset in 0..<variable.width {
        guard case .bits(var truths) = pending[first + index] else { continue }
        let truth = truths[offset]
        truths[offset] = .known(false)
        pending[first + index] = .bits(truths)
        let bit = variable.home + offset
        guard truth != .asked(.bit(bit)) else { continue }
        try preserve(bit, at: place)
        try emit(.assign(bit: bit, truth.condition), at: place)
      }
    }
  }
}
