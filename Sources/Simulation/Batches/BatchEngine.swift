import CQuantumKernels
import Circuits
public import Compute

/// Runs a plan over a batch of samples, forward and backward.
///
/// Small circuits run as tiles: the lanes of a vector are samples, one call does a whole tile, and tiles
/// are shared among threads. From ``tileQubitLimit`` on, the lanes are the lowest qubits of one state and
/// the samples follow one another, each with all threads.
///
/// Sums over samples have a fixed order: results do not depend on the number of threads.
public struct BatchEngine<Scalar: StateScalar>: Sendable {
  /// The plan that is run.
  public let plan: Plan
  /// The threads that may be used.
  public let policy: LoopPolicy
  /// What may be allocated.
  public let budget: MemoryBudget
  /// The kernels used.
  public let kernels: KernelTable
  /// How large states are cut.
  package var blocks = BlockShape.ofCaches

  /// Circuits of at most this many qubits run as tiles: a tile's states fit a second-level cache.
  static var tileQubitLimit: Int { 12 }
  /// Circuits of at most this many qubits run as tiles whatever the batch.
  static var alwaysTileQubitLimit: Int { Self.lanes == 8 ? 5 : 6 }
  /// States are kept for the backward pass while they take at most this much.
  static var keptBytesLimit: Int { 256 << 20 }

  /// Creates an engine.
  public init(
    _ plan: Plan, policy: LoopPolicy = .automatic, budget: MemoryBudget = .process,
    kernels: KernelTable = .best
  ) {
    self.plan = plan
    self.policy = policy
    self.budget = budget
    self.kernels = kernels
  }

  /// The engine of what outputs can see of the circuit; nil where that is all of it.
  var pruned: BatchEngine? {
    let pruned = plan.pruned
    guard pruned !== plan else { return nil }
    var engine = BatchEngine(pruned, policy: policy, budget: budget, kernels: kernels)
    engine.blocks = blocks
    return engine
  }

  /// The samples of a tile.
  package static var lanes: Int { KernelTable.lanes(Scalar.precision) }

  /// Whether a batch runs as tiles: half-empty ones cost more than one sample after the other, except
  /// where a state is so small that calls cost more than amplitudes.
  package func runsAsTiles(batch: Int) -> Bool {
    Self.runsAsTiles(qubitCount: plan.qubitCount, batch: batch)
  }

  /// Whether a batch of circuits of so many qubits runs as tiles.
  package static func runsAsTiles(qubitCount: Int, batch: Int) -> Bool {
    guard qubitCount > alwaysTileQubitLimit else { return true }
    return qubitCount <= tileQubitLimit && batch > lanes / 4
  }

  /// Whether a state of so many qubits is one block, which one thread does.
  package static func isOneBlock(qubitCount: Int) -> Bool {
    qubitCount <= BlockShape.ofCaches.lineBits + lanes.trailingZeroBitCount
  }

  /// The final states of a forward pass, kept for the backward pass.
  package struct States: Sendable {
    let buffer: AlignedBuffer
    /// What depends on the weights only, where lanes are samples.
    var bound: AlignedBuffer?
  }

  /// Computes the outputs of every sample.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all samples share.
  ///   - inputs: `[batch, inputCount]`, row by row.
  ///   - batch: The number of samples.
  ///   - outputs: `[batch, outputCount]`, row by row; overwritten.
  ///   - keepingStates: Whether to return the final states, which save the backward pass a third of its
  ///     work. They are kept where they take at most 256 MiB.
  /// - Returns: The final states where they were kept, for the backward pass.
  /// - Throws: ``SimulationError`` if the counts do not fit the plan or memory does not suffice.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward(
    weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int,
    outputs: UnsafeMutablePointer<Scalar>, keepingStates: Bool = false
  ) throws(SimulationError) -> States? {
    try unsafe check(weights, inputs, batch: batch)
    if let pruned {
      return unsafe try pruned.forward(
        weights: weights, inputs: inputs, batch: batch, outputs: outputs,
        keepingStates: keepingStates)
    }
    guard runsAsTiles(batch: batch) else {
      return unsafe try forwardOneByOne(
        weights: weights, inputs: inputs, batch: batch, outputs: outputs,
        keepingStates: keepingStates)
    }
    let tiles = try Tiling(self, batch: batch, isForward: true)
    let keptBytes = tiles.tileCount * tiles.tileBytes
    let keeps = keepingStates && keptBytes <= Self.keptBytesLimit
    let stateBytes = keeps ? keptBytes : tiles.stateBytes
    try requireMemory(tiles.workBytes + stateBytes, "a batch")
    let run = unsafe try TileRun(self, tiles, weights: weights, inputs: inputs)
    let states = try buffer(stateBytes, "the states of a batch")
    run.forEachTile { tile, worker in
      var call = unsafe run.call(tile, worker)
      unsafe call.state = states.pointer + (keeps ? tile : worker) * run.tileBytes
      unsafe call.outputs = UnsafeMutableRawPointer(
        outputs + tile * Self.lanes * plan.outputCount)
      unsafe run.kernels.forward(run.header, &call)
    }
    return keeps ? States(buffer: states, bound: run.bound) : nil
  }

  /// The vector-Jacobian product: from d loss / d outputs to d loss / d weights and d loss / d inputs.
  ///
  /// By the adjoint method, one backward sweep a tile whatever the number of outputs and weights.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all samples share.
  ///   - inputs: `[batch, inputCount]`, row by row.
  ///   - batch: The number of samples.
  ///   - states: What ``forward(weights:inputs:batch:outputs:keepingStates:)`` kept; without it the
  ///     states are computed again.
  ///   - cotangents: `[batch, outputCount]`, d loss / d outputs.
  ///   - inputGradients: `[batch, inputCount]`, overwritten with d loss / d inputs; may be nil.
  /// - Returns: d loss / d weights, summed over the batch.
  /// - Throws: ``SimulationError`` as the forward pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward(
    weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int, states: States?,
    cotangents: UnsafePointer<Scalar>, inputGradients: UnsafeMutablePointer<Scalar>?
  ) throws(SimulationError) -> [Double] {
    try unsafe check(weights, inputs, batch: batch)
    if let pruned {
      return unsafe try pruned.backward(
        weights: weights, inputs: inputs, batch: batch, states: states, cotangents: cotangents,
        inputGradients: inputGradients)
    }
    guard runsAsTiles(batch: batch) else {
      return unsafe try backwardOneByOne(
        weights: weights, inputs: inputs, batch: batch, states: states,
        inputGradients: inputGradients
      ) { (sample, state, costate, engine) throws(SimulationError) in
        let cotangent = (0..<plan.outputCount).map { index in
          unsafe Double(cotangents[sample * plan.outputCount + index])
        }
        try makeCostate(of: state, cotangent, costate, engine)
      }
    }
    let tiles = try Tiling(self, batch: batch, isBound: states?.bound != nil)
    try requireMemory(
      tiles.workBytes + tiles.gradientBytes + (states == nil ? tiles.stateBytes : 0),
      "gradients of a batch")
    let run = unsafe try TileRun(
      self, tiles, weights: weights, inputs: inputs, bound: states?.bound)
    return unsafe try backward(run, weights: weights, states: states, inputGradients) {
      call, tile, _ in
      unsafe call.cotangents = UnsafeRawPointer(cotangents + tile * Self.lanes * plan.outputCount)
    }
  }

  /// The backward sweeps of all tiles; `start` sets what each one starts from.
  func backward(
    _ run: TileRun<Scalar>, weights: [Double], states: States?,
    _ inputGradients: UnsafeMutablePointer<Scalar>?,
    start: (_ call: inout hq_tile, _ tile: Int, _ worker: Int) -> Void
  ) throws(SimulationError) -> [Double] {
    let shared = Int(unsafe run.program.header.sharedSlotCount)
    let width = shared + plan.weightCount
    let sums = try buffer(max(run.tileCount * width, 1) * 8, "gradients of the tiles")
    let remade =
      states == nil ? try buffer(run.workers * run.tileBytes, "the states of a batch") : nil
    let gradients = unsafe sums.pointer.assumingMemoryBound(to: Double.self)
    run.forEachTile { tile, worker in
      var call = unsafe run.call(tile, worker)
      if let states {
        unsafe call.state = states.buffer.pointer + tile * run.tileBytes
        unsafe call.stateIsFinal = 1
      } else if let remade {
        unsafe call.state = remade.pointer + worker * run.tileBytes
      }
      unsafe start(&call, tile, worker)
      unsafe call.slotGradients = gradients + tile * width
      unsafe call.weightGradients = gradients + tile * width + shared
      if let inputGradients = unsafe inputGradients {
        unsafe call.inputGradients = UnsafeMutableRawPointer(
          inputGradients + tile * Self.lanes * plan.inputCount)
      }
      unsafe run.kernels.backward(run.header, &call)
    }
    // Tiles are added in order, whatever thread did them.
    var slotGradients = [Double](repeating: 0, count: max(shared, 1))
    var weightGradients = [Double](repeating: 0, count: plan.weightCount)
    for tile in 0..<run.tileCount {
      for slot in 0..<shared { slotGradients[slot] += unsafe gradients[tile * width + slot] }
      for weight in 0..<plan.weightCount {
        weightGradients[weight] += unsafe gradients[tile * width + shared + weight]
      }
    }
    unsafe hq_chain_shared(
      run.header, weights, Int32(shared), slotGradients, &weightGradients)
    return weightGradients
  }

  /// Checks the number of weights, and that inputs that are to be amplitudes have a norm.
  func check(
    _ weights: [Double], _ inputs: UnsafePointer<Scalar>?, batch: Int
  ) throws(SimulationError) {
    guard weights.count == plan.weightCount else {
      throw .weightCount(found: weights.count, expected: plan.weightCount)
    }
    guard let state = plan.initialState, let inputs = unsafe inputs else { return }
    for sample in 0..<batch {
      try state.requireNorm(sample: sample) {
        unsafe Double(inputs[sample * plan.inputCount + $0])
      }
    }
  }

  /// Checks that so many states of the plan fit the budget, before a program is made for them.
  func requireState(copies: Int) throws(SimulationError) {
    // 2⁵⁰ amplitudes are beyond any machine, and their bytes times lanes and threads beyond 63 bits.
    let bytes =
      plan.qubitCount <= 50
      ? copies * Scalar.precision.bytesPerAmplitude << plan.qubitCount : Int.max
    do throws(MemoryBudgetError) {
      try budget.require(
        bytes,
        for: "\(copies == 1 ? "a state" : "a tile of states") of \(plan.qubitCount) qubits in "
          + "\(Scalar.precision) precision")
    } catch {
      throw .memory(error)
    }
  }

  func buffer(_ byteCount: Int, _ purpose: @autoclosure () -> String) throws(SimulationError)
    -> AlignedBuffer
  {
    do throws(MemoryBudgetError) {
      return try AlignedBuffer.allocate(
        byteCount: byteCount,
        for: "\(purpose()) of \(plan.qubitCount) qubits in \(Scalar.precision) precision",
        budget: budget)
    } catch {
      throw .memory(error)
    }
  }
}
