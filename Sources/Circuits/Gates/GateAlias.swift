/// A kind of circuit file, in which a gate may have names of its own.
public enum CircuitFormat: String, CaseIterable, Hashable, Sendable {
  /// OpenQASM 2.0 with qelib1.inc.
  case openQASM2 = "OpenQASM 2"
  /// OpenQASM 3 with stdgates.inc.
  case openQASM3 = "OpenQASM 3"
  /// The text format of the simulator qsim: a time, a gate and its qubits on each line.
  case qsim = "qsim"
  /// The circuit as JSON, as docs/circuit-files.md describes it.
  case json = "JSON"
}

/// A name of a gate in a file format, and what its parameters mean there.
///
/// The name stands for `e^{i·phase}` times the gate at ``angles``: OpenQASM 3, for one, gives its general gates other
/// phases than Qiskit and OpenQASM 2 do.
public struct GateAlias: Hashable, Sendable {
  /// The file format.
  public let format: CircuitFormat
  /// The name there.
  public let name: String
  /// The number of parameters that the name takes there.
  public let parameterCount: Int
  /// The gate's angles; the weight of index i stands for the alias's parameter i.
  public let angles: [Angle]
  /// The global phase by which the name differs from the gate, under controls one of theirs; the weight of index i
  /// stands for the alias's parameter i.
  public let phase: Angle

  /// Creates an alias.
  ///
  /// - Parameters:
  ///   - format: The file format.
  ///   - name: The name there.
  ///   - parameterCount: The number of parameters that the name takes there.
  ///   - angles: The gate's angles; nil where the parameters are the gate's own.
  ///   - phase: The global phase by which the name differs from the gate.
  init(
    _ format: CircuitFormat, _ name: String, parameterCount: Int = 0, angles: [Angle]? = nil,
    phase: Angle = 0
  ) {
    self.format = format
    self.name = name
    self.parameterCount = parameterCount
    self.angles = angles ?? (0..<parameterCount).map { .weight($0) }
    self.phase = phase
  }

  /// The parameters with which the name stands for the gate at given angles.
  ///
  /// - Parameter values: One angle for each parameter of the gate.
  /// - Returns: One angle for each parameter of the name; nil where no parameters give these angles exactly, as
  ///   those of `cu3` where the fourth angle of `cu` is not 0.
  public func parameters(for values: [Angle]) -> [Angle]? {
    var found = [Angle?](repeating: nil, count: parameterCount)
    for (angle, value) in zip(angles, values) {
      guard let term = angle.terms.last, angle.terms.count == 1, let place = term.weights.first,
        term.weights.count == 1, abs(term.coefficient) == 1
      else { continue }
      found[place] = term.coefficient < 0 ? -value : value
    }
    // A parameter that no angle depends on, as that of `u0`, may be anything.
    let parameters = found.map { $0 ?? 0 }
    let result = angles.map { $0.substituting(weight: { parameters[$0] }) }
    return result == values ? parameters : nil
  }
}

extension GateAlias {
  /// One name in several formats; its parameters are the gate's own.
  static func names(
    _ name: String, in formats: CircuitFormat..., parameterCount: Int = 0
  ) -> [GateAlias] {
    formats.map { GateAlias($0, name, parameterCount: parameterCount) }
  }
}

extension Gate {
  private static let byAlias: [CircuitFormat: [String: (gate: Gate, alias: GateAlias)]] = {
    var names: [CircuitFormat: [String: (gate: Gate, alias: GateAlias)]] = [:]
    for gate in all {
      for alias in gate.aliases { names[alias.format, default: [:]][alias.name] = (gate, alias) }
    }
    return names
  }()

  /// What a name stands for in a file format; nil where the format has no gate of this name.
  ///
  /// - Complexity: O(1).
  public static func alias(
    _ name: String, in format: CircuitFormat
  ) -> (gate: Gate, alias: GateAlias)? {
    byAlias[format]?[name]
  }

  /// The names that a file format has, of all gates.
  public static func names(in format: CircuitFormat) -> [String] {
    all.flatMap { $0.aliases(in: format).map(\.name) }
  }

  /// The gate's names in a file format; the first is the one written.
  public func aliases(in format: CircuitFormat) -> [GateAlias] {
    aliases.filter { $0.format == format }
  }
}
