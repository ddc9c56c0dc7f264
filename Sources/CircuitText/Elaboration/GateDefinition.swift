import Circuits

/// A gate that a file defines.
struct GateDefinition {
  let syntax: GateSyntax
  /// The file it stands in.
  let source: SourceText
  /// The gate of the catalogue that it is, where the two are the same.
  var known: Gate?
  /// What it comes to at parameters for which it has been called: instructions on the gate's own qubits.
  var expansions: [[ClassicalValue]: [Instruction]] = [:]

  /// How many expansions of a gate are kept.
  static let expansionLimit = 256
  /// How many instructions the expansions of all gates may hold together.
  static let keptLimit = 1 << 19
}

/// What the name of a gate means.
enum GateMeaning {
  /// A gate of a library.
  case known(LibraryGate)
  /// A gate that the file defines, by its place in the list of definitions.
  case defined(Int)
}

/// A gate of the catalogue under leading controls, as a library of a language names it.
struct LibraryGate: Sendable {
  let gate: Gate
  let controls: Int
  /// The gate's angles; the weight of index i stands for the name's parameter i.
  let angles: [Angle]
  let parameterCount: Int
  /// A global phase that belongs to the name's matrix and not to the gate's.
  let phase: Angle

  init(
    _ gate: Gate, controls: Int = 0, angles: [Angle]? = nil, parameterCount: Int? = nil,
    phase: Angle = 0
  ) {
    self.gate = gate
    self.controls = controls
    self.angles = angles ?? gate.parameterNames.indices.map { .weight($0) }
    self.parameterCount = parameterCount ?? gate.parameterCount
    self.phase = phase
  }

  var qubitCount: Int { gate.qubitCount + controls }
}
