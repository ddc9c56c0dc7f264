import CQuantumKernels
import Circuits
import Compute

/// What the tiles of one pass over a batch share.
@safe struct TileRun<Scalar: StateScalar> {
  let tiles: Tiling<Scalar>
  let header: UnsafePointer<hq_program>
  private let policy: LoopPolicy
  private let inputCount: Int
  private let inputs: UnsafePointer<Scalar>?
  private let weights: UnsafePointer<Double>
  /// What depends on the weights only.
  let bound: AlignedBuffer
  private let scratch: AlignedBuffer

  var program: Program { tiles.program }
  var kernels: hq_kernels { tiles.kernels }
  var tileCount: Int { tiles.tileCount }
  var tileBytes: Int { tiles.tileBytes }
  var workers: Int { tiles.workers }

  /// Lays out a pass that needs a state for each worker, and checks that all of it fits; if `isForward`, without what
  /// the way back needs besides.
  init(
    _ engine: BatchEngine<Scalar>, weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int,
    isForward: Bool = false
  ) throws(SimulationError) {
    let tiles = try Tiling(engine, batch: batch, isForward: isForward)
    try engine.requireMemory(tiles.workBytes + tiles.stateBytes, "a batch")
    unsafe try self.init(engine, tiles, weights: weights, inputs: inputs)
  }

  /// Lays out a pass over tiles, after it was checked that all it holds fits the budget.
  init(
    _ engine: BatchEngine<Scalar>, _ tiles: Tiling<Scalar>, weights: [Double],
    inputs: UnsafePointer<Scalar>?, bound: AlignedBuffer? = nil
  ) throws(SimulationError) {
    self.tiles = tiles
    policy = engine.policy
    inputCount = engine.plan.inputCount
    unsafe self.inputs = unsafe inputs
    unsafe header = unsafe tiles.program.headerPointer
    // The weights lie behind the work spaces.
    scratch = try engine.buffer(tiles.allScratchBytes, "work space for a batch")
    let copy = unsafe (scratch.pointer + tiles.workers * tiles.scratchBytes).bindMemory(
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
      self.bound = try engine.buffer(tiles.boundBytes, "the tables of a circuit")
      unsafe tiles.kernels.bind(header, copy, self.bound.pointer)
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
    unsafe call.samples = Int32(min(lanes, tiles.batch - tile * lanes))
    unsafe call.bound = UnsafeRawPointer(bound.pointer)
    unsafe call.scratch = scratch.pointer + worker * tiles.scratchBytes
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
