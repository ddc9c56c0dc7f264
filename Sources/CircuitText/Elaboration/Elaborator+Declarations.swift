import Circuits

extension Elaborator {
  /// Works out a type.
  mutating func type(
    _ syntax: TypeSyntax, at place: SourceLocation
  ) throws(CircuitFault) -> ClassicalType {
    switch syntax {
    case .complex: return .complex
    case .scalar(let kind, let width):
      let count = try width.map { (width) throws(CircuitFault) in
        try constant(width, "the width of a type")
      }
      let limit = kind == .bit ? ReadingLimits.bits : 64
      if let count, !(1...limit).contains(count) {
        if kind == .bit {
          throw fault(
            .registerSize(found: "\(count)", limit: limit), at: width?.location ?? place)
        }
        throw fault(
          .width(type: kind.rawValue, found: count, limit: limit), at: width?.location ?? place)
      }
      switch kind {
      case .bit: return .bit(count)
      case .bool: return .bool
      case .int: return .integer(width: count ?? 64, isSigned: true)
      case .uint: return .integer(width: count ?? 64, isSigned: false)
      case .float: return .float(width: count ?? 64)
      case .angle: return .angle(width: count ?? 64)
      case .duration, .stretch: return .duration
      }
    case .array(let element, let extents, let dimensions):
      let element = try type(element, at: place)
      guard dimensions == nil else {
        throw fault(
          .unexpected(found: "'#dim'", expected: "extents, outside of subroutines"), at: place)
      }
      var sizes: [Int] = []
      var total = 1
      for extent in extents {
        let size = try constant(extent, "the extent of an array")
        guard size >= 1 else {
          throw fault(
            .unexpected(found: "an extent of \(size)", expected: "at least 1"), at: extent.location)
        }
        let (product, isTooLarge) = total.multipliedReportingOverflow(by: size)
        guard !isTooLarge, product <= ReadingLimits.elements else {
          throw fault(.tooManyElements(limit: ReadingLimits.elements), at: extent.location)
        }
        total = product
        sizes.append(size)
      }
      guard sizes.count <= 7 else {
        throw fault(.nestedTooDeeply(limit: 7), at: place)
      }
      return .array(element, extents: sizes)
    }
  }

  /// Declares a variable or a constant.
  mutating func declareVariable(
    _ syntax: TypeSyntax, _ name: NameSyntax, value: ExpressionSyntax?, isConstant: Bool
  ) throws(CircuitFault) {
    try refuse("a variable", inGate: true, inBlock: false, at: name.location)
    let type = try type(syntax, at: name.location)
    if case .bit(let count) = type, !isConstant {
      return try declareBits(name, count, value: value, isOutput: false)
    }
    var initial = type.zero
    if let value {
      let found = try self.value(of: value)
      initial = try located(value.location) { () throws(ValueFault) in
        try found.converted(to: type)
      }
    }
    guard !isConstant || initial.isKnown else {
      throw fault(.dependsOnMeasurement("a constant"), at: value?.location ?? name.location)
    }
    try count(type, at: name.location)
    try declare(name, .variable(add(type, initial, isConstant: isConstant)))
  }

  /// Counts the elements of an array among those of the file.
  mutating func count(_ type: ClassicalType, at place: SourceLocation) throws(CircuitFault) {
    guard case .array(_, let extents) = type else { return }
    elementCount += extents.reduce(1, *)
    guard elementCount <= ReadingLimits.elements else {
      throw fault(.tooManyElements(limit: ReadingLimits.elements), at: place)
    }
  }

  /// Declares bits; those outside of blocks are a register of the circuit.
  mutating func declareBits(
    _ name: NameSyntax, _ count: Int?, value: ExpressionSyntax?, isOutput: Bool
  ) throws(CircuitFault) {
    let isGlobal = isGlobal
    let size = count ?? 1
    try checkFree(name)
    let home =
      try isGlobal ? newBits(size, at: name.location) : clearedBits(size, at: name.location)
    // Registers of the circuit are 0 at first, but asked all the same: so a file that asks them stays as it is.
    let zero: ClassicalValue =
      isGlobal
      ? .bits((0..<size).map { .asked(.bit(home + $0)) }) : ClassicalType.bit(count).zero
    let variable = add(.bit(count), zero, home: home)
    try declare(name, .variable(variable))
    if isGlobal {
      registers.append((ClassicalRegister(name: name.text, bits: home..<(home + size)), isOutput))
    }
    guard let value else { return }
    let places = (0..<size).map { Scope.BitPlace(variable: variable, element: $0) }
    if isGlobal, branchDepth == 0, !value.hasEffects {
      let found = try self.value(of: value)
      let bits = try located(value.location) { () throws(ValueFault) in
        try found.converted(to: .bit(count))
      }
      guard case .bits(let truths) = bits else { return }
      // New bits of the circuit are 0 already.
      for (truth, place) in zip(truths, places) where truth == .known(false) {
        set(truth, at: place)
      }
      return try write(truths, to: places, at: name.location)
    }
    try assign(
      value, to: places, isSingle: count == nil, operation: nil, at: name.location)
  }

  /// Declares an input or an output.
  mutating func declarePort(
    _ syntax: TypeSyntax, _ name: NameSyntax, isInput: Bool
  ) throws(CircuitFault) {
    try refuse("an input or output", inGate: true, inBlock: true, at: name.location)
    let type = try type(syntax, at: name.location)
    try count(type, at: name.location)
    if isInput {
      let value = try inputValue(of: name, type)
      return try declare(name, .variable(add(type, value, isConstant: true)))
    }
    hasOutputs = true
    if case .bit(let count) = type {
      return try declareBits(name, count, value: nil, isOutput: true)
    }
    note("the output '\(Token.clipped(name.text))' is no bits and is not shown", at: name.location)
    try declare(name, .variable(add(type, type.zero)))
  }

  /// The value of an input: the one given, or weights of the circuit.
  private mutating func inputValue(
    of name: NameSyntax, _ type: ClassicalType
  ) throws(CircuitFault) -> ClassicalValue {
    let (element, extents): (ClassicalType, [Int]?) =
      if case .array(let element, let extents) = type { (element, extents) } else { (type, nil) }
    let isReal =
      switch element {
      case .float, .angle: true
      case .bit, .bool, .integer, .complex, .duration, .array: false
      }
    let count = extents?.reduce(1, *) ?? 1
    usedValues.insert(name.text)
    let given = options.values[name.text]
    if isReal, given == nil || options.keepsParameters {
      if let given, given.count != count {
        throw fault(
          .valueCount(name: name.text, found: given.count, expected: count), at: name.location)
      }
      let first = parameterNames.count
      guard first + count <= ReadingLimits.elements else {
        throw fault(.tooManyElements(limit: ReadingLimits.elements), at: name.location)
      }
      parameterNames += Self.names(of: name.text, extents)
      let values = (first..<(first + count)).map { ClassicalValue.symbol(.weight($0)) }
      return extents.map { .array(ArrayValue(extents: $0, elements: values, type: element)) }
        ?? values[0]
    }
    guard let given else {
      throw fault(.inputWithoutValue(name: name.text, type: "\(type)"), at: name.location)
    }
    if case .bit(let size) = type, let size, size > 1, given.count == size {
      return .bits(given.map { .known($0 != 0) })
    }
    guard given.count == count, given.allSatisfy(\.isFinite) else {
      throw fault(
        .valueCount(name: name.text, found: given.count, expected: count), at: name.location)
    }
    let elements = try located(name.location) { () throws(ValueFault) in
      var elements: [ClassicalValue] = []
      for number in given { elements.append(try Self.exact(number, element)) }
      return elements
    }
    return extents.map { .array(ArrayValue(extents: $0, elements: elements, type: element)) }
      ?? elements[0]
  }

  /// A number given from outside as a value of a type; nothing is cut off it.
  private static func exact(
    _ number: Double, _ type: ClassicalType
  ) throws(ValueFault) -> ClassicalValue {
    let value: ClassicalValue
    switch type {
    case .integer, .bit, .bool:
      guard number == number.rounded(), let whole = Int64(exactly: number) else {
        throw ClassicalValue.real(number).wrongType("\(type)")
      }
      value = .integer(.signed(whole))
      if case .integer = type {
        let converted = try value.converted(to: type)
        guard try converted.whole() == Int128(whole) else {
          throw ValueFault(.unexpected(found: "\(whole)", expected: "a value of type \(type)"))
        }
      }
    case .float, .angle, .complex: value = .real(number)
    case .duration: value = .duration(TimeSpan(seconds: number, samples: 0))
    case .array: throw ClassicalValue.real(number).wrongType("\(type)")
    }
    return try value.converted(to: type)
  }

  /// The names of an input's numbers: `theta`, or `theta[0]`, `theta[1]` and so on.
  private static func names(of name: String, _ extents: [Int]?) -> [String] {
    guard let extents else { return [name] }
    return extents.reduce([name]) { names, extent in
      names.flatMap { name in (0..<extent).map { "\(name)[\($0)]" } }
    }
  }
}
