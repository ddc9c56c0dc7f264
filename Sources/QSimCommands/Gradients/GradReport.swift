/// What `qsim grad` found.
struct GradReport {
  let file: String
  let names: [String]
  let point: [Double]
  let observables: [ObservableFlag]
  let method: String
  let shots: Int?
  /// The value of each observable.
  let values: [Double]
  /// The derivatives, `[observables][variables]`.
  let gradients: [[Double]]
  var check: GradientCheck?

  var value: JSONValue {
    var members: [(String, JSONValue)] = [("file", .string(file)), ("method", .string(method))]
    if let shots { members.append(("shots", .integer(shots))) }
    members.append(("parameters", .object(zip(names, point).map { ($0, .number($1)) })))
    members.append(
      (
        "gradients",
        .array(
          observables.enumerated().map { place, observable in
            .object([
              ("observable", .string(observable.text)), ("value", .number(values[place])),
              ("gradient", .object(zip(names, gradients[place]).map { ($0, .number($1)) })),
            ])
          })
      ))
    if let check {
      members.append(
        (
          "check",
          .object([
            ("passed", .boolean(check.isPassed)), ("reference", .string(check.reference)),
            (
              "methods",
              .array(
                check.comparisons.map { comparison in
                  .object([
                    ("method", .string(comparison.method)),
                    ("passed", .boolean(comparison.isPassed)),
                    ("difference", .number(comparison.difference)),
                    ("bound", .number(comparison.bound)),
                    ("parameter", .string(names[comparison.place.variable])),
                    (
                      "observable", .string(observables[comparison.place.observable].text)
                    ),
                  ])
                })
            ),
          ])
        ))
    }
    return .result(of: "grad", members)
  }

  var text: String {
    var lines = [
      "\(file): \(RunReport.counted(names.count, "parameter")), \(method)"
        + (shots.map { ", \(RunReport.counted($0, "shot")) a product" } ?? "")
    ]
    let digits = shots == nil && method != "spsa" ? 12 : 6
    for (place, observable) in observables.enumerated() {
      lines += ["", "\(observable.label) = \(RunReport.fixed(values[place], digits: digits))"]
      var table = TextTable()
      for (variable, name) in names.enumerated() {
        table.append([
          "∂/∂\(name)", RunReport.fixed(gradients[place][variable], digits: digits),
          "at \(name) = \(RunReport.fixed(point[variable], digits: 6))",
        ])
      }
      lines += table.lines
    }
    if let check { lines += ["", "check against \(check.reference)"] + self.lines(of: check) }
    return lines.joined(separator: "\n")
  }

  private func lines(of check: GradientCheck) -> [String] {
    var table = TextTable(words: [0, 1, 2, 3])
    for comparison in check.comparisons {
      let place = comparison.place
      table.append([
        comparison.method, comparison.isPassed ? "agrees" : "DISAGREES",
        "differs by \(Self.short(comparison.difference)), may by \(Self.short(comparison.bound))",
        "(\(names[place.variable]) of \(observables[place.observable].label))",
      ])
    }
    return table.lines
  }

  /// A size with two digits: 3.1e-12.
  static func short(_ value: Double) -> String {
    guard value.isFinite, value > 0 else { return value == 0 ? "0" : "\(value)" }
    var exponent = 0
    var mantissa = value
    while mantissa >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 0.995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\(RunReport.fixed(mantissa, digits: 1))e\(exponent)"
  }
}
