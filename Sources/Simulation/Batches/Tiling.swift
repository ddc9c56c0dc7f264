import CQuantumKernels
import Compute

/// How a batch is cut into tiles, and the bytes that takes; nothing of it is allocated here.
@safe struct Tiling<Scalar: StateScalar> {
  let program: Program
  let kernels: hq_kernels
  /// The samples.
  let batch: Int
  let tileCount: Int
  /// Bytes of a tile's state.
  let tileBytes: Int
  /// The loops that run at the same time, each with work space of its own.
  let workers: Int
  /// Bytes of a worker's work space.
  let scratchBytes: Int
  /// Bytes of what depends on the weights only; 0 where that is there already.
  let boundBytes: Int
  /// The gradients of one tile: of the slots that all samples share, and of the weights.
  let gradientCount: Int
  private let weightCount: Int

  /// Cuts a batch; if `isForward`, without what the way back needs besides, and without tables if they are bound.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` where one tile does not fit, before a program is made for it.
  init(
    _ engine: BatchEngine<Scalar>, batch: Int, isOrdered: Bool = false, isForward: Bool = false,
    isBound: Bool = false
  ) throws(SimulationError) {
    try engine.requireState(copies: BatchEngine<Scalar>.lanes)
    program = engine.plan.program(Program.Layout(lanes: .samples, isOrdered: isOrdered))
    kernels = engine.kernels.kernels(Scalar.precision)
    let lanes = BatchEngine<Scalar>.lanes
    self.batch = batch
    tileCount = (batch + lanes - 1) / lanes
    tileBytes = 128 << program.qubitCount
    // Work is cut by tiles, never by threads; only the number of work spaces depends on threads.
    workers = max(1, min(tileCount, engine.policy.threadCount))
    let header = unsafe program.headerPointer
    let needed =
      isForward ? unsafe kernels.forwardScratchBytes(header) : unsafe kernels.scratchBytes(header)
    scratchBytes = (Int(needed) + 4095) & ~4095
    boundBytes = isBound ? 0 : max(Int(unsafe kernels.boundBytes(header)), 1)
    weightCount = engine.plan.weightCount
    gradientCount = Int(unsafe program.header.sharedSlotCount) + weightCount
  }

  /// Bytes of the buffer of all work spaces, the weights behind them.
  var allScratchBytes: Int { workers * scratchBytes + max(weightCount, 1) * 8 }

  /// Bytes that a run needs beside states and results: work space and tables.
  var workBytes: Int { allScratchBytes + boundBytes }
  /// Bytes of a state for every worker.
  var stateBytes: Int { workers * tileBytes }
  /// Bytes of the gradients of every tile.
  var gradientBytes: Int { max(tileCount * gradientCount, 1) * 8 }
}

extension BatchEngine {
  /// Checks that all that a pass over a batch holds fits the budget, before any of it is allocated.
  func requireMemory(
    _ byteCount: Int, _ purpose: @autoclosure () -> String
  ) throws(SimulationError) {
    do throws(MemoryBudgetError) {
      try budget.require(
        byteCount,
        for: "\(purpose()) of \(plan.qubitCount) qubits in \(Scalar.precision) precision")
    } catch {
      throw .memory(error)
    }
  }
}
