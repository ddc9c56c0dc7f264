public import Hilbert

/// The time of a kernel, beside what the machine could do at most.
public struct KernelShare: Sendable {
  /// What is applied.
  public let kernel: String
  /// The precision of the state.
  public let precision: Precision
  /// The qubits of the state.
  public let qubits: Int
  /// The qubit it is applied to.
  public let target: Int
  /// Nanoseconds for each amplitude of the state.
  public let nanosecondsPerAmplitude: Double
  /// The share of the bandwidth measured for memory of this size.
  public let bandwidthShare: Double
  /// The share of the fused multiplications and additions measured from registers.
  public let operationShare: Double
}

/// Kernels on states in a second-level cache, on one thread, and in memory, on all, and the limits of the machine.
public struct KernelShares: Sendable {
  /// Bytes of memory and gigabytes a second, read and written in place, on one thread.
  public let bandwidthOfOne: [(bytes: Int, gigabytesPerSecond: Double)]
  /// The same on all threads.
  public let bandwidthOfAll: [(bytes: Int, gigabytesPerSecond: Double)]
  /// Billions of operations a second from registers on one thread, by precision.
  public let gigaflopsOfOne: [Precision: Double]
  /// The kernels.
  public let shares: [KernelShare]

  /// A kernel: how a gate is made, and its operations for each amplitude, a fused one counted twice.
  private struct Kernel: Sendable {
    let name: String
    let operationsPerAmplitude: Double
    /// The share of the amplitudes that it touches.
    var touched = 1.0
    /// Whether it pairs amplitudes: in memory, such gates have a pass of their own, others share one.
    var hasPairs = true
    let gate: @Sendable (_ target: Int, _ qubits: Int) -> ElementaryOperation
  }

  private static let kernels = [
    // A 2 x 2 complex matrix: two complex products and a sum for each amplitude, as eight fused operations.
    Kernel(name: "dense", operationsPerAmplitude: 16) { target, _ in
      ElementaryOperation(.matrix(Gate.u.matrix([0.3, 0.4, 0.5]), targets: [target]))
    },
    Kernel(name: "RY", operationsPerAmplitude: 8) { target, _ in
      ElementaryOperation(.rotation(.y(target)), angle: 0.3)
    },
    Kernel(name: "RZ", operationsPerAmplitude: 8, hasPairs: false) { target, _ in
      ElementaryOperation(.rotation(.z(target)), angle: 0.3)
    },
    Kernel(name: "CNOT", operationsPerAmplitude: 0, touched: 0.5) { target, qubits in
      let control = UInt64(1) << UInt64((target + qubits / 2) % qubits)
      return ElementaryOperation(
        .pauli(.x(target)), controls: ControlMask(mask: control, value: control))
    },
    dense(on: 2), dense(on: 3), dense(on: 4),
  ]

  /// A matrix on `count` neighbouring qubits: 2ᵏ complex products for each amplitude, of four fused operations each.
  private static func dense(on count: Int) -> Kernel {
    Kernel(name: "dense \(count)", operationsPerAmplitude: Double(8 << count)) { target, qubits in
      let one = Gate.u.matrix([0.3, 0.4, 0.5])
      let first = Swift.min(target, qubits - count)
      return ElementaryOperation(
        .matrix(
          (1..<count).reduce(one) { product, _ in product.kronecker(one) },
          targets: Array(first..<(first + count))))
    }
  }

  /// Measures everything: some ten seconds.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` where the large states do not fit.
  public init(_ table: Hilbert.KernelTable = .best) throws {
    let one = MachineLadder(policy: .serial, kernels: table)
    let all = MachineLadder(policy: .automatic, kernels: table)
    bandwidthOfOne = one.bandwidth.map { ($0.bytes, $0.bytesPerSecond / 1e9) }
    bandwidthOfAll = all.bandwidth.map { ($0.bytes, $0.bytesPerSecond / 1e9) }
    gigaflopsOfOne = one.operationsPerSecond.mapValues { $0 / 1e9 }
    let threads = LoopPolicy.automatic.threadCount
    var shares: [KernelShare] = []
    for precision in [Precision.double, .single] {
      // 256 KiB in the cache of a core; 256 MiB in memory, where only pairs across blocks have passes of their own.
      let cached = precision == .double ? 14 : 15
      var small = try Self.state(cached, precision, .serial, table)
      var large = try Self.state(cached + 10, precision, .automatic, table)
      for kernel in Self.kernels {
        for target in [0, 5, cached - 1] {
          shares.append(try Self.share(kernel, &small, target, one, threads: 1, repeats: 200))
        }
        guard kernel.hasPairs else { continue }
        shares.append(
          try Self.share(kernel, &large, cached + 9, all, threads: threads, repeats: 1))
      }
    }
    self.shares = shares
  }

  /// A state without amplitudes that are zero: of one that is |0⟩ in most qubits most is left out.
  private static func state(
    _ qubits: Int, _ precision: Precision, _ policy: LoopPolicy, _ table: Hilbert.KernelTable
  ) throws -> StateVector {
    var circuit = Circuit(qubits: qubits)
    for qubit in 0..<qubits { circuit.append(RY(1, qubit)) }
    return try StateVector(running: circuit, precision: precision, policy: policy, kernels: table)
  }

  private static func share(
    _ kernel: Kernel, _ state: inout StateVector, _ target: Int, _ ladder: MachineLadder,
    threads: Int, repeats: Int
  ) throws -> KernelShare {
    let (qubits, precision) = (state.qubitCount, state.precision)
    let plan = try Plan(
      Array(repeating: kernel.gate(target, qubits), count: repeats), qubitCount: qubits,
      weightCount: 0, inputCount: 0, measuring: .expectations([]), isReduced: false)
    try state.run(plan)
    let clock = ContinuousClock()
    var times: [Double] = []
    for _ in 0..<11 {
      let start = clock.now
      try state.run(plan)
      times.append((clock.now - start) / .seconds(Double(repeats)))
    }
    let time = times.sorted()[5]
    let amplitudes = Double(1 << qubits)
    let bytes = precision.bytesPerAmplitude << qubits
    let peak = ladder.operationsPerSecond[precision] ?? .infinity
    return KernelShare(
      kernel: kernel.name, precision: precision, qubits: qubits, target: target,
      nanosecondsPerAmplitude: 1e9 * time / amplitudes,
      bandwidthShare: 2 * kernel.touched * Double(bytes) / time
        / ladder.bandwidth(of: bytes / threads),
      operationShare: kernel.operationsPerAmplitude * amplitudes / time / peak)
  }
}
