import Circuits
import Testing

/// The files made from the catalogue; `HILBERT_UPDATE_GOLDEN=1` writes them anew.
@Suite("Generated files") struct GeneratedFilesTests {
  @Test("docs/gates.md is up to date")
  func gateReference() throws {
    #expect(try agrees(GateReference.markdown(), withFile: "docs/gates.md"))
  }

  @Test("the circuit's methods are up to date")
  func methods() throws {
    let header = """
      // Made from the catalogue by GeneratedFilesTests; `HILBERT_UPDATE_GOLDEN=1 make test` writes it
      // anew.

      extension Circuit {
      """
    let text = header + "\n" + Gate.all.map(method).joined(separator: "\n") + "}\n"
    #expect(try agrees(text, withFile: "Sources/Circuits/Building/Circuit+Gates.swift"))
  }

  @Test("the gates of the circuit builder are up to date")
  func calls() throws {
    let header = """
      // Made from the catalogue by GeneratedFilesTests; `HILBERT_UPDATE_GOLDEN=1 make test` writes it
      // anew.
      // swift-format-ignore-file: AlwaysUseLowerCamelCase

      """
    let text = header + Gate.all.map(call).map { "\n" + $0 }.joined()
    #expect(try agrees(text, withFile: "Sources/Circuits/Building/GateCalls.swift"))
  }

  /// The summary, beginning small unless with a name such as RX.
  private func phrase(_ gate: Gate) -> String {
    let isWord = gate.summary.dropFirst().first?.isLowercase ?? false
    return (isWord ? gate.summary.prefix(1).lowercased() : String(gate.summary.prefix(1)))
      + gate.summary.dropFirst()
  }

  private func qubitNames(_ gate: Gate) -> [String] {
    let targets = gate.qubitCount - gate.controlCount
    let controls =
      gate.controlCount == 1
      ? ["control"] : (0..<gate.controlCount).map { "control\($0)" }
    switch targets {
    case 0: return controls
    case 1: return controls + [gate.controlCount == 0 ? "qubit" : "target"]
    default: return controls + ["first", "second"]
    }
  }

  private func arguments(_ gate: Gate) -> [String] {
    gate.parameterNames.map { "_ \($0): Angle" } + qubitNames(gate).map { "_ \($0): Int" }
  }

  private func angles(_ gate: Gate) -> String {
    gate.parameterCount == 0 ? "" : ", angles: [\(gate.parameterNames.joined(separator: ", "))]"
  }

  private func method(_ gate: Gate) -> String {
    let list = arguments(gate).joined(separator: ", ")
    let qubits = qubitNames(gate).joined(separator: ", ")
    let body = "append(.\(gate.name)\(angles(gate)), to: [\(qubits)])"
    let head = "  public mutating func \(gate.name)(\(list)) {"
    let signature =
      head.count <= 100
      ? head : "  public mutating func \(gate.name)(\n    \(list)\n  ) {"
    return "  /// Appends `\(gate.name)`: \(phrase(gate))\n\(signature)\n    \(body)\n  }\n"
  }

  /// The arguments on lines of at most 100 characters, indented by two.
  private func wrapped(_ list: [String]) -> String {
    list.enumerated().reduce(into: [" "]) { lines, item in
      let text = item.element + (item.offset == list.count - 1 ? "" : ",")
      if lines[lines.count - 1].count + 1 + text.count <= 100 {
        lines[lines.count - 1] += " " + text
      } else {
        lines.append("  " + text)
      }
    }.joined(separator: "\n")
  }

  private func call(_ gate: Gate) -> String {
    let name = gate.name.uppercased()
    let arguments = arguments(gate) + ["controls: [Control] = []"]
    let list = arguments.joined(separator: ", ")
    let qubits = qubitNames(gate).joined(separator: ", ")
    let body =
      "GateApplication(.\(gate.name)\(angles(gate)), on: [\(qubits)], controls: controls)"
    let head = "public func \(name)(\(list)) -> GateApplication {"
    let signature =
      head.count <= 100
      ? head : "public func \(name)(\n\(wrapped(arguments))\n) -> GateApplication {"
    let lines = body.count <= 98 ? "  \(body)" : "  GateApplication(\n    \(body.dropFirst(16))"
    return "/// The gate `\(gate.name)`: \(phrase(gate))\n\(signature)\n\(lines)\n}\n"
  }
}
