import Circuits

/// A gate of the catalogue by the name that a file format has for it, for its inverse, or for it without controls.
struct GateSpelling {
  /// The name in the format.
  let name: String
  /// The parameters of the name.
  let parameters: [Angle]
  /// How many of the gate's first qubits are controls of what is named.
  let controlCount: Int
  /// Whether the inverse of what is named is meant.
  let isInverse: Bool

  /// Finds the name; nil where the format has none that is exactly the gate, phase included.
  ///
  /// - Parameters:
  ///   - gate: Any gate.
  ///   - angles: Its angles.
  ///   - format: The format; inverses are looked at for OpenQASM 3, which has a word for them.
  init?(_ gate: Gate, angles: [Angle], in format: CircuitFormat) {
    guard Gate.named(gate.name) == gate else { return nil }
    if let (name, parameters) = Self.name(of: gate, angles: angles, in: format) {
      self.init(name: name, parameters: parameters, controlCount: 0, isInverse: false)
      return
    }
    let qubits = Array(0..<gate.qubitCount)
    let inverse = GateApplication(gate, angles: angles, on: qubits).inverse()
    if format == .openQASM3, inverse.exponent == 1, inverse.gate != gate,
      let (name, parameters) = Self.name(of: inverse.gate, angles: inverse.angles, in: format)
    {
      self.init(name: name, parameters: parameters, controlCount: 0, isInverse: true)
      return
    }
    guard let (target, controlCount) = Self.targets[format]?[gate.name],
      let (name, parameters) = Self.name(of: target, angles: angles, in: format)
    else { return nil }
    self.init(
      name: name, parameters: parameters, controlCount: controlCount, isInverse: false)
  }

  private init(name: String, parameters: [Angle], controlCount: Int, isInverse: Bool) {
    self.name = name
    self.parameters = parameters
    self.controlCount = controlCount
    self.isInverse = isInverse
  }

  private static func name(
    of gate: Gate, angles: [Angle], in format: CircuitFormat
  ) -> (String, [Angle])? {
    for alias in gate.aliases(in: format) where alias.phase == 0 {
      if let parameters = alias.parameters(for: angles) { return (alias.name, parameters) }
    }
    return nil
  }

  /// Gates with controls of their own: what they are without the controls, where that has a name.
  private static let targets: [CircuitFormat: [String: (gate: Gate, controlCount: Int)]] =
    Dictionary(
      uniqueKeysWithValues: CircuitFormat.allCases.map { format in
        let found = Gate.all.compactMap { gate in
          target(of: gate, in: format).map { (gate.name, $0) }
        }
        return (format, Dictionary(uniqueKeysWithValues: found))
      })

  private static func target(
    of gate: Gate, in format: CircuitFormat
  ) -> (gate: Gate, controlCount: Int)? {
    // The most controls first: then the gate itself is the plainest.
    for count in (0...gate.controlCount).reversed() where count > 0 {
      let target = Gate.all.first { candidate in
        guard candidate.qubitCount == gate.qubitCount - count,
          candidate.parameterCount == gate.parameterCount,
          candidate.aliases(in: format).contains(where: { $0.phase == 0 })
        else { return false }
        let controlled = GateApplication(
          candidate, angles: gate.parameterNames.indices.map { .weight($0) },
          on: Array(count..<gate.qubitCount), controls: (0..<count).map { Control($0) })
        return controlled.lowered() == gate.factors
      }
      if let target { return (target, count) }
    }
    return nil
  }
}
