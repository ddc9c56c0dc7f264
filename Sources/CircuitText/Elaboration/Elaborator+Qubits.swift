import Circuits

/// Qubits that an operand names.
struct QubitOperand {
  let qubits: [Int]
  /// Whether the operand is one qubit, which stands beside every qubit of the registers next to it.
  let isSingle: Bool
  let location: SourceLocation
}

extension Elaborator {
  /// The qubits of an operand.
  mutating func qubits(of operand: ExpressionSyntax) throws(CircuitFault) -> QubitOperand {
    guard let found = try qubitsIfAny(of: operand) else {
      throw fault(
        .unknownRegister(Token.clipped(operand.text), isQuantum: true, suggestion: nil),
        at: operand.location)
    }
    return found
  }

  /// The qubits of an operand; nil where it is an expression of other kind.
  private mutating func qubitsIfAny(
    of operand: ExpressionSyntax
  ) throws(CircuitFault) -> QubitOperand? {
    switch operand.kind {
    case .name(let name):
      switch meaning(of: name) {
      case .qubits(let qubits, let isSingle):
        return QubitOperand(qubits: qubits, isSingle: isSingle, location: operand.location)
      case .broken: throw fault(.followsFromOther, at: operand.location)
      case .variable, .bits, .gate, .subroutine, nil:
        if !isInGate, isOutside(name) {
          throw fault(.outside(Token.clipped(name)), at: operand.location)
        }
        let known = names { if case .qubits = $0 { true } else { false } }
        throw fault(
          isInGate
            ? .unknownQubit(
              Token.clipped(name), suggestion: NearestName.nearest(to: name, among: known))
            : .unknownRegister(
              Token.clipped(name), isQuantum: true,
              suggestion: NearestName.nearest(to: name, among: known)), at: operand.location)
      }
    case .hardwareQubit(let number):
      guard qubitCount == 0 || usesHardwareQubits else {
        throw fault(
          .unexpected(
            found: "'$\(number)' in a file that declares qubits", expected: "a declared qubit"),
          at: operand.location)
      }
      usesHardwareQubits = true
      qubitCount = max(qubitCount, number + 1)
      return QubitOperand(qubits: [number], isSingle: true, location: operand.location)
    case .subscripted(let base, let indices):
      guard let whole = try qubitsIfAny(of: base) else { return nil }
      guard !whole.isSingle else {
        throw fault(
          .wrongType(found: "a single qubit", expected: "a register, for '\(base.text)'"),
          at: operand.location)
      }
      var qubits = whole.qubits
      var isSingle = false
      for index in try values(of: indices) {
        let found = try places(index, of: qubits.count, called: base.text)
        guard !found.places.isEmpty else {
          throw fault(
            .unexpected(found: "an empty range", expected: "qubits"), at: operand.location)
        }
        var seen: Set<Int> = []
        if let place = found.places.first(where: { !seen.insert($0).inserted }) {
          throw fault(.repeatedQubit(text(ofQubit: qubits[place])), at: operand.location)
        }
        qubits = found.places.map { qubits[$0] }
        isSingle = found.isSingle
      }
      return QubitOperand(qubits: qubits, isSingle: isSingle, location: operand.location)
    case .chain(let first, let links) where links.allSatisfy({ $0.operation == .concatenate }):
      guard let start = try qubitsIfAny(of: first) else { return nil }
      var joined = start.qubits
      var seen = Set(joined)
      for link in links {
        let part = try self.qubits(of: link.operand)
        if let qubit = part.qubits.first(where: { !seen.insert($0).inserted }) {
          throw fault(.repeatedQubit(text(ofQubit: qubit)), at: part.location)
        }
        joined += part.qubits
      }
      return QubitOperand(qubits: joined, isSingle: false, location: operand.location)
    case .literal, .unary, .chain, .power, .call, .cast, .list, .measurement, .durationOfBlock:
      return nil
    }
  }

  /// The qubits of several operands, all different.
  mutating func differentQubits(
    of operands: [ExpressionSyntax]
  ) throws(CircuitFault) -> [Int] {
    var qubits: [Int] = []
    var seen: Set<Int> = []
    for operand in operands {
      let found = try self.qubits(of: operand)
      for qubit in found.qubits {
        guard seen.insert(qubit).inserted else {
          throw fault(.repeatedQubit(text(ofQubit: qubit)), at: found.location)
        }
        qubits.append(qubit)
      }
    }
    return qubits
  }

  /// A qubit as the file calls it: `q[2]`.
  func text(ofQubit qubit: Int) -> String {
    if isInGate {
      let found = scopes.last?.meanings.first { _, meaning in
        if case .qubits(let qubits, _) = meaning { qubits == [qubit] } else { false }
      }
      return found.map { "'\(Token.clipped($0.key))'" } ?? "\(qubit)"
    }
    guard let register = qubitRegisters.first(where: { $0.qubits.contains(qubit) }) else {
      return "$\(qubit)"
    }
    return "\(Token.clipped(register.name))[\(qubit - register.qubits.lowerBound)]"
  }

  /// Declares qubits.
  mutating func declareQubits(
    _ name: NameSyntax, size: ExpressionSyntax?
  ) throws(CircuitFault) {
    try refuse("qubits", inGate: true, inBlock: true, at: name.location)
    guard !usesHardwareQubits else {
      throw fault(
        .unexpected(found: "declared qubits beside '$0'", expected: "one or the other"),
        at: name.location)
    }
    let count = try size.map { (size) throws(CircuitFault) in
      try constant(size, "the size of a register")
    }
    guard 1...ReadingLimits.qubits ~= count ?? 1,
      qubitCount + (count ?? 1) <= ReadingLimits.qubits
    else {
      throw fault(
        .registerSize(found: "\(count ?? 1)", limit: ReadingLimits.qubits),
        at: size?.location ?? name.location)
    }
    let qubits = qubitCount..<(qubitCount + (count ?? 1))
    try declare(name, .qubits(Array(qubits), isSingle: count == nil))
    qubitRegisters.append((name.text, qubits))
    qubitCount = qubits.upperBound
  }

  /// Declares another name of qubits or bits: `let name = registers;`.
  mutating func declareAlias(
    _ name: NameSyntax, _ value: ExpressionSyntax
  ) throws(CircuitFault) {
    try refuse("an alias", inGate: true, inBlock: false, at: name.location)
    if let places = try bitPlaces(of: value) {
      return try declare(name, .bits(places.places, isSingle: places.isSingle))
    }
    let found = try qubits(of: value)
    try declare(name, .qubits(found.qubits, isSingle: found.isSingle))
  }

  /// Refuses what a block cannot hold.
  func refuse(
    _ what: String, inGate: Bool, inBlock: Bool, at place: SourceLocation
  ) throws(CircuitFault) {
    if inGate, isInGate {
      throw fault(.unexpected(found: "\(what) in a gate", expected: "gates"), at: place)
    }
    if inBlock, !isGlobal || branchDepth > 0 {
      throw fault(
        .unexpected(found: "\(what) in a block", expected: "them outside of all blocks"), at: place)
    }
  }
}
