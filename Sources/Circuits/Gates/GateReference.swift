/// The page docs/gates.md, made from the catalogue.
package enum GateReference {
  /// The page as Markdown.
  package static func markdown() -> String {
    var lines = [
      "# Gates",
      "",
      "This page is generated from the catalogue in Sources/Circuits/Gates; do not edit it.",
      "`HILBERT_UPDATE_GOLDEN=1 make test` writes it anew.",
      "",
      "Qubit 0 of a gate is the first one named and the least significant bit of its matrix.",
      "`rotation(P, a)` is exp(-i·a·P/2), `phase(a)` is e^{i·a}; a condition such as `q0=1` tells",
      "on which states of the other qubits the factor acts. Factors are applied left to right.",
      "The frequencies are those with which an expectation depends on the parameter, and so give",
      "its shift rule; in brackets those under further controls. Every gate takes any number of",
      "further controls on 0 or 1, and any power.",
      "",
      "| Gate | Parameters | Qubits | What it is | Kernel form | Frequencies | Inverse | OpenQASM 2 "
        + "| OpenQASM 3 | qsim |",
      "|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += Gate.all.map(row)
    lines += [
      "",
      "Besides these: `Gate.pauliRotation(string)`, the rotation `exp(-i·theta·P/2)` about any",
      "Pauli string, and `Gate.unitary(matrix)`, any unitary matrix.",
      "",
      "The last columns are the gate's names in circuit files: those of qelib1.inc, of stdgates.inc, and of qsim's",
      "text format. All are read; the first is written. What stands behind a name tells how its parameters follow",
      "from the gate's where they are others, and by which phase it differs from the gate. A gate without a name is",
      "written as gates that have one; see [circuit files](circuit-files.md).",
      "",
    ]
    return lines.joined(separator: "\n")
  }

  private static func row(_ gate: Gate) -> String {
    let name = { (place: Int) in gate.parameterNames[place] }
    let factors = gate.factors.map { $0.text(weight: name) }
    let frequencies = gate.parameterNames.indices.map { place in
      let own = list(gate.frequencies(ofParameter: place))
      let controlled = list(gate.frequencies(ofParameter: place, controlled: true))
      return "\(name(place)): \(own)" + (controlled == own ? "" : " (\(controlled))")
    }
    let columns = [
      "`\(gate.name)`",
      gate.parameterNames.joined(separator: ", "),
      qubits(gate),
      gate.summary,
      factors.isEmpty ? "nothing" : factors.map { "`\($0)`" }.joined(separator: ", "),
      frequencies.joined(separator: "; "),
      inverse(gate),
      names(gate, in: .openQASM2), names(gate, in: .openQASM3), names(gate, in: .qsim),
    ]
    return "| \(columns.joined(separator: " | ")) |"
  }

  private static func names(_ gate: Gate, in format: CircuitFormat) -> String {
    let own = gate.parameterNames.indices.map { Angle.weight($0) }
    func text(_ angle: Angle) -> String {
      angle.text(weight: { gate.parameterNames[$0] }, input: { "x[\($0)]" })
    }
    return gate.aliases(in: format).map { alias in
      let parameters = alias.parameters(for: own) ?? own
      let list =
        parameters == own || own.isEmpty
        ? "" : "(\(parameters.map(text).joined(separator: ", ")))"
      let phase = alias.phase.substituting(weight: { parameters[$0] })
      let factor = phase == 0 ? "" : " times `e^{i·(\(text(phase)))}`"
      return "`\(alias.name)\(list)`\(factor)"
    }.joined(separator: " ")
  }

  private static func list(_ frequencies: [Double]?) -> String {
    guard let frequencies else { return "no rule" }
    guard !frequencies.isEmpty else { return "none" }
    return frequencies.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }.joined(separator: ", ")
  }

  private static func qubits(_ gate: Gate) -> String {
    switch gate.controlCount {
    case 0: "\(gate.qubitCount)"
    case 1: "\(gate.qubitCount), the first a control"
    default: "\(gate.qubitCount), the first \(gate.controlCount) controls"
    }
  }

  private static func inverse(_ gate: Gate) -> String {
    switch gate.inverseRule {
    case .itself: return "itself"
    case .gate(let other): return "`\(other().name)`"
    case .power: return "power -1"
    case .angles(let angles):
      let texts = angles.map { angle in
        angle.text(weight: { gate.parameterNames[$0] }, input: { "x[\($0)]" })
      }
      return "`\(gate.name)(\(texts.joined(separator: ", ")))`"
    }
  }
}
