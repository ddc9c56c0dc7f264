import Circuits

/// What a gate's name means in a file.
enum QASM2Gate: Hashable {
  /// A gate of the catalogue under leading controls, at angles made from the name's parameters.
  case known(Gate, controls: Int, angles: [Angle], parameterCount: Int)
  /// A gate defined in the file, by its place in the list of definitions.
  case defined(Int)
}

/// A gate defined in a file: what stands between the braces.
struct QASM2Definition {
  enum Call {
    case gate(QASM2Gate, parameters: [(QASM2Expression, SourceLocation)], qubits: [Int])
    case barrier([Int])
  }

  let name: String
  let parameterCount: Int
  let qubitCount: Int
  let calls: [Call]
  /// The number of steps that an expansion takes, at most `Int.max`.
  let size: Int
  /// How deeply definitions stand in definitions.
  let depth: Int
}

/// The names that need no definition in the file.
enum QASM2Names {
  /// The gates of the language itself.
  static let builtIn = known(only: ["U", "CX"])

  /// The gates of qelib1.inc, and those of the catalogue that it lacks, by their names there.
  static let qelib1: [String: QASM2Gate] = {
    var names = known(only: nil)
    for gate in Gate.all where gate.qubitCount > 0 && names[gate.name] == nil {
      names[gate.name] = .known(
        gate, controls: 0, angles: gate.parameterNames.indices.map { .weight($0) },
        parameterCount: gate.parameterCount)
    }
    for (name, gate, controls) in manyControls {
      names[name] = .known(gate, controls: controls, angles: [], parameterCount: 0)
    }
    return names
  }()

  /// Gates of qelib1.inc that are a gate of the catalogue under controls.
  static let manyControls: [(name: String, gate: Gate, controls: Int)] = [
    ("c3x", .x, 3), ("c4x", .x, 4), ("c3sqrtx", .sx, 3),
  ]

  /// Gates of qelib1.inc that are read as definitions: Toffoli gates up to phases.
  ///
  /// D. Maslov, Phys. Rev. A 93, 022311 (2016).
  static let prelude = """
    gate rccx a, b, c {
      h c; t c; cx b, c; tdg c; cx a, c; t c; cx b, c; tdg c; h c;
    }
    gate rc3x a, b, c, d {
      h d; t d; cx c, d; tdg d; h d;
      cx a, d; t d; cx b, d; tdg d; cx a, d; t d; cx b, d; tdg d;
      h d; t d; cx c, d; tdg d; h d;
    }
    """

  private static func known(only names: [String]?) -> [String: QASM2Gate] {
    var result: [String: QASM2Gate] = [:]
    for gate in Gate.all {
      for alias in gate.aliases where alias.format == .openQASM2 {
        guard names?.contains(alias.name) ?? true else { continue }
        result[alias.name] = .known(
          gate, controls: 0, angles: alias.angles, parameterCount: alias.parameterCount)
      }
    }
    return result
  }
}
