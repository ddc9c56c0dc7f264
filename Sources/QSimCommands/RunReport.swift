import Hilbert

/// What `qsim run` found, in the order it is shown; what was not asked for is nil.
struct RunReport {
  struct Amplitude {
    let basis: Int
    let value: Complex<Double>
    var probability: Double { value.lengthSquared }
  }

  var file: String
  var qubitCount: Int
  var instructionCount: Int
  var depth: Int
  var precision: Precision
  var shots: Int?
  var seed: UInt64?
  var counts: [(basis: Int, count: Int)]?
  var probabilities: [(basis: Int, probability: Double)]?
  var amplitudes: [Amplitude]?
  var expectations: [(observable: String, value: Double)] = []
  var seconds: (parse: Double, plan: Double, simulate: Double)

  /// The bits of a basis state, qubit 0 rightmost.
  private func bits(_ basis: Int) -> String {
    let digits = String(basis, radix: 2)
    return String(repeating: "0", count: max(0, qubitCount - digits.count)) + digits
  }

  var json: String {
    var members: [(String, JSONValue)] = [
      ("file", .string(file)), ("qubits", .integer(qubitCount)),
      ("instructions", .integer(instructionCount)), ("depth", .integer(depth)),
      ("precision", .string(precision.rawValue)),
      ("bitOrder", .string("qubit 0 is the least significant bit, printed rightmost")),
    ]
    if let shots { members.append(("shots", .integer(shots))) }
    if let seed { members.append(("seed", .unsigned(seed))) }
    if let counts {
      members.append(("counts", .object(counts.map { (bits($0.basis), .integer($0.count)) })))
    }
    if let probabilities {
      members.append(
        (
          "probabilities",
          .object(probabilities.map { (bits($0.basis), .number($0.probability)) })
        ))
    }
    if let amplitudes {
      members.append(
        (
          "amplitudes",
          .array(
            amplitudes.map {
              .object([
                ("basis", .string(bits($0.basis))), ("re", .number($0.value.real)),
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
              .object([("observable", .string($0.observable)), ("value", .number($0.value))])
            })
        ))
    }
    members.append(
      (
        "seconds",
        .object([
          ("parse", .number(seconds.parse)), ("plan", .number(seconds.plan)),
          ("simulate", .number(seconds.simulate)),
        ])
      ))
    return JSONValue.object(members).text()
  }

  var text: String {
    var lines = [
      "\(file): \(Self.counted(qubitCount, "qubit")), "
        + "\(Self.counted(instructionCount, "instruction")), depth \(depth), "
        + "\(precision.rawValue) precision (bits: qubit 0 rightmost)"
    ]
    if let counts {
      lines += ["", "counts (\(Self.counted(shots ?? 0, "shot")), seed \(seed ?? 0))"]
      let width = counts.map { "\($0.count)".count }.max() ?? 1
      lines += counts.map { "  \(bits($0.basis))  \(Self.padded("\($0.count)", width))" }
    }
    if let probabilities {
      lines += ["", "probabilities"]
      lines += probabilities.map { "  \(bits($0.basis))  \(Self.fixed($0.probability))" }
    }
    if let amplitudes {
      lines += ["", "amplitudes (most probable first)"]
      lines += amplitudes.map { amplitude in
        let (real, imaginary) = (Self.fixed(amplitude.value.real), amplitude.value.imaginary)
        let sign = Self.fixed(imaginary).hasPrefix("-") ? "-" : "+"
        return "  \(bits(amplitude.basis))  \(Self.padded(real, 11)) \(sign) "
          + "\(Self.fixed(abs(imaginary)))i   |a|² = \(Self.fixed(amplitude.probability))"
      }
    }
    if !expectations.isEmpty {
      lines += ["", "expectations"]
      lines += expectations.map { "  ⟨\($0.observable)⟩ = \(Self.fixed($0.value, digits: 12))" }
    }
    lines += [
      "",
      "parse \(Self.fixed(seconds.parse * 1e3, digits: 3)) ms, plan "
        + "\(Self.fixed(seconds.plan * 1e3, digits: 3)) ms, simulate "
        + "\(Self.fixed(seconds.simulate * 1e3, digits: 3)) ms",
    ]
    return lines.joined(separator: "\n")
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
    let part = Int(rounded - Double(whole) * scale)
    let sign = value < 0 && rounded > 0 ? "-" : ""
    let tail = String(part)
    return sign + "\(whole)." + String(repeating: "0", count: max(0, digits - tail.count)) + tail
  }
}
