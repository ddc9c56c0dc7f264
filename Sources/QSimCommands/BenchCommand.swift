import ArgumentParser
import Benchmarks
import Foundation
import Hilbert

/// `qsim bench`: times a declared workload and prints what it computed.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Time a workload.",
    discussion: """
      gradient     value and gradient of a batched variational circuit (--qubits --layers --batch)
      statevector  one state of random-like layers (--qubits --depth)
      vqe          energy and gradient of an Ising chain (--qubits --layers)
      kernel       a fidelity kernel matrix (--qubits --samples)
      layers       classical and quantum layers in the same model (--data)

      qsim bench gradient --qubits 8 --layers 3 --batch 32 --format json
      """)

  @Argument(help: "gradient, statevector, vqe, kernel or layers.") var workload: String
  @Option(help: "The number of qubits.") var qubits: Int?
  @Option(help: "The layers of a variational circuit.") var layers: Int?
  @Option(help: "The samples of a batch.") var batch: Int?
  @Option(help: "The layers of the state-vector circuit.") var depth: Int?
  @Option(help: "The samples of a kernel matrix.") var samples: Int?
  @Option(help: "The precision.") var precision: Precision = .double
  @Option(help: "The number of threads; all cores by default.") var threads: Int?
  @Option(help: "How often the work is timed; by default for 2 seconds, at least 20 times.")
  var repeats: Int?
  @Option(help: "The folder of wine.csv, for layers.") var data = "examples/data"
  @Option(help: "How the results are written.") var format: OutputFormat = .text

  func validate() throws {
    let names = Workload.names + ["layers"]
    guard names.contains(workload) else {
      throw ValidationError(
        "unknown workload '\(workload)'; expected \(names.joined(separator: ", ")).")
    }
    let bounds: [(String, Int?, ClosedRange<Int>)] = [
      ("--qubits", qubits, 2...40), ("--layers", layers, 1...10_000),
      ("--batch", batch, 1...1_000_000), ("--depth", depth, 1...10_000),
      ("--samples", samples, 2...100_000), ("--threads", threads, 1...1024),
      ("--repeats", repeats, 1...1_000_000),
    ]
    for case (let name, let value?, let range) in bounds where !range.contains(value) {
      throw ValidationError(
        "\(name) must be \(range.lowerBound) to \(range.upperBound), found \(value).")
    }
  }

  func run() throws {
    if workload == "layers" {
      try runLayers()
      return
    }
    var options = Workload.Options()
    options.qubits = qubits
    options.layers = layers
    options.batch = batch
    options.depth = depth
    options.samples = samples
    options.precision = precision
    options.threads = threads
    do {
      guard let work = try Workload.named(workload, options) else {
        throw CommandFailure.internal("qsim bench: no workload '\(workload)'")
      }
      show(try work.measured(repeats: repeats))
    } catch let error as SimulationError {
      throw CommandFailure.memory("qsim bench: \(error)")
    }
  }

  private func show(_ measured: Measured) {
    let order = ["value", "sum", "gradientNorm", "inputGradientNorm"]
    let values = order.compactMap { key in measured.values[key].map { (key, $0) } }
    switch format {
    case .json:
      let members: [(String, JSONValue)] =
        [
          ("benchmark", .string(measured.benchmark)), ("medianMs", .number(measured.median)),
          ("minMs", .number(measured.minimum)),
        ] + values.map { ($0, .number($1)) }
      print(JSONValue.object(members).text())
    case .text:
      let found = values.map { "\($0) \($1)" }.joined(separator: ", ")
      print(
        """
        \(measured.benchmark): median \(RunReport.fixed(measured.median, digits: 4)) ms, minimum \
        \(RunReport.fixed(measured.minimum, digits: 4)) ms of \(measured.milliseconds.count) repeats, \
        \(precision.rawValue) precision, \(threads.map { "\($0)" } ?? "all") threads
          \(found)
        """)
    }
  }

  private func runLayers() throws {
    let scores: [LayerComparison.Score]
    do {
      scores = try LayerComparison().run(wine: data + "/wine.csv")
    } catch let error as DatasetError {
      throw CommandFailure.unreadable("qsim bench: \(error); name the folder with --data")
    }
    switch format {
    case .json:
      let values = scores.map { score in
        JSONValue.object([
          ("dataset", .string(score.dataset)), ("layer", .string(score.layer)),
          ("parameters", .integer(score.parameters)),
          ("accuracyMean", .number(score.accuracyMean)),
          ("accuracyStd", .number(score.accuracyDeviation)),
          ("forwardMs", .number(score.forwardMilliseconds)),
          ("backwardMs", .number(score.backwardMilliseconds)),
        ])
      }
      print(JSONValue.array(values).text())
    case .text:
      print("data set   layer      parameters  test accuracy (5 seeds)  forward ms  backward ms")
      for score in scores {
        let cells = [
          score.dataset.padding(toLength: 10, withPad: " ", startingAt: 0),
          score.layer.padding(toLength: 10, withPad: " ", startingAt: 0),
          "\(score.parameters)".padding(toLength: 11, withPad: " ", startingAt: 0),
          "\(RunReport.fixed(score.accuracyMean, digits: 4)) ± \(RunReport.fixed(score.accuracyDeviation, digits: 4))        ",
          RunReport.fixed(score.forwardMilliseconds, digits: 4) + "    ",
          RunReport.fixed(score.backwardMilliseconds, digits: 4),
        ]
        print(cells.joined(separator: " "))
      }
    }
  }
}
