public import Figures

extension History {
  /// The curves of this history: loss and each metric by epoch, and the learning rate by step.
  public var figure: Figure {
    let numbers = epochs.map { Double($0.epoch) }
    let hasValidation = epochs.contains { $0.validation != nil }
    func chart(
      _ label: String, _ training: [Double], _ validation: [Double],
      range: ClosedRange<Double>? = nil
    ) -> Chart {
      var series = [Chart.Series("training", x: numbers, y: training)]
      if hasValidation { series.append(Chart.Series("validation", x: numbers, y: validation)) }
      return Chart.lines(series, title: label, x: "epoch", y: Axis(label, range: range))
    }
    var charts = [
      chart(
        "loss", epochs.map(\.training.loss), epochs.map { $0.validation?.loss ?? .nan })
    ]
    for name in metricNames {
      charts.append(
        chart(
          name, epochs.map { $0.training[name] ?? .nan },
          epochs.map { $0.validation?[name] ?? .nan },
          range: name == "accuracy" ? 0...1.02 : nil))
    }
    charts.append(
      Chart.lines(
        [
          Chart.Series(
            "", x: steps.map { Double($0.step) }, y: steps.map(\.learningRate))
        ], title: "learning rate", x: "step", y: "learning rate"))
    return Figure(charts, title: "Training")
  }
}
