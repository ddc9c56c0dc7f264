import CQuantumKernels
import Circuits
import Compute

/// What the tiles of one pass over a batch share.
@safe struct TileRun<Scalar: StateScalar> {
  let program: Program
  let kernels: hq_kernels
  let header: UnsafePointer<hq_program>
  let tileCount: Int
  /// Bytes of a tile's state.
  let tileBytes: Int
  /// The loops that run at the same time, each with work space of its own.
  let workers: Int
  private let policy: LoopPolicy
  private let batch: Int
  private let inputCount: Int
  private let inputs: UnsafePointer<Scalar>?
  private let weights: UnsafePointer<Double>
  /// What depends on the weights only.
  let bound: AlignedBuffer
  private let scratch: AlignedBuffer
  private let scratchBytes: Int

  /// Lays out a pass; if `isForward`, without what the way back needs besides.
  init(
    _ engine: BatchEngine<Scalar>, weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int,
    isOrdered: Bool = false, isForward: Bool = false, bound: AlignedBuffer? = nil
  ) throws(SimulationError) {
    try engine.requireState(copies: BatchEngine<Scalar>.lanes)
    let program = engine.plan.program(Program.Layout(lanes: .samples, isOrdered: isOrdered))
    self.program = program
    kernels = engine.kernels.kernels(Scalar.precision)
    let lanes = BatchEngine<Scalar>.lanes
    tileCount = (batch + lanes - 1) / lanes
    tileBytes = 128 << program.qubitCount
    policy = engine.policy
    // Work is cut by tiles, never by threads; only the number of work spaces depends on threads.
    workers = max(1, min(tileCount, policy.threadCount))
    self.batch = batch
    inputCount = engine.plan.inputCount
    unsafe self.inputs = unsafe inputs
    unsafe header = unsafe program.headerPointer
    let needed =
      isForward ? unsafe kernels.forwardScratchBytes(header) : unsafe kernels.scratchBytes(header)
    scratchBytes = (Int(needed) + 4095) & ~4095
    // The weights lie behind the work spaces.
    scratch = try engine.buffer(
      workers * scratchBytes + max(weights.count, 1) * 8, "work space for a batch")
    let copy = unsafe (scratch.pointer + workers * scratchBytes).bindMemory(
      to: Double.self, capacity: max(weights.count, 1))
    unsafe weights.withUnsafeBufferPointer { weights in
      if let first = weights.baseAddress {
        unsafe copy.initialize(from: first, count: weights.count)
      }
    }
    unsafe self.weights = UnsafePointer(copy)
    if let bound {
      self.bound = bound
    } else {
      self.bound = try engine.buffer(
        max(Int(unsafe kernels.boundBytes(header)), 1), "the tables of a circuit")
      unsafe kernels.bind(header, copy, self.bound.pointer)
    }
  }

  /// The call of a tile, with the work space of a worker; its state and results are not set.
  func call(_ tile: Int, _ worker: Int) -> hq_tile {
    let lanes = BatchEngine<Scalar>.lanes
    var call = unsafe hq_tile()
    unsafe call.weights = unsafe weights
    if let inputs = unsafe inputs {
      unsafe call.inputs = UnsafeRawPointer(inputs + tile * lanes * inputCount)
    }
    unsafe call.samples = Int32(min(lanes, batch - tile * lanes))
    unsafe call.bound = UnsafeRawPointer(bound.pointer)
    unsafe call.scratch = scratch.pointer + worker * scratchBytes
    return unsafe call
  }

  /// Calls `body` with every tile and the number of a work space that no other call has meanwhile.
  func forEachTile(_ body: (_ tile: Int, _ worker: Int) -> Void) {
    policy.forEach(count: workers) { worker in
      var tile = worker
      while tile < tileCount {
        body(tile, worker)
        tile += workers
      }
    }
  }
}
