import Hilbert

/// What `qsim run` found, in the order it is shown; what was not asked for is nil.
struct RunReport {
  struct Amplitude {
    let bits: String
    let value: Complex<Double>
    var probability: Double { value.lengthSquared }
  }

  var file: String
  var qubitCount: Int
  var instructionCount: Int
  var depth: Int
  /// The engine, by the name that --method gives it.
  var method: String
  /// The precision of amplitudes; nil for engines without any.
  var precision: Precision?
  /// How the bits of counts are read.
  var bitOrder: String
  var shots: Int?
  var seed: UInt64?
  var counts: [(bits: String, count: Int)]?
  var probabilities: [(bits: String, probability: Double)]?
  var amplitudes: [Amplitude]?
  /// Means of observables, with a standard error where they are estimates.
  var expectations: [(observable: String, value: Double, error: Double?)] = []
  /// Where the state vector was written.
  var stateFile: String?
  /// The strings that stabilize the state.
  var generators: [String]?
  var seconds: (parse: Double, plan: Double, simulate: Double)

  var value: JSONValue {
    var members: [(String, JSONValue)] = [
      ("file", .string(file)), ("qubits", .integer(qubitCount)),
      ("instructions", .integer(instructionCount)), ("depth", .integer(depth)),
      ("method", .string(method)),
    ]
    if let precision { members.append(("precision", .string(precision.rawValue))) }
    members.append(("bitOrder", .string(bitOrder)))
    if let shots { members.append(("shots", .integer(shots))) }
    if let seed { members.append(("seed", .unsigned(seed))) }
    if let counts {
      members.append(("counts", .object(counts.map { ($0.bits, .integer($0.count)) })))
    }
    if let probabilities {
      members.append(
        (
          "probabilities",
          .object(probabilities.map { ($0.bits, .number($0.probability)) })
        ))
    }
    if let amplitudes {
      members.append(
        (
          "amplitudes",
          .array(
            amplitudes.map {
              .object([
                ("basis", .string($0.bits)), ("re", .number($0.value.real)),
                ("im", .number($0.value.imaginary)), ("probability", .number($0.probability)),
              ])
            })
        ))
    }
    if !expectations.isEmpty {
      members.append(
        (
          "expectations",
          .array(
            expectations.map {
              .object(
                [("observable", .string($0.observable)), ("value", .number($0.value))]
                  + ($0.error.map { [("standardError", .number($0))] } ?? []))
            })
        ))
    }
    if let stateFile { members.append(("stateFile", .string(stateFile))) }
    if let generators { members.append(("generators", .array(generators.map { .string($0) }))) }
    members.append(
      (
        "seconds",
        .object([
          ("parse", .number(seconds.parse)), ("plan", .number(seconds.plan)),
          ("simulate", .number(seconds.simulate)),
        ])
      ))
    return .result(of: "run", members)
  }

  private var bitHint: String {
    bitOrder == BitOrder.qubits ? "qubit 0 rightmost" : bitOrder
  }

  /// A heading of what is always told by qubits; says so where the bits of counts are others.
  private func qubitHeading(_ heading: String, _ details: String...) -> String {
    let all = details + (bitOrder == BitOrder.qubits ? [] : ["qubit 0 rightmost"])
    return all.isEmpty ? heading : "\(heading) (\(all.joined(separator: ", ")))"
  }

  var text: String {
    var lines = [
      "\(file): \(Self.counted(qubitCount, "qubit")), "
        + "\(Self.counted(instructionCount, "instruction")), depth \(depth), "
        + "\(precision.map { "\($0.rawValue) precision" } ?? method) (bits: \(bitHint))"
    ]
    if let counts {
      lines += ["", "counts (\(Self.counted(shots ?? 0, "shot")), seed \(seed ?? 0))"]
      lines += Self.histogram(counts, shots: shots ?? 0)
    }
    if let probabilities {
      lines += ["", qubitHeading("probabilities")]
      lines += probabilities.map { "  \($0.bits)  \(Self.fixed($0.probability))" }
    }
    if let amplitudes {
      lines += ["", qubitHeading("amplitudes", "most probable first")]
      lines += amplitudes.map { amplitude in
        let (real, imaginary) = (Self.fixed(amplitude.value.real), amplitude.value.imaginary)
        let sign = Self.fixed(imaginary).hasPrefix("-") ? "-" : "+"
        return "  \(amplitude.bits)  \(Self.padded(real, 11)) \(sign) "
          + "\(Self.fixed(abs(imaginary)))i   |a|² = \(Self.fixed(amplitude.probability))"
      }
    }
    if !expectations.isEmpty {
      lines += ["", "expectations"]
      lines += expectations.map { mean in
        let error = mean.error.map { " ± \(Self.fixed($0, digits: 6))" } ?? ""
        let digits = mean.error == nil ? 12 : 6
        return "  ⟨\(mean.observable)⟩ = \(Self.fixed(mean.value, digits: digits))\(error)"
      }
    }
    if let generators {
      lines += ["", "stabilizers (the state is their common eigenvector of eigenvalue 1)"]
      lines += generators.map { "  \($0)" }
    }
    lines += [
      "",
      "parse \(Self.fixed(seconds.parse * 1e3, digits: 3)) ms, plan "
        + "\(Self.fixed(seconds.plan * 1e3, digits: 3)) ms, simulate "
        + "\(Self.fixed(seconds.simulate * 1e3, digits: 3)) ms",
    ]
    return lines.joined(separator: "\n")
  }

  /// Counts with their shares and bars, as wide as the terminal; 80 columns elsewhere.
  private static func histogram(
    _ counts: [(bits: String, count: Int)], shots: Int
  ) -> [String] {
    let width = counts.map { "\($0.count)".count }.max() ?? 1
    let bits = counts.map(\.bits.count).max() ?? 1
    let bars = Histogram(
      counts.lazy.map(\.count), margin: bits + width + 15, columns: Terminal.outputWidth ?? 80)
    return counts.map { entry in
      let share = fixed(100 * Double(entry.count) / Double(max(shots, 1)), digits: 1)
      return
        "  \(entry.bits)  \(padded("\(entry.count)", width))  \(padded(share, 5)) %  \(bars.bar(entry.count))"
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// A number of things: "1 qubit", "2 qubits".
  static func counted(_ count: Int, _ thing: String) -> String {
    "\(count) \(thing)\(count == 1 ? "" : "s")"
  }

  /// `value` with a fixed number of decimals.
  static func fixed(_ value: Double, digits: Int = 8) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let rounded = (abs(value) * scale).rounded()
    guard rounded < 0x1p53 else { return "\(value)" }
    let whole = Int(rounded / scale)
    guard digits > 0 else { return (value < 0 && rounded > 0 ? "-" : "") + "\(whole)" }
    let part = Int(rounded - Double(whole) * scale)
    let sign = value < 0 && rounded > 0 ? "-" : ""
    let tail = String(part)
    return sign + "\(whole)." + String(repeating: "0", count: max(0, digits - tail.count)) + tail
  }
}
