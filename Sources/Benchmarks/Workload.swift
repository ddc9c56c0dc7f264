public import Hilbert

/// A declared piece of work: set up once, run many times, checked by a value.
public struct Workload {
  /// The name, as `qsim bench` takes it.
  public let name: String
  /// Does the work once; what it returns is what was computed.
  public let run: () throws -> [String: Double]

  /// The pairs of qubits that the layers of a state-vector circuit entangle.
  public enum Entangler: String, CaseIterable, Sendable {
    /// (i, i + 1), alternating.
    case neighbours
    /// Other pairs in each layer, over any distance.
    case random
  }

  /// How gradients are taken.
  public enum Method: String, CaseIterable, Sendable {
    /// By a backward sweep.
    case adjoint
    /// By the parameter-shift rule.
    case parameterShift = "parameter-shift"
  }

  /// The sizes and settings of a workload; each reads those it knows.
  public struct Options: Sendable {
    /// The number of qubits n.
    public var qubits: Int?
    /// Layers of a variational circuit.
    public var layers: Int?
    /// Samples of a batch.
    public var batch: Int?
    /// Layers of a state-vector circuit.
    public var depth: Int?
    /// Samples of a kernel matrix; shots; calls.
    public var samples: Int?
    /// Which qubits a state-vector circuit entangles.
    public var entangler: Entangler = .neighbours
    /// How gradients are taken.
    public var method: Method = .adjoint
    /// Single or double precision.
    public var precision: Precision = .double
    /// The threads that may be used.
    public var threads: Int?

    /// Options that leave every size at the workload's default.
    public init() {}

    var policy: LoopPolicy { threads.map { .threads($0) } ?? .automatic }
  }

  /// The names of all workloads.
  public static let names = [
    "dense", "density", "gradient", "kernel", "replay", "sampling", "statevector", "vqe",
  ]

  /// Sets up the workload called `name`; nil if there is none.
  ///
  /// - Throws: What setting it up throws: memory, above all.
  public static func named(_ name: String, _ options: Options) throws -> Workload? {
    switch name {
    case "dense": try dense(options)
    case "density": try density(options)
    case "gradient": try gradient(options)
    case "kernel": try kernelMatrix(options)
    case "replay": try replay(options)
    case "sampling": try sampling(options)
    case "statevector": try stateVector(options)
    case "vqe": try variationalEnergy(options)
    default: nil
    }
  }
}

/// The times of a workload, and what it computed.
public struct Measured: Sendable {
  /// The name of the workload.
  public let benchmark: String
  /// Milliseconds of each repeat, in the order they were run.
  public let milliseconds: [Double]
  /// Milliseconds of the first run, which is not among the repeats.
  public let first: Double
  /// What the last repeat computed.
  public let values: [String: Double]

  /// The median of the repeats, in milliseconds.
  public var median: Double {
    let sorted = milliseconds.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The shortest repeat, in milliseconds.
  public var minimum: Double { milliseconds.min() ?? 0 }
}

extension Workload {
  /// Runs the workload once to warm up, then `repeats` times; without a number, at least 20 times and
  /// for 2 seconds, but no longer than 30 seconds.
  ///
  /// - Throws: What the workload throws.
  public func measured(repeats: Int?) throws -> Measured {
    let clock = ContinuousClock()
    var values: [String: Double] = [:]
    let first = try clock.measure { values = try run() } / .milliseconds(1)
    var milliseconds: [Double] = []
    let start = clock.now
    while true {
      let time = try clock.measure { values = try run() }
      milliseconds.append(time / .milliseconds(1))
      if let repeats {
        if milliseconds.count >= repeats { break }
      } else {
        let elapsed = clock.now - start
        if milliseconds.count >= 20 && elapsed > .seconds(2) || elapsed > .seconds(30) { break }
      }
    }
    return Measured(
      benchmark: name, milliseconds: milliseconds, first: first, values: values)
  }
}
