import Circuits

/// Classical bits of the circuit: which are in use, and what is written to them.
extension Elaborator {
  // MARK: Which bits

  /// New bits of the circuit, one after the other.
  mutating func newBits(_ count: Int, at place: SourceLocation) throws(CircuitFault) -> Int {
    guard bitCount + count <= ReadingLimits.bits else {
      throw fault(.registerSize(found: "\(count)", limit: ReadingLimits.bits), at: place)
    }
    bitCount += count
    return bitCount - count
  }

  /// Bits of no register, whatever they hold: free ones, or else new ones.
  mutating func takeBits(_ count: Int, at place: SourceLocation) throws(CircuitFault) -> Int {
    while let first = freeBits[count]?.popLast() {
      // What was free in one branch may be read since branches have met.
      if (first..<(first + count)).allSatisfy({ !readBits.contains($0) }) { return first }
    }
    return try newBits(count, at: place)
  }

  /// Bits of no register that are 0.
  mutating func clearedBits(_ count: Int, at place: SourceLocation) throws(CircuitFault) -> Int {
    let before = bitCount
    let first = try takeBits(count, at: place)
    guard first < before || repeatDepth > 0 else { return first }
    for bit in first..<(first + count) { try emit(.assign(bit: bit, .never), at: place) }
    return first
  }

  /// Lets go of the bits that a statement has taken and nobody reads.
  mutating func releaseTaken(from first: Int) {
    for bit in takenBits[first...] where !readBits.contains(bit) {
      freeBits[1, default: []].append(bit)
    }
    takenBits.removeLast(takenBits.count - first)
  }

  /// Before a bit is written: what else reads it goes on with a copy.
  mutating func preserve(_ bit: Int, at place: SourceLocation) throws(CircuitFault) {
    let isPending = pending.contains { $0.outcomeBits.contains(bit) }
    guard isPending || readBits.contains(bit) else { return }
    readBits.remove(bit)
    let readers = variables.indices.filter {
      variables[$0].home == nil && variables[$0].value.outcomeBits.contains(bit)
    }
    guard isPending || !readers.isEmpty else { return }
    let copy = try takeBits(1, at: place)
    try emit(.assign(bit: copy, .bit(bit)), at: place)
    for reader in readers {
      variables[reader].value = variables[reader].value.substituting([bit: copy])
    }
    pending = pending.map { $0.substituting([bit: copy]) }
    readBits.insert(copy)
  }

  // MARK: What is written

  /// Runs `bits operation= value`.
  mutating func assign(
    _ value: ExpressionSyntax, to places: [Scope.BitPlace], isSingle: Bool,
    operation: BinaryOperator?, at place: SourceLocation
  ) throws(CircuitFault) {
    if case .measurement(let operand) = value.kind, operation == nil {
      return try measure(operand, into: places, at: value.location)
    }
    let found = try self.value(of: value)
    let old = ClassicalValue.bits(places.map { bit(at: $0) })
    let new = try located(value.location) { () throws(ValueFault) in
      let result =
        try operation.map { (operation) throws(ValueFault) in
          try ClassicalValue.apply(operation, old, found)
        } ?? found
      return try result.converted(to: .bit(isSingle ? nil : places.count))
    }
    guard case .bits(let truths) = new else { return }
    try write(truths, to: places, at: place)
  }

  /// Writes truths to bits, as if to all at once.
  ///
  /// A bit that no other truth asks any more is written first; one of those that ask each other in a ring is copied.
  mutating func write(
    _ truths: [Truth], to places: [Scope.BitPlace], at place: SourceLocation
  ) throws(CircuitFault) {
    let homes = places.map { target in variables[target.variable].home.map { $0 + target.element } }
    var readers: [Int: Int] = [:]
    for (truth, home) in zip(truths, homes) {
      for bit in Set(truth.bits) where bit != home { readers[bit, default: 0] += 1 }
    }
    let elements = Dictionary(
      homes.enumerated().compactMap { element, home in home.map { ($0, element) } },
      uniquingKeysWith: { first, _ in first })
    // A bit that stands twice among the targets takes the last truth.
    guard readers.contains(where: { elements[$0.key] != nil }), elements.count == homes.count else {
      for (truth, target) in zip(truths, places) { try write(truth, to: target, at: place) }
      return
    }
    var ready = places.indices.filter { element in homes[element].map { readers[$0] == nil } ?? true
    }
    var isWritten = [Bool](repeating: false, count: places.count)
    var next = 0
    while true {
      while next < ready.count {
        let element = ready[next]
        next += 1
        isWritten[element] = true
        try write(truths[element], to: places[element], at: place)
        for bit in Set(truths[element].bits) where bit != homes[element] {
          readers[bit, default: 1] -= 1
          if readers[bit] == 0, let other = elements[bit], !isWritten[other] { ready.append(other) }
        }
      }
      guard let first = isWritten.firstIndex(of: false) else { return }
      return try writeRing(truths, to: places, isWritten: isWritten, from: first, at: place)
    }
  }

  /// Writes what is left of truths that ask each other's bits.
  private mutating func writeRing(
    _ truths: [Truth], to places: [Scope.BitPlace], isWritten: [Bool], from first: Int,
    at place: SourceLocation
  ) throws(CircuitFault) {
    let left = places.indices.dropFirst(first).filter { !isWritten[$0] }
    try step(left.count * left.count / 64, at: place)
    pending.append(.bits(left.map { truths[$0] }))
    defer { pending.removeLast() }
    let last = pending.count - 1
    for (index, element) in left.enumerated() {
      guard case .bits(var rest) = pending[last] else { return }
      let truth = rest[index]
      // What this bit itself becomes is asked before it is written.
      rest[index] = .known(false)
      pending[last] = .bits(rest)
      try write(truth, to: places[element], at: place)
    }
  }

  private mutating func write(
    _ truth: Truth, to target: Scope.BitPlace, at place: SourceLocation
  ) throws(CircuitFault) {
    guard let home = variables[target.variable].home else {
      readBits.formUnion(truth.bits)
      return set(truth, at: target)
    }
    let bit = home + target.element
    guard self.bit(at: target) != truth, truth != .asked(.bit(bit)) else {
      return set(truth, at: target)
    }
    try preserve(bit, at: place)
    try emit(.assign(bit: bit, truth.condition), at: place)
    set(truth.value.map { .known($0) } ?? .asked(.bit(bit)), at: target)
  }

  mutating func set(_ truth: Truth, at target: Scope.BitPlace) {
    guard case .bits(let old) = variables[target.variable].value else { return }
    var bits = old
    // The variable lets go of its bits first, so that they are changed in place.
    variables[target.variable].value = .truth(.known(false))
    bits[target.element] = truth
    variables[target.variable].value = .bits(bits)
  }

  // MARK: Measurements

  /// Measures qubits into bits of no register and gives these.
  mutating func measured(
    _ operand: ExpressionSyntax, at place: SourceLocation
  ) throws(CircuitFault) -> [Int] {
    try refuse("a measurement", inGate: true, inBlock: false, at: place)
    var bits: [Int] = []
    for qubit in try differentQubits(of: [operand]) {
      let bit = try takeBits(1, at: place)
      takenBits.append(bit)
      // It is read from here on, so that no other qubit is measured into it.
      readBits.insert(bit)
      try emit(.measure(qubit: qubit, bit: bit), at: place)
      bits.append(bit)
    }
    return bits
  }

  /// Measures qubits into bits, the first into the first.
  mutating func measure(
    _ operand: ExpressionSyntax, into places: [Scope.BitPlace], at place: SourceLocation,
    target: SourceLocation? = nil
  ) throws(CircuitFault) {
    try refuse("a measurement", inGate: true, inBlock: false, at: place)
    let qubits = try differentQubits(of: [operand])
    guard qubits.count == places.count else {
      throw fault(
        .sizesDiffer(found: places.count, expected: qubits.count), at: target ?? operand.location)
    }
    for (qubit, target) in zip(qubits, places) {
      guard let home = variables[target.variable].home else {
        let bit = try takeBits(1, at: place)
        try emit(.measure(qubit: qubit, bit: bit), at: place)
        readBits.insert(bit)
        set(.asked(.bit(bit)), at: target)
        continue
      }
      let bit = home + target.element
      try preserve(bit, at: place)
      try emit(.measure(qubit: qubit, bit: bit), at: place)
      set(.asked(.bit(bit)), at: target)
    }
  }
}
