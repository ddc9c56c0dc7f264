public import ArgumentParser
public import Benchmarks
import Foundation
import Hilbert

/// `qsim bench`: times a declared workload and prints what it computed.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Time a workload.",
    discussion: """
      dense:        one state under dense two-qubit gates
                    (--qubits 20 --depth 14)
      density:      an exact noisy run as a density matrix
                    (--qubits 10 --depth 20)
      gradient:     value and gradient of a batched variational circuit
                    (--qubits 8 --layers 3 --batch 32)
      kernel:       a fidelity kernel matrix, in double precision
                    (--qubits 8 --samples 200)
      kernels:      the machine's limits, then each kernel as a share of them
      layers:       classical and quantum layers in the same model, trained on
                    Wine and two moons (--data)
      replay:       what a call costs beside the amplitudes (--samples 10000)
      sampling:     outcomes of the state-vector circuit, the drawing alone
                    (--qubits 20 --depth 10 --samples 1000000)
      statevector:  one state of alternating layers
                    (--qubits 20 --depth 10 --entangler neighbours)
      vqe:          energy and gradient of an Ising chain
                    (--qubits 12 --layers 4)

      Example:
        qsim bench gradient --qubits 8 --layers 3 --batch 32 --format json
      """)

  @Argument(
    help:
      "dense, density, gradient, kernel, kernels, layers, replay, sampling, statevector or vqe.",
    completion: .list(BenchCommand.reads.keys.sorted()))
  var workload: String
  @Option(help: "The number of qubits.") var qubits: Int?
  @Option(help: "The layers of a variational circuit.") var layers: Int?
  @Option(help: "The samples of a batch.") var batch: Int?
  @Option(help: "The layers of the state-vector circuit.") var depth: Int?
  @Option(help: "The samples of a kernel matrix, the outcomes of sampling, the calls of replay.")
  var samples: Int?
  @Option(help: "The pairs that statevector and sampling entangle; neighbours by default.")
  var entangler: Workload.Entangler?
  @Option(help: "How gradients are taken: adjoint, the default, or parameter-shift.")
  var method: Workload.Method?
  @Option(help: "The precision; double by default.") var precision: Precision?
  @Option(help: "The number of threads; all cores by default.") var threads: Int?
  @Option(help: "How often the work is timed; by default for 2 seconds, at least 20 times.")
  var repeats: Int?
  @Option(
    help: "The folder of wine.csv, for layers; examples/data by default.", completion: .directory)
  var data: String?
  @Option(
    help: "The instruction set of kernels: baseline, avx2 or avx512; the best by default.",
    completion: .list(["baseline", "avx2", "avx512"]))
  var instructions: String?
  @Option(help: "How the results are written.") var format: OutputFormat = .text

  /// The options that each workload reads.
  private static let reads: [String: Set<String>] = [
    "dense": ["qubits", "depth", "precision", "threads", "repeats"],
    "density": ["qubits", "depth", "threads", "repeats"],
    "gradient": ["qubits", "layers", "batch", "method", "precision", "threads", "repeats"],
    "kernel": ["qubits", "samples", "precision", "threads", "repeats"],
    "kernels": ["instructions"],
    "layers": ["data"],
    "replay": ["samples", "precision", "repeats"],
    "sampling": ["qubits", "depth", "entangler", "samples", "precision", "threads", "repeats"],
    "statevector": ["qubits", "depth", "entangler", "precision", "threads", "repeats"],
    "vqe": ["qubits", "layers", "precision", "threads", "repeats"],
  ]

  func validate() throws {
    guard let read = Self.reads[workload] else {
      throw ValidationError(
        "found workload '\(workload)', expected \(Self.reads.keys.sorted().joined(separator: ", "))."
      )
    }
    let sizes: [(name: String, value: Int?, range: ClosedRange<Int>)] = [
      ("qubits", qubits, 2...40), ("layers", layers, 1...10_000),
      ("batch", batch, 1...1_000_000), ("depth", depth, 1...10_000),
      ("samples", samples, 2...100_000_000), ("threads", threads, 1...1024),
      ("repeats", repeats, 1...1_000_000),
    ]
    let given = Set(sizes.filter { $0.value != nil }.map(\.name))
      .union(entangler == nil ? [] : ["entangler"])
      .union(method == nil ? [] : ["method"])
      .union(instructions == nil ? [] : ["instructions"])
      .union(precision == nil ? [] : ["precision"]).union(data == nil ? [] : ["data"])
    if let stray = given.subtracting(read).sorted().first {
      let known =
        read.isEmpty ? "none" : read.sorted().map { "--\($0)" }.joined(separator: " ")
      throw ValidationError("found --\(stray), which \(workload) does not read; it reads \(known).")
    }
    for case (let name, let value?, let range) in sizes where !range.contains(value) {
      throw ValidationError(
        "found --\(name) \(value), expected \(range.lowerBound) to \(range.upperBound).")
    }
    let tables = Hilbert.KernelTable.all.map(\.name)
    if let instructions, !tables.contains(instructions) {
      throw ValidationError(
        "found --instructions \(instructions), expected what this machine has: \(tables.joined(separator: ", "))."
      )
    }
    if workload == "kernel", precision == .single {
      throw ValidationError("found --precision single, expected double: kernels are in double.")
    }
  }

  func run() throws {
    Interruption.handle()
    let progress = ProgressLine("qsim bench \(workload)")
    defer { progress.finish() }
    do {
      if workload == "kernels" {
        let table = Hilbert.KernelTable.all.last { $0.name == instructions } ?? .best
        try KernelTable(shares: try KernelShares(table)).show(format)
      } else if workload == "layers" {
        try LayerTable(
          scores: try LayerComparison().run(wine: (data ?? "examples/data") + "/wine.csv")
        )
        .show(format)
      } else {
        try time()
      }
    } catch let exit as ExitCode {
      throw exit
    } catch let error as MemoryBudgetError {
      throw CommandFailure.memory("qsim bench: \(error)")
    } catch SimulationError.memory(let error) {
      throw CommandFailure.memory("qsim bench: \(error)")
    } catch KernelError.memory(let error), KernelError.simulation(.memory(let error)) {
      throw CommandFailure.memory("qsim bench: \(error)")
    } catch let error as DatasetError {
      throw CommandFailure.unreadable("qsim bench: \(error); name the folder with --data")
    } catch {
      throw CommandFailure.internal("qsim bench: \(error)")
    }
  }

  private func time() throws {
    try requireMemory()
    var options = Workload.Options()
    options.qubits = qubits
    options.layers = layers
    options.batch = batch
    options.depth = depth
    options.samples = samples
    options.entangler = entangler ?? .neighbours
    options.method = method ?? .adjoint
    options.precision = precision ?? .double
    options.threads = threads
    guard let work = try Workload.named(workload, options) else {
      throw CommandFailure.internal("qsim bench: no workload '\(workload)'")
    }
    try show(try work.measured(repeats: repeats))
  }

  /// Checks what the layers' public path does not throw for: a state, its costate, and the gradients of
  /// tiles of at least 8 samples.
  private func requireMemory() throws {
    let n = qubits ?? 2
    try StateVector.requireMemory(n, precision ?? .double, .process)
    guard workload == "gradient" else { return }
    let states = 2.0 * Double((precision ?? .double).bytesPerAmplitude) * Double(1 << n)
    let weights = Double(3 * n * (layers ?? 3))
    let tiles = n <= 12 ? (Double(batch ?? 32) / 8).rounded(.up) : 1
    let bytes = states + tiles * 2 * weights * 8
    try MemoryBudget.process.require(
      bytes < 0x1p62 ? Int(bytes) : .max, for: "gradients of a batch on \(n) qubits")
  }

  private func show(_ measured: Measured) throws {
    let order = [
      "value", "sum", "gradientNorm", "inputGradientNorm", "ones", "oneGateNs", "noGateNs",
      "firstRunNs",
    ]
    let values = order.compactMap { key in measured.values[key].map { (key, $0) } }
    switch format {
    case .json:
      let members: [(String, JSONValue)] =
        [
          ("benchmark", .string(measured.benchmark)), ("medianMs", .number(measured.median)),
          ("minMs", .number(measured.minimum)), ("firstMs", .number(measured.first)),
        ] + values.map { ($0, .number($1)) }
      try StandardOutput.write(JSONValue.result(of: "bench", members).text())
    case .text:
      let threads = self.threads ?? LoopPolicy.automatic.threadCount
      let found = values.map { "\($0) \($1)" }.joined(separator: ", ")
      try StandardOutput.write(
        """
        \(measured.benchmark): median \(RunReport.fixed(measured.median, digits: 4)) ms, minimum \
        \(RunReport.fixed(measured.minimum, digits: 4)) ms, \
        \(RunReport.counted(measured.milliseconds.count, "repeat")), \
        \((precision ?? .double).rawValue) precision, \(RunReport.counted(threads, "thread")), \(found)
        """)
    }
  }
}

extension Workload.Entangler: ExpressibleByArgument {}
extension Workload.Method: ExpressibleByArgument {}
