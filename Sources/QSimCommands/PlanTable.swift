import Hilbert

/// What `qsim plan` prints.
struct PlanTable {
  let report: PlanReport
  let file: String
  let depth: Int
  /// The observables as they were given.
  let measured: [String]

  private static let columns = [
    "pass", "qubits in a block", "kernels", "memory MB", "cache MB", "Mflop", "predicted ms",
    "measured ms", "what is done",
  ]
  /// The columns of words, which stand left.
  private static let words: Set<Int> = [0, 1, 8]

  // MARK: Text

  var text: String {
    var lines = [
      "\(file): \(RunReport.counted(report.qubitCount, "qubit")), "
        + "\(RunReport.counted(report.gateCount, "gate")), depth \(depth), "
        + "\(report.task.precision.rawValue) precision",
      run, "",
    ]
    lines += summary
    lines += [""] + table
    if let limits = report.limits {
      lines += [
        "",
        "predicted is the longest of memory at \(Self.giga(limits.memoryBandwidth)) GB/s, cache at "
          + "\(Self.giga(limits.cacheBandwidth)) GB/s and \(Self.giga(limits.operationsPerSecond)) "
          + "GFLOP/s, measured on \(RunReport.counted(limits.threads, "thread"))",
      ]
    }
    return lines.joined(separator: "\n")
  }

  /// What is run, in words.
  private var run: String {
    let result =
      measured.isEmpty
      ? "the final state" : measured.map { "⟨\($0)⟩" }.joined(separator: ", ")
    let gradient = report.task.wantsGradient ? " and gradients" : ""
    let threads = RunReport.counted(report.workingThreads, "thread")
    let size = Self.bytes(report.stateBytes)
    let batch = report.task.batch.map { " for a batch of \($0)" } ?? ""
    switch report.layout {
    case .tiles(let samples, let count):
      return
        "\(result)\(gradient)\(batch): \(RunReport.counted(count, "tile")) of \(samples) samples, "
        + "\(size) each, on \(threads)"
    case .block:
      return "\(result)\(gradient)\(batch): a state is one block of \(size), on \(threads)"
    case .passes:
      return "\(result)\(gradient)\(batch): a state of \(size) in blocks of "
        + "\(Self.bytes(report.blockBytes)), on \(threads)"
    }
  }

  private var summary: [String] {
    var rows: [(name: String, count: Int, note: String)] = [
      ("gates", report.gateCount, ""),
      ("operations", report.operationCount, "rotations, phases, Paulis, swaps, matrices"),
    ]
    if let pruned = report.pruned {
      var reasons: [String] = []
      if pruned.onBasisStates > 0 {
        reasons.append("\(pruned.onBasisStates) a global phase on basis states")
      }
      if pruned.outsideCone > 0 { reasons.append("\(pruned.outsideCone) outside the light cone") }
      if pruned.commuting > 0 {
        reasons.append("\(pruned.commuting) diagonal like the measurement")
      }
      rows.append(("left out", pruned.removed, reasons.joined(separator: ", ")))
      if pruned.lostControls > 0 {
        rows.append(("freed", pruned.lostControls, "of controls that are always fulfilled"))
      }
      if report.simulatedQubitCount < report.qubitCount {
        rows.append(
          ("qubits kept", report.simulatedQubitCount, "renumbered from 0; the others are not seen"))
      }
    }
    rows += [
      ("renumberings", report.frameChangeCount, "X, CNOT and SWAP that move no amplitude"),
      ("turns", report.turnCount, "real rotations of pairs of amplitudes"),
      (
        "diagonals", report.diagonalCount,
        "tables of phases, of \(RunReport.counted(report.stringCount, "string")) of Z"
      ), ("kernels", report.passes.reduce(0) { $0 + $1.kernelCount }, "over a block each"),
      (report.passes.count == 1 ? "pass" : "passes", report.passes.count, "over the state"),
    ]
    return rows.map { row in
      let line = "  \(row.name)" + Self.space(14 - row.name.count)
      let count = "\(row.count)"
      return line + Self.space(8 - count.count) + count + (row.note.isEmpty ? "" : "   \(row.note)")
    }
  }

  private var table: [String] {
    var rows = [Self.columns]
    for (index, pass) in report.passes.enumerated() {
      rows.append([
        "\(index + 1) \(pass.direction.rawValue)", Self.ranges(pass.qubits), "\(pass.kernelCount)",
        Self.mega(pass.memoryBytes), Self.mega(pass.cacheBytes), Self.mega(pass.operations),
        Self.milliseconds(pass.predicted), Self.milliseconds(pass.measured), Self.done(by: pass),
      ])
    }
    for direction in [PlanPass.Direction.forward, .backward] {
      let passes = report.passes.filter { $0.direction == direction }
      guard !passes.isEmpty || direction == .forward else { continue }
      let isForward = direction == .forward
      rows.append([
        "all \(direction.rawValue)", "", "\(passes.reduce(0) { $0 + $1.kernelCount })",
        Self.mega(passes.reduce(0) { $0 + $1.memoryBytes }),
        Self.mega(passes.reduce(0) { $0 + $1.cacheBytes }),
        Self.mega(passes.reduce(0) { $0 + $1.operations }),
        Self.milliseconds(report.predictedSeconds(direction)),
        Self.milliseconds(isForward ? report.forwardSeconds : report.backwardSeconds),
        totalNote(direction),
      ])
    }
    let widths = Self.columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = row.indices.map { column in
        let space = Self.space(widths[column] - row[column].count)
        return Self.words.contains(column) ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  private func totalNote(_ direction: PlanPass.Direction) -> String {
    switch (direction, report.task.batch != nil || report.task.wantsGradient) {
    case (.forward, true): "with |0…0⟩ and what is measured"
    case (.forward, false): "with |0…0⟩"
    case (.backward, _): "with the costate"
    }
  }

  // MARK: JSON

  var value: JSONValue {
    var members: [(String, JSONValue)] = [
      ("file", .string(file)), ("qubits", .integer(report.qubitCount)),
      ("simulatedQubits", .integer(report.simulatedQubitCount)),
      ("precision", .string(report.task.precision.rawValue)), ("depth", .integer(depth)),
      ("layout", .string(layoutName)), ("threads", .integer(report.workingThreads)),
      ("stateBytes", .number(report.stateBytes)), ("blockBytes", .number(report.blockBytes)),
      ("gates", .integer(report.gateCount)), ("operations", .integer(report.operationCount)),
    ]
    if let pruned = report.pruned {
      members.append(
        (
          "pruned",
          .object([
            ("onBasisStates", .integer(pruned.onBasisStates)),
            ("outsideCone", .integer(pruned.outsideCone)),
            ("commuting", .integer(pruned.commuting)),
            ("lostControls", .integer(pruned.lostControls)),
          ])
        ))
    }
    members += [
      ("renumberings", .integer(report.frameChangeCount)), ("turns", .integer(report.turnCount)),
      ("diagonals", .integer(report.diagonalCount)), ("strings", .integer(report.stringCount)),
      ("kernels", .integer(report.passes.reduce(0) { $0 + $1.kernelCount })),
    ]
    if let limits = report.limits {
      members.append(
        (
          "limits",
          .object([
            ("memoryBytesPerSecond", .number(limits.memoryBandwidth)),
            ("cacheBytesPerSecond", .number(limits.cacheBandwidth)),
            ("operationsPerSecond", .number(limits.operationsPerSecond)),
          ])
        ))
    }
    members.append(("passes", .array(report.passes.map { Self.json(of: $0) })))
    for (name, seconds) in [
      ("forwardSeconds", report.forwardSeconds), ("backwardSeconds", report.backwardSeconds),
    ] {
      if let seconds { members.append((name, .number(seconds))) }
    }
    return .result(of: "plan", members)
  }

  private var layoutName: String {
    switch report.layout {
    case .tiles: "tiles"
    case .block: "block"
    case .passes: "passes"
    }
  }

  private static func json(of pass: PlanPass) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("direction", .string(pass.direction.rawValue)),
      ("qubits", .array(pass.qubits.map { .integer($0) })),
      ("kernels", .integer(pass.kernelCount)),
      ("steps", .object(pass.steps.map { ($0.name, .integer($0.count)) })),
      ("memoryBytes", .number(pass.memoryBytes)), ("cacheBytes", .number(pass.cacheBytes)),
      ("operations", .number(pass.operations)),
    ]
    if let predicted = pass.predicted { members.append(("predictedSeconds", .number(predicted))) }
    if let measured = pass.measured { members.append(("measuredSeconds", .number(measured))) }
    return .object(members)
  }
}

/// How numbers are written.
extension PlanTable {
  private static func space(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  private static func mega(_ value: Double) -> String {
    RunReport.fixed(value / 1e6, digits: value < 1e7 ? 3 : 1)
  }

  private static func giga(_ value: Double) -> String { RunReport.fixed(value / 1e9, digits: 1) }

  static func milliseconds(_ seconds: Double?) -> String {
    guard let seconds else { return "-" }
    return RunReport.fixed(seconds * 1e3, digits: seconds < 1e-2 ? 4 : 2)
  }

  /// A time in the unit that leaves one to three digits before the point.
  static func time(_ seconds: Double) -> String {
    let units = ["ns", "µs", "ms"]
    var (value, unit) = (seconds * 1e9, 0)
    while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    return value >= 999.5
      ? "\(RunReport.fixed(value / 1000, digits: 1)) s"
      : "\(RunReport.fixed(value, digits: unit == 0 ? 0 : 1)) \(units[unit])"
  }

  static func bytes(_ count: Double) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
    var (value, unit) = (count, 0)
    while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
    return "\(RunReport.fixed(value, digits: unit == 0 ? 0 : 1)) \(units[unit])"
  }

  /// Numbers with runs of them as "0-10".
  private static func ranges(_ numbers: [Int]) -> String {
    var runs: [(first: Int, last: Int)] = []
    for number in numbers {
      if let last = runs.last, last.last == number - 1 {
        runs[runs.count - 1].last = number
      } else {
        runs.append((number, number))
      }
    }
    return runs.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }
      .joined(separator: " ")
  }

  private static func done(by pass: PlanPass) -> String {
    pass.steps.map { "\($0.count) \($0.count == 1 ? $0.name : $0.plural)" }
      .joined(separator: ", ")
  }
}
