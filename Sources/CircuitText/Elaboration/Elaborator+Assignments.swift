import Circuits

extension Elaborator {
  /// The bits that an expression names; nil where it names none, nothing of it worked out then.
  mutating func bitPlaces(
    of target: ExpressionSyntax
  ) throws(CircuitFault) -> (places: [Scope.BitPlace], isSingle: Bool)? {
    switch target.kind {
    case .name(let name):
      switch meaning(of: name) {
      case .bits(let places, let isSingle): return (places, isSingle)
      case .variable(let variable):
        guard case .bit(let count) = variables[variable].type else { return nil }
        return (
          (0..<(count ?? 1)).map { Scope.BitPlace(variable: variable, element: $0) }, count == nil
        )
      case .qubits, .gate, .subroutine, .broken, nil: return nil
      }
    case .subscripted(let base, let indices):
      guard let whole = try bitPlaces(of: base) else { return nil }
      var places = whole.places
      var isSingle = whole.isSingle
      for index in try values(of: indices) {
        guard !isSingle else {
          throw fault(
            .wrongType(found: "a single bit", expected: "a register, for '\(base.text)'"),
            at: target.location)
        }
        let found = try self.places(index, of: places.count, called: base.text)
        places = found.places.map { places[$0] }
        isSingle = found.isSingle
      }
      return (places, isSingle)
    case .chain(let first, let links) where links.allSatisfy({ $0.operation == .concatenate }):
      guard var joined = try bitPlaces(of: first)?.places else { return nil }
      for link in links {
        guard let part = try bitPlaces(of: link.operand) else { return nil }
        joined += part.places
        guard joined.count <= ReadingLimits.bits else {
          throw fault(
            .registerSize(found: "\(joined.count)", limit: ReadingLimits.bits),
            at: link.operand.location)
        }
      }
      return (joined, false)
    case .literal, .hardwareQubit, .unary, .chain, .power, .call, .cast, .list, .measurement,
      .durationOfBlock:
      return nil
    }
  }

  /// Runs `target operation= value`.
  mutating func assign(
    _ value: ExpressionSyntax, to target: ExpressionSyntax, operation: BinaryOperator?,
    at place: SourceLocation
  ) throws(CircuitFault) {
    try refuse("an assignment", inGate: true, inBlock: false, at: place)
    if let (places, isSingle) = try bitPlaces(of: target) {
      for bit in places where variables[bit.variable].isConstant {
        throw fault(.assignedConstant(Token.clipped(target.text)), at: target.location)
      }
      return try assign(
        value, to: places, isSingle: isSingle, operation: operation, at: target.location)
    }
    let (variable, indices) = try self.variable(of: target)
    guard !variables[variable].isConstant else {
      throw fault(.assignedConstant(Token.clipped(target.text)), at: target.location)
    }
    var found = try self.value(of: value)
    pending.append(found)
    defer { pending.removeLast() }
    let positions = try values(of: indices)
    found = pending[pending.count - 1]
    let type = variables[variable].type
    try step(variables[variable].value.cost, at: target.location)
    let new = try replaced(
      variables[variable].value, type, positions[...], target
    ) { (old, type) throws(ValueFault) in
      let value =
        try operation.map { (operation) throws(ValueFault) in
          try ClassicalValue.apply(operation, old, found)
        } ?? found
      return try value.converted(to: type)
    }
    variables[variable].value = new
    readBits.formUnion(found.outcomeBits)
  }

  /// The variable at the root of a target, and the indices behind it.
  func variable(
    of target: ExpressionSyntax
  ) throws(CircuitFault) -> (Int, [IndexSyntax]) {
    switch target.kind {
    case .name(let name):
      switch meaning(of: name) {
      case .variable(let variable): return (variable, [])
      case .broken: throw fault(.followsFromOther, at: target.location)
      case .qubits, .bits, .gate, .subroutine, nil: break
      }
      if isOutside(name) { throw fault(.outside(Token.clipped(name)), at: target.location) }
      let known = names { if case .variable = $0 { true } else { false } }
      throw fault(
        .unknownVariable(
          Token.clipped(name), suggestion: NearestName.nearest(to: name, among: known)),
        at: target.location)
    case .subscripted(let base, let indices):
      let (variable, first) = try self.variable(of: base)
      return (variable, first + indices)
    case .literal, .hardwareQubit, .unary, .chain, .power, .call, .cast, .list, .measurement,
      .durationOfBlock:
      throw fault(
        .unexpected(found: "a value", expected: "a variable"), at: target.location)
    }
  }

  /// A value of which the part behind `indices` has been replaced.
  func replaced(
    _ old: ClassicalValue, _ type: ClassicalType, _ indices: ArraySlice<IndexValue>,
    _ target: ExpressionSyntax,
    by change: (ClassicalValue, ClassicalType) throws(ValueFault) -> ClassicalValue
  ) throws(CircuitFault) -> ClassicalValue {
    guard let index = indices.first else {
      return try located(target.location) { () throws(ValueFault) in try change(old, type) }
    }
    switch (old, type) {
    case (.array(var array), .array(let element, let extents)):
      let axes = indices.prefix(extents.count)
      let rest = indices.dropFirst(axes.count)
      let chosen = try selection(axes, of: extents, called: target.text, at: target.location)
      guard !chosen.extents.isEmpty else {
        let place = chosen.places[0]
        array.elements[place] = try replaced(
          array.elements[place], element, rest, target, by: change)
        return .array(array)
      }
      // A slice takes an array of its own extents.
      let part = array.selected(chosen.places, extents: chosen.extents)
      let new = try located(target.location) { () throws(ValueFault) in
        try change(part, .array(element, extents: chosen.extents))
      }
      guard case .array(let filled) = new, rest.isEmpty else { break }
      for (value, place) in zip(filled.elements, chosen.places) { array.elements[place] = value }
      return .array(array)
    case (_, .integer(let width, _)), (_, .angle(let width)):
      guard indices.count == 1 else { break }
      let (places, _) = try places(index, of: width, called: target.text)
      return try located(target.location) { () throws(ValueFault) in
        guard case .bits(var bits) = try old.bitwise(width) else { return old }
        let part = ClassicalValue.bits(places.map { bits[$0] })
        guard case .bits(let new) = try change(part, .bit(places.count)) else { return old }
        for (bit, place) in places.enumerated() { bits[place] = new[bit] }
        return try ClassicalValue.bits(bits).numeric(type)
      }
    default: break
    }
    throw fault(
      .wrongType(found: "\(type)", expected: "what has elements, for '\(target.text)'"),
      at: target.location)
  }
}

extension ClassicalValue {
  /// The bits of a whole number or an angle.
  func bitwise(_ width: Int) throws(ValueFault) -> ClassicalValue {
    try Self.lifted([self]) { (values) throws(ValueFault) in
      let pattern: UInt64
      switch values[0] {
      case .integer(let number): pattern = number.pattern
      case .angle(let angle): pattern = angle.steps
      case .symbol: throw ValueFault(.needsValue("the bits of an angle"))
      default: throw values[0].wrongType("a whole number")
      }
      return .bits((0..<width).map { .known(pattern >> UInt64($0) & 1 == 1) })
    }
  }

  /// The whole number or the angle that has these bits.
  fileprivate func numeric(_ type: ClassicalType) throws(ValueFault) -> ClassicalValue {
    try Self.lifted([self]) { (values) throws(ValueFault) in
      if case .integer(let width, let isSigned) = type {
        return .integer(
          ClassicalInteger(wrapping: try values[0].whole(), width: width, isSigned: isSigned))
      }
      return try values[0].converted(to: type)
    }
  }
}
