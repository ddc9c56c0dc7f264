import ArgumentParser

/// The value of an input on the command line: `theta=0.3`, `phi=0.1,0.2`.
///
/// A number is a decimal, `true` or `false`, or a multiple or fraction of pi: `pi`, `-pi/2`, `0.25*pi`, `3*pi/4`.
struct ParameterAssignment: ExpressibleByArgument, Equatable {
  let name: String
  let values: [Double]

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "=") else { return nil }
    let name = argument[..<sign].filter { $0 != " " }
    guard let first = name.first, first.isLetter || first == "_",
      name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { return nil }
    let fields = argument[argument.index(after: sign)...].split(
      separator: ",", omittingEmptySubsequences: false)
    let values = fields.compactMap { Self.number($0.filter { $0 != " " }) }
    guard values.count == fields.count else { return nil }
    self.name = name
    self.values = values
  }

  /// A product of numbers and pi, over a number.
  private static func number(_ text: String) -> Double? {
    let isNegative = text.hasPrefix("-")
    let size = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    let parts = size.split(separator: "/", omittingEmptySubsequences: false)
    guard let product = parts.first, parts.count <= 2 else { return nil }
    var value = isNegative ? -1.0 : 1.0
    for factor in product.split(separator: "*", omittingEmptySubsequences: false) {
      guard let number = constant(factor) else { return nil }
      value *= number
    }
    if parts.count == 2 {
      guard let number = constant(parts[1]), number != 0 else { return nil }
      value /= number
    }
    return value.isFinite ? value : nil
  }

  private static func constant(_ text: Substring) -> Double? {
    switch text {
    case "pi", "π": return .pi
    case "true": return 1
    case "false": return 0
    default: break
    }
    let isDecimal = text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"),
        UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isDecimal ? Double(text) : nil
  }
}

/// The inputs of a circuit, from the names of its weights: "theta", "phi[0]", "phi[1]".
struct InputNames {
  /// The weights of one input.
  struct Group: Equatable {
    let name: String
    /// The places of its numbers among the circuit's weights.
    var places: [Int]
    let isArray: Bool
  }

  /// The inputs, in the order in which they are declared.
  private(set) var groups: [Group] = []

  init(_ names: [String]) {
    for (place, name) in names.enumerated() {
      let base = String(name.prefix { $0 != "[" })
      if let last = groups.indices.last, groups[last].name == base {
        groups[last].places.append(place)
      } else {
        groups.append(Group(name: base, places: [place], isArray: base != name))
      }
    }
  }

  /// The values of the weights: those given, `otherwise` where there are none.
  ///
  /// - Throws: The exit code of an input with another number of values than it has numbers.
  func weights(
    _ values: [String: [Double]], command: String, otherwise: (Int) -> Double
  ) throws(ExitCode) -> [Double] {
    var weights = [Double](repeating: 0, count: groups.reduce(0) { $0 + $1.places.count })
    for group in groups {
      let given = values[group.name]
      if let given, given.count != group.places.count {
        throw CommandFailure.usage(
          "\(command): found \(given.count) values for '\(group.name)', expected \(group.places.count)"
        )
      }
      for (index, place) in group.places.enumerated() {
        weights[place] = given?[index] ?? otherwise(place)
      }
    }
    return weights
  }

  /// Those without a value.
  func missing(_ values: [String: [Double]]) -> [String] {
    groups.map(\.name).filter { values[$0] == nil }
  }
}
