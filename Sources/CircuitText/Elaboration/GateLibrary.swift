import Circuits

/// The gates that a language names without a definition in the file.
struct GateLibrary: Sendable {
  /// The name of the file that a program includes for them.
  let file: String
  let gates: [String: LibraryGate]
  /// Gates that are read as definitions.
  let definitions: String

  /// The libraries, by the names of their files.
  static let all: [String: GateLibrary] = [
    qelib1.file: qelib1, stdgates.file: stdgates,
  ]

  /// The library that files of a language usually include.
  static func usual(_ dialect: SyntaxParser.Dialect) -> GateLibrary {
    dialect == .two ? qelib1 : stdgates
  }

  /// The gates of the language itself.
  static func builtIn(_ dialect: SyntaxParser.Dialect) -> [String: LibraryGate] {
    dialect == .two ? builtIn2 : builtIn3
  }

  /// Whether the file of this library, as it is shipped, has a gate of this name; others are known besides.
  func includes(_ name: String) -> Bool {
    let format: CircuitFormat = file == Self.qelib1.file ? .openQASM2 : .openQASM3
    return Gate.names(in: format).contains(name)
  }

  /// The gate among `known` that is the one called `name` in another language or in words; nil where there is none.
  static func commonName(_ name: String, known: [String]) -> String? {
    let name = name.lowercased()
    let words = ["hadamard": "h", "toffoli": "ccx", "fredkin": "cswap", "not": "x", "cnot": "cx"]
    if let common = words[name], known.contains(common) { return common }
    for format in CircuitFormat.allCases {
      guard let gate = Gate.alias(name, in: format)?.gate else { continue }
      if known.contains(gate.name) { return gate.name }
    }
    return nil
  }

  private static let builtIn2 = named(["U", "CX"], in: .openQASM2)
  private static let builtIn3 = named(["U", "gphase"], in: .openQASM3)

  /// `qelib1.inc` of OpenQASM 2, as Qiskit ships it.
  static let qelib1 = GateLibrary(
    file: "qelib1.inc", gates: gates(of: .openQASM2), definitions: Self.toffolis)

  /// `stdgates.inc` of OpenQASM 3; with it the other gates of the catalogue are known by their names.
  static let stdgates = GateLibrary(
    file: "stdgates.inc", gates: gates(of: .openQASM3), definitions: Self.toffolis)

  private static func named(
    _ names: [String], in format: CircuitFormat
  ) -> [String: LibraryGate] {
    var gates: [String: LibraryGate] = [:]
    for name in names {
      guard let (gate, alias) = Gate.alias(name, in: format) else { continue }
      gates[name] = LibraryGate(
        gate, angles: alias.angles, parameterCount: alias.parameterCount, phase: alias.phase)
    }
    return gates
  }

  private static func gates(of format: CircuitFormat) -> [String: LibraryGate] {
    var gates = named(Gate.names(in: format), in: format)
    if format == .openQASM3 {
      // Gates that Qiskit's exporter names and stdgates.inc lacks.
      for (name, gate) in named(Gate.names(in: .openQASM2), in: .openQASM2) where gates[name] == nil
      {
        gates[name] = gate
      }
    }
    for gate in Gate.all where gates[gate.name] == nil { gates[gate.name] = LibraryGate(gate) }
    for (name, gate, controls) in manyControls where gates[name] == nil {
      gates[name] = LibraryGate(gate, controls: controls)
    }
    return gates
  }

  /// Gates of qelib1.inc that are a gate of the catalogue under controls.
  static let manyControls: [(name: String, gate: Gate, controls: Int)] = [
    ("c3x", .x, 3), ("c4x", .x, 4), ("c3sqrtx", .sx, 3),
  ]

  /// Toffoli gates up to phases.
  ///
  /// D. Maslov, Phys. Rev. A 93, 022311 (2016).
  private static let toffolis = """
    gate rccx a, b, c {
      h c; t c; cx b, c; tdg c; cx a, c; t c; cx b, c; tdg c; h c;
    }
    gate rc3x a, b, c, d {
      h d; t d; cx c, d; tdg d; h d;
      cx a, d; t d; cx b, d; tdg d; cx a, d; t d; cx b, d; tdg d;
      h d; t d; cx c, d; tdg d; h d;
    }
    """
}
