import Hilbert

/// What `qsim train` reached.
struct TrainReport {
  let file: String
  let observable: ObservableFlag
  let training: TrainingRun

  var value: JSONValue {
    var members: [(String, JSONValue)] = [
      ("file", .string(file)), ("observable", .string(observable.text)),
      ("optimizer", .string(training.settings["optimizer"] ?? "")),
      ("learningRate", .string(training.settings["learning rate"] ?? "")),
      ("steps", .integer(training.stepCount)), ("end", .string(training.end.rawValue)),
      ("value", .number(training.value)),
      ("parameters", parameters(training.weights)),
    ]
    if let best = training.best {
      members.append(
        (
          "best",
          .object([
            ("value", .number(best.value)), ("step", .integer(best.step)),
            ("parameters", parameters(best.weights)),
          ])
        ))
    }
    members.append(("seconds", .number(training.seconds)))
    return .result(of: "train", members)
  }

  private func parameters(_ weights: [Double]) -> JSONValue {
    .object(zip(training.names, weights).map { ($0, .number($1)) })
  }

  var text: String {
    let end =
      switch training.end {
      case .completed: "all steps done"
      case .settled: "the value has settled"
      case .interrupted: "interrupted"
      }
    var lines = [
      "\(file): \(observable.label) over \(RunReport.counted(training.names.count, "parameter")), "
        + (training.settings["optimizer"] ?? ""), "",
      "  \(observable.label) = \(RunReport.fixed(training.value, digits: 12)) after "
        + "\(RunReport.counted(training.stepCount, "step")): \(end)",
    ]
    if let best = training.best, best.step != training.stepCount {
      lines.append(
        "  best value \(RunReport.fixed(best.value, digits: 12)) after "
          + RunReport.counted(best.step, "step"))
    }
    lines += ["", "parameters"]
    var table = TextTable()
    for (name, weight) in zip(training.names, training.weights) {
      table.append([name, RunReport.fixed(weight, digits: 12)])
    }
    lines += table.lines
    return (lines + ["", "\(RunReport.fixed(training.seconds, digits: 3)) s"])
      .joined(separator: "\n")
  }

  /// A line for each step, and one for what it came to.
  var csv: String {
    let lines = training.steps.map {
      "\($0.step - 1),\($0.value),\($0.learningRate),\($0.gradientNorm)"
    }
    return
      (["step,value,learning_rate,gradient_norm"] + lines
      + ["\(training.stepCount),\(training.value),,"]).joined(separator: "\n") + "\n"
  }

  /// The value and the learning rate by step.
  var figure: Figure {
    let steps = training.steps.map { Double($0.step - 1) }
    return Figure(
      [
        Chart.lines(
          [
            Chart.Series(
              "", x: steps + [Double(training.stepCount)],
              y: training.steps.map(\.value) + [training.value])
          ], title: observable.label, x: "step", y: "value"),
        Chart.lines(
          [Chart.Series("", x: steps, y: training.steps.map(\.learningRate))],
          title: "learning rate", x: "step", y: "learning rate"),
      ], title: file)
  }
}
