import Figures
import Foundation
import Testing

/// A figure with the texts that must be readable in it.
struct Sample: Sendable, CustomTestStringConvertible {
  let name: String
  let figure: Figure
  let texts: [String]

  var testDescription: String { name }

  init(_ name: String, _ figure: Figure, texts: [String]) {
    self.name = name
    self.figure = figure
    self.texts = texts
  }

  init(_ name: String, _ chart: Chart, texts: [String]) {
    self.init(name, Figure(chart), texts: texts)
  }
}

/// Figures of every kind, with the data that strain a layout: the structure tests run over all of them.
enum Gallery {
  static let samples = curves + points + bars + grids + [panels, empty]

  private static let epochs = (1...30).map(Double.init)

  static let curves = [
    Sample(
      "loss on a logarithmic axis, with a band and a gap",
      Chart.lines(
        [
          Chart.Series(
            "train", x: epochs, y: epochs.map { exp(-$0 / 5) },
            low: epochs.map { 0.7 * exp(-$0 / 5) }, high: epochs.map { 1.4 * exp(-$0 / 5) }),
          Chart.Series(
            "validation", x: epochs,
            y: epochs.map { $0 == 12 || $0 == 14 ? .nan : 0.02 + exp(-$0 / 6) }),
        ], title: "Cross-entropy", x: "epoch",
        y: Axis("loss", unit: "nats", scale: .logarithmic)),
      texts: ["Cross-entropy", "epoch", "loss (nats)", "train", "validation", "0.1", "30"]),
    Sample(
      "ten curves and small numbers",
      Chart.lines(
        waves, x: Axis("time", unit: "s"), y: "amplitude"),
      texts: ["learning rate 10⁻9", "time (s)", "amplitude (×10⁻⁶)", "20", "−20"]),
    Sample(
      "one point",
      Chart.lines([Chart.Series("only", y: [0.25])], x: "epoch", y: "accuracy"),
      texts: ["only", "epoch", "accuracy"]),
    Sample(
      "many points",
      Chart.lines(
        [Chart.Series(y: signal)],
        x: "step", y: "loss"),
      texts: ["step", "loss", "0", "0.5"]),
    Sample(
      "flat, large and escaped",
      Chart.lines(
        [Chart.Series("a < b & \"c\"", x: [1e6, 2e6, 3e6], y: [7, 7, 7])],
        title: "a < b & 'c'", x: "bytes", y: "y > 0"),
      texts: ["a < b & \"c\"", "a < b & 'c'", "bytes (×10⁶)", "y > 0", "2.0"]),
  ]

  static let signal: [Double] = (0..<50_000).map { index in
    let time = Double(index)
    return sin(time / 3000) + 0.1 * sin(time)
  }

  static let waves = (0..<10).map { curve in
    let phase = Double(curve)
    return Chart.Series(
      "learning rate 10⁻\(curve)", y: (0...100).map { 2e-5 * sin(Double($0) / 10 + phase) })
  }

  static let points = [
    Sample(
      "classes in a plane",
      Chart.scatter(
        clusters, title: "Eight classes, each with its colour and its shape",
        x: "petal length (cm)",
        y: "petal width (cm)"),
      texts: ["class 0", "class 7", "petal length (cm)", "petal width (cm)"]),
    Sample(
      "regions of three classes",
      Chart.decisionRegions(
        rings, title: "Decision regions", x: "x₀", y: "x₁", resolution: 60
      ) { places in places.map { min(Int(hypot($0.x, $0.y)), 2) } },
      texts: ["inner", "middle", "outer", "x₀", "x₁"]),
    Sample(
      "scores of two classes",
      Chart.decisionScores(
        Array(rings.prefix(2)), title: "Scores", x: "x₀", y: "x₁", resolution: 60,
        label: "decision function"
      ) { places in places.map { hypot($0.x, $0.y) - 1 } },
      texts: ["inner", "middle", "decision function"]),
  ]

  static let clusters = (0..<8).map { group in
    let (x, y) = (4 * cos(Double(group)), 4 * sin(Double(group)))
    return Chart.Points(
      "class \(group)", x: (0..<12).map { x + sin(Double($0 * 7)) },
      y: (0..<12).map { y + cos(Double($0 * 5)) })
  }

  static let rings = (0..<3).map { ring in
    let radius = Double(ring) + 0.5
    let angles = (0..<20).map { Double($0) * 0.7 }
    return Chart.Points(
      ["inner", "middle", "outer"][ring], x: angles.map { radius * cos($0) },
      y: angles.map { radius * sin($0) })
  }

  static let bars = [
    Sample(
      "accuracies with deviations",
      Chart.bars(
        [
          Chart.Bars("train", values: [0.99, 0.97, 0.93], errors: [0.004, 0.01, 0.02]),
          Chart.Bars("test", values: [0.95, 0.96, 0.91], errors: [0.02, 0.012, 0.03]),
        ], categories: ["classical", "hybrid", "kernel"], title: "Accuracy over five seeds",
        y: "accuracy"),
      texts: ["classical", "hybrid", "kernel", "train", "test", "accuracy"]),
    Sample(
      "long names and negative values",
      Chart.bars(
        [Chart.Bars(values: [3, -2, .nan, 5, -1, 2, 0.5, 1])],
        categories: (0..<8).map { "a category with a long name \($0)" }, y: "energy (Ha)"),
      texts: ["energy (Ha)", "−2", "4"]),
    Sample(
      "logarithmic bars",
      Chart.bars(
        [Chart.Bars(values: [0.02, 3, 4000], errors: [0.01, 5, 500])],
        categories: ["8", "16", "24"], x: "qubits", y: Axis("time", unit: "ms", scale: .logarithmic)
      ),
      texts: ["qubits", "time (ms)", "8", "24", "1000"]),
  ]

  static let grids = [
    Sample(
      "confusion matrix",
      Chart.heatMap(
        Chart.Grid([[14, 1, 0], [0, 17, 1], [0, 2, 10]]), title: "Confusion", x: "predicted",
        y: "true", columnNames: ["barolo", "grignolino", "barbera"],
        rowNames: ["barolo", "grignolino", "barbera"], map: .blues, decimals: 0),
      texts: ["predicted", "true", "grignolino", "17", "Confusion"]),
    Sample(
      "Gram matrix",
      Chart.heatMap(
        gram,
        title: "Gram matrix", x: "sample", y: "sample", label: "fidelity"),
      texts: ["Gram matrix", "sample", "fidelity", "0.6", "30"]),
    Sample(
      "wide with a missing cell",
      Chart.heatMap(
        Chart.Grid([[1, 2, 3, .nan, 5, 6, 7, 8, 9, 10, 11, 12]]), x: "qubit", y: "layer",
        label: "norm"),
      texts: ["qubit", "layer", "norm"]),
  ]

  static let gram = Chart.Grid(
    (0..<40).map { row in
      (0..<40).map { column in
        let distance = Double(row - column)
        return exp(-distance * distance / 60)
      }
    })

  static let panels = Sample(
    "four panels",
    Figure(title: "A figure of several panels", columns: 2) {
      Chart.lines(
        [Chart.Series("train", y: [3, 2, 1.5, 1.4])], title: "(a)", x: "epoch", y: "loss")
      for sample in [points[1], bars[0], grids[1]] { sample.figure.charts }
    },
    texts: ["A figure of several panels", "(a)", "Decision regions", "Gram matrix"])

  static let empty = Sample(
    "nothing to show",
    Chart.lines(
      [Chart.Series("diverged", y: [.nan, .infinity, -.infinity])], title: "Empty", x: "step",
      y: Axis("loss", scale: .logarithmic)),
    texts: ["Empty", "no data", "step", "loss"])
}
