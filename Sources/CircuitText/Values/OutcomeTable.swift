import Circuits

/// A value for each outcome of a few measured bits.
struct OutcomeTable: Hashable {
  /// The bits, each once; bit i of a row's number is the value of `bits[i]`.
  let bits: [Int]
  /// `2^bits.count` known values.
  let rows: [ClassicalValue]
}

extension ClassicalValue {
  /// The value of `body` for values of which some may depend on measurements: one value for each outcome.
  ///
  /// - Throws: What `body` throws, and a fault where more than ``ReadingLimits/outcomeBits`` bits are asked.
  static func lifted(
    _ values: [ClassicalValue],
    _ body: ([ClassicalValue]) throws(ValueFault) -> ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    guard !values.allSatisfy(\.isKnown) else { return try body(values) }
    let bits = values.reduce(into: Set<Int>()) { $0.formUnion($1.outcomeBits) }.sorted()
    guard bits.count <= ReadingLimits.outcomeBits else {
      throw ValueFault(.tooManyOutcomes(limit: ReadingLimits.outcomeBits))
    }
    let places = Dictionary(uniqueKeysWithValues: bits.enumerated().map { ($1, $0) })
    var rows: [ClassicalValue] = []
    rows.reserveCapacity(1 << bits.count)
    for row in 0..<(1 << bits.count) {
      rows.append(
        try body(values.map { $0.resolved { row >> (places[$0] ?? 0) & 1 == 1 } }))
    }
    return table(bits, rows)
  }

  /// A table as the plainest value that says the same.
  static func table(_ bits: [Int], _ rows: [ClassicalValue]) -> ClassicalValue {
    let (bits, rows) = reduced(bits, rows)
    if bits.isEmpty { return rows[0] }
    if case .truth = rows[0] {
      let values = rows.map { row in
        if case .truth(.known(let value)) = row { value } else { false }
      }
      return .truth(question(bits, values[...]))
    }
    if case .bits(let first) = rows[0] {
      let lists = rows.map { row -> [Bool] in
        guard case .bits(let list) = row else { return [] }
        return list.map { $0.value ?? false }
      }
      if lists.allSatisfy({ $0.count == first.count }) {
        return .bits(
          first.indices.map { place in question(bits, lists.map { $0[place] }[...]) })
      }
    }
    return .outcomes(OutcomeTable(bits: bits, rows: rows))
  }

  /// The table without the bits that no row depends on.
  private static func reduced(
    _ bits: [Int], _ rows: [ClassicalValue]
  ) -> ([Int], [ClassicalValue]) {
    var (bits, rows) = (bits, rows)
    for place in bits.indices.reversed() {
      let flip = 1 << place
      guard rows.indices.allSatisfy({ $0 & flip != 0 || rows[$0] == rows[$0 | flip] }) else {
        continue
      }
      rows = rows.indices.filter { $0 & flip == 0 }.map { rows[$0] }
      bits.remove(at: place)
    }
    return (bits, rows)
  }

  /// The question that holds for the outcomes whose row is true.
  static func question(_ bits: [Int], _ rows: ArraySlice<Bool>) -> Truth {
    let ones = rows.reduce(0) { $0 + ($1 ? 1 : 0) }
    if ones == 0 { return .known(false) }
    if ones == rows.count { return .known(true) }
    guard let last = bits.last else { return .known(rows.first ?? false) }
    if bits.count == 1 { return rows.first == true ? !.asked(.bit(last)) : .asked(.bit(last)) }
    if ones == 1, let row = rows.firstIndex(of: true) {
      return .asked(.register(bits, equals: UInt64(row - rows.startIndex)))
    }
    if ones == rows.count - 1, let row = rows.firstIndex(of: false) {
      return !.asked(.register(bits, equals: UInt64(row - rows.startIndex)))
    }
    let half = rows.startIndex + rows.count / 2
    let (low, high) = (rows[..<half], rows[half...])
    let rest = Array(bits.dropLast())
    if low.elementsEqual(high) { return question(rest, low) }
    // Joined as they are: these questions are as short as tables make them.
    let bit = ClassicalCondition.bit(last)
    if zip(low, high).allSatisfy({ $0 != $1 }) {
      return .asked(.exclusiveOr(bit, question(rest, low).condition))
    }
    switch (question(rest, low), question(rest, high)) {
    case (.known(let zero), .asked(let one)):
      return .asked(zero ? .or(.not(bit), one) : .and(bit, one))
    case (.asked(let zero), .known(let one)):
      return .asked(one ? .or(bit, zero) : .and(.not(bit), zero))
    case (.asked(let zero), .asked(let one)):
      return .asked(.or(.and(bit, one), .and(.not(bit), zero)))
    case (.known(_), .known(let one)):
      // Both known and different: what the row of a single bit says.
      return .asked(one ? bit : .not(bit))
    }
  }
}
