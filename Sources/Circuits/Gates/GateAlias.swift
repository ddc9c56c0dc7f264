/// A kind of circuit file, in which a gate may have names of its own.
public enum CircuitFormat: String, CaseIterable, Hashable, Sendable {
  /// OpenQASM 2.0 with qelib1.inc.
  case openQASM2 = "OpenQASM 2"
}

/// Another name of a gate in a file format, and what its parameters mean there.
public struct GateAlias: Hashable, Sendable {
  /// The file format.
  public let format: CircuitFormat
  /// The name there.
  public let name: String
  /// The number of parameters that the name takes there.
  public let parameterCount: Int
  /// The gate's angles; the weight of index i stands for the alias's parameter i.
  public let angles: [Angle]

  /// Creates an alias.
  ///
  /// - Parameters:
  ///   - format: The file format.
  ///   - name: The name there.
  ///   - parameterCount: The number of parameters that the name takes there.
  ///   - angles: The gate's angles; nil where the parameters are the gate's own.
  init(_ format: CircuitFormat, _ name: String, parameterCount: Int = 0, angles: [Angle]? = nil) {
    self.format = format
    self.name = name
    self.parameterCount = parameterCount
    self.angles = angles ?? (0..<parameterCount).map { .weight($0) }
  }
}

extension GateAlias {
  /// Names of qelib1.inc, the first of which is printed; their parameters are the gate's own.
  static func qelib1(_ names: String..., parameterCount: Int = 0) -> [GateAlias] {
    names.map { GateAlias(.openQASM2, $0, parameterCount: parameterCount) }
  }
}
