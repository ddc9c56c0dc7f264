/// What `qsim expect` found.
struct ExpectReport {
  let file: String
  let qubitCount: Int
  var method: String
  let shots: Int?
  let seed: UInt64?
  var values: [(observable: ObservableFlag, value: Double, error: Double?, variance: Double?)] = []

  init(file: String, qubitCount: Int, method: String, shots: Int?, seed: UInt64?) {
    self.file = file
    self.qubitCount = qubitCount
    self.method = method
    self.shots = shots
    self.seed = seed
  }

  var value: JSONValue {
    var members: [(String, JSONValue)] = [
      ("file", .string(file)), ("qubits", .integer(qubitCount)), ("method", .string(method)),
    ]
    if let shots { members.append(("shots", .integer(shots))) }
    if let seed { members.append(("seed", .unsigned(seed))) }
    members.append(
      (
        "expectations",
        .array(
          values.map { entry in
            var members: [(String, JSONValue)] = []
            if let name = entry.observable.name { members.append(("name", .string(name))) }
            members += [
              ("observable", .string(entry.observable.text)), ("value", .number(entry.value)),
            ]
            if let error = entry.error { members.append(("standardError", .number(error))) }
            if let variance = entry.variance { members.append(("variance", .number(variance))) }
            return .object(members)
          })
      ))
    return .result(of: "expect", members)
  }

  var text: String {
    var heading = "\(file): \(RunReport.counted(qubitCount, "qubit")), \(method)"
    if let shots { heading += ", \(RunReport.counted(shots, "shot")) a product, seed \(seed ?? 0)" }
    var table = TextTable()
    for entry in values {
      let digits = entry.error == nil ? 12 : 6
      var row = [entry.observable.label, "= \(RunReport.fixed(entry.value, digits: digits))"]
      if let error = entry.error { row.append("± \(RunReport.fixed(error, digits: 6))") }
      if let variance = entry.variance {
        row.append("variance \(RunReport.fixed(variance, digits: digits))")
      }
      table.append(row)
    }
    return ([heading, ""] + table.lines).joined(separator: "\n")
  }
}
