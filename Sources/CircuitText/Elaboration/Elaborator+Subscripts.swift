import Circuits

/// What stands between brackets, worked out.
enum IndexValue {
  case element(ClassicalValue, SourceLocation)
  case range(first: Int?, step: Int?, last: Int?, SourceLocation)
  case set([(index: Int, location: SourceLocation)])

  /// Whether no measurement decides the index.
  var isKnown: Bool {
    guard case .element(let value, _) = self else { return true }
    return value.isKnown
  }
}

extension Elaborator {
  /// Works out an index.
  mutating func value(of index: IndexSyntax) throws(CircuitFault) -> IndexValue {
    switch index {
    case .element(let expression):
      return .element(try value(of: expression), expression.location)
    case .set(let expressions):
      var places: [(index: Int, location: SourceLocation)] = []
      for expression in expressions {
        places.append((try constant(expression, "an index"), expression.location))
      }
      return .set(places)
    case .range(let range):
      var numbers: [Int?] = []
      for part in [range.first, range.step, range.last] {
        guard let part else {
          numbers.append(nil)
          continue
        }
        numbers.append(try constant(part, "the end of a range"))
      }
      guard numbers[1] != 0 else {
        throw fault(.unexpected(found: "a step of 0", expected: "another one"), at: range.location)
      }
      return .range(first: numbers[0], step: numbers[1], last: numbers[2], range.location)
    }
  }

  /// Works out indices.
  mutating func values(of indices: [IndexSyntax]) throws(CircuitFault) -> [IndexValue] {
    var values: [IndexValue] = []
    for index in indices { values.append(try value(of: index)) }
    return values
  }

  /// The places that an index names among `count` elements, and whether it is one place.
  ///
  /// Negative indices count from the end; both ends of a range are taken in.
  func places(
    _ index: IndexValue, of count: Int, called name: String
  ) throws(CircuitFault) -> (places: [Int], isSingle: Bool) {
    func place(_ index: Int, _ location: SourceLocation) throws(CircuitFault) -> Int {
      let place = index < 0 && dialect == .three ? index &+ count : index
      guard 0..<count ~= place else {
        throw fault(
          .indexOutOfRange(register: Token.clipped(name), index: "\(index)", size: count),
          at: location)
      }
      return place
    }
    switch index {
    case .element(let value, let location):
      guard value.isKnown else { throw fault(.dependsOnMeasurement("an index"), at: location) }
      let whole = try located(location) { () throws(ValueFault) in
        guard case .real = value else { return try value.whole() }
        throw value.wrongType("a whole number")
      }
      return ([try place(Int(truncatingIfNeeded: whole), location)], true)
    case .set(let list):
      var places: [Int] = []
      for (index, location) in list { places.append(try place(index, location)) }
      return (places, false)
    case .range(let first, let step, let last, let location):
      let isBackward = (step ?? 1) < 0
      guard count > 0 else { return ([], false) }
      let from = try first.map { (index) throws(CircuitFault) in try place(index, location) }
      let to = try last.map { (index) throws(CircuitFault) in try place(index, location) }
      return (
        Array(
          stride(
            from: from ?? (isBackward ? count - 1 : 0), through: to ?? (isBackward ? 0 : count - 1),
            by: step ?? 1)), false
      )
    }
  }

  /// The value of `base[indices]`.
  mutating func element(
    of base: ExpressionSyntax, at indices: [IndexSyntax], _ location: SourceLocation
  ) throws(CircuitFault) -> ClassicalValue {
    pending.append(try value(of: base))
    defer { pending.removeLast() }
    let indices = try values(of: indices)
    var value = pending[pending.count - 1]
    var rest = indices[...]
    while let index = rest.first {
      try step(at: location)
      // Several indices of an array in one pair of brackets are one for each of its axes.
      if case .array(let array) = value, rest.prefix(array.extents.count).allSatisfy(\.isKnown) {
        let axes = rest.prefix(array.extents.count)
        let chosen = try selection(axes, of: array.extents, called: base.text, at: location)
        try step(chosen.places.count / 32, at: location)
        value = array.selected(chosen.places, extents: chosen.extents)
        rest = rest.dropFirst(axes.count)
      } else {
        value = try part(of: value, at: index, called: base.text, location)
        rest = rest.dropFirst()
      }
    }
    return value
  }

  /// The elements of an array that indices name, one index for each of its first axes, and their extents: none for a
  /// single element.
  func selection(
    _ indices: ArraySlice<IndexValue>, of extents: [Int], called name: String,
    at location: SourceLocation
  ) throws(CircuitFault) -> (places: [Int], extents: [Int]) {
    var places = [0]
    var chosen: [Int] = []
    for (axis, extent) in extents.enumerated() {
      var along = Array(0..<extent)
      if axis < indices.count {
        let found = try self.places(
          indices[indices.startIndex + axis], of: extent, called: name)
        along = found.places
        if !found.isSingle { chosen.append(along.count) }
      } else {
        chosen.append(extent)
      }
      let (count, isTooLarge) = places.count.multipliedReportingOverflow(by: along.count)
      guard !isTooLarge, count <= ReadingLimits.elements else {
        throw fault(.tooManyElements(limit: ReadingLimits.elements), at: location)
      }
      places = places.flatMap { place in along.map { place * extent + $0 } }
    }
    return (places, chosen)
  }

  private func part(
    of value: ClassicalValue, at index: IndexValue, called name: String, _ location: SourceLocation
  ) throws(CircuitFault) -> ClassicalValue {
    // An index or an array that depends on a measurement gives an element for each outcome.
    if case .element(let chosen, _) = index {
      var isTable = !chosen.isKnown
      if case .outcomes = value { isTable = true }
      if isTable {
        return try located(location) { () throws(ValueFault) in
          try ClassicalValue.lifted([value, chosen]) { (values) throws(ValueFault) in
            try Self.element(of: values[0], at: try values[1].whole(), called: name)
          }
        }
      }
    }
    switch value {
    case .bits(let bits):
      let (places, isSingle) = try places(index, of: bits.count, called: name)
      return isSingle ? .truth(bits[places[0]]) : .bits(places.map { bits[$0] })
    case .integer(let number):
      let (places, isSingle) = try places(index, of: number.width, called: name)
      return Self.bits(of: number.pattern, places, isSingle)
    case .angle(let angle):
      let (places, isSingle) = try places(index, of: angle.width, called: name)
      return Self.bits(of: angle.steps, places, isSingle)
    case .array(let array):
      let chosen = try selection([index], of: array.extents, called: name, at: location)
      return array.selected(chosen.places, extents: chosen.extents)
    case .truth, .real, .symbol, .complex, .duration, .outcomes: break
    }
    throw fault(
      .wrongType(
        found: value.typeName, expected: "what has elements, for '\(Token.clipped(name))'"),
      at: location)
  }

  private static func bits(
    of pattern: UInt64, _ places: [Int], _ isSingle: Bool
  ) -> ClassicalValue {
    let bits = places.map { Truth.known(pattern >> UInt64($0) & 1 == 1) }
    return isSingle ? .truth(bits[0]) : .bits(bits)
  }

  /// One element of a known value.
  private static func element(
    of value: ClassicalValue, at index: Int128, called name: String
  ) throws(ValueFault) -> ClassicalValue {
    func checked(_ count: Int) throws(ValueFault) -> Int {
      let place = index < 0 ? index + Int128(count) : index
      guard 0..<Int128(count) ~= place else {
        throw ValueFault(
          .indexOutOfRange(register: Token.clipped(name), index: "\(index)", size: count))
      }
      return Int(place)
    }
    switch value {
    case .bits(let list): return .truth(list[try checked(list.count)])
    case .integer(let number):
      return bits(of: number.pattern, [try checked(number.width)], true)
    case .angle(let angle): return bits(of: angle.steps, [try checked(angle.width)], true)
    case .array(let array): return array[try checked(array.extents[0])]
    case .truth, .real, .symbol, .complex, .duration, .outcomes:
      throw value.wrongType("what has elements")
    }
  }
}

extension ExpressionSyntax {
  /// The name at the root of an element's expression, for messages.
  var text: String {
    switch kind {
    case .name(let name): name
    case .subscripted(let base, _): base.text
    case .hardwareQubit(let number): "$\(number)"
    case .literal, .unary, .chain, .power, .call, .cast, .list, .measurement, .durationOfBlock:
      "the value"
    }
  }
}
