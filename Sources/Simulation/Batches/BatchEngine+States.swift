import CQuantumKernels
import Circuits
import ComplexModule
import Compute

/// Final states of a batch as rows of complex numbers, and the way back from their gradients.
extension BatchEngine {
  /// Bytes of `[batch, 2ⁿ]` complex numbers.
  package func stateRowsByteCount(batch: Int) -> Int {
    batch * (2 * MemoryLayout<Scalar>.stride) << plan.qubitCount
  }

  /// Computes the final state of every sample.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all samples share.
  ///   - inputs: `[batch, inputCount]`, row by row.
  ///   - batch: The number of samples.
  ///   - rows: `[batch, 2ⁿ]` complex numbers, real and imaginary parts alternating; overwritten.
  /// - Returns: The states in the engine's own layout, for the backward pass, where they are kept.
  /// - Throws: ``SimulationError`` as the forward pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func states(
    weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int,
    rows: UnsafeMutablePointer<Scalar>
  ) throws(SimulationError) -> States? {
    try unsafe check(weights, inputs, batch: batch)
    let size = 1 << plan.qubitCount
    guard runsAsTiles(batch: batch) else {
      for sample in 0..<batch {
        let state = unsafe try stateOfSample(sample, weights: weights, inputs: inputs)
        for basis in 0..<size {
          let amplitude = state.amplitude(of: basis)
          unsafe rows[2 * (sample * size + basis)] = Scalar(amplitude.real)
          unsafe rows[2 * (sample * size + basis) + 1] = Scalar(amplitude.imaginary)
        }
      }
      return nil
    }
    let tiles = try Tiling(self, batch: batch, isOrdered: true)
    try requireMemory(tiles.workBytes + tiles.tileCount * tiles.tileBytes, "the states of a batch")
    let run = unsafe try TileRun(self, tiles, weights: weights, inputs: inputs)
    let states = try buffer(run.tileCount * run.tileBytes, "the states of a batch")
    let lanes = Self.lanes
    run.forEachTile { tile, worker in
      var call = unsafe run.call(tile, worker)
      unsafe call.state = states.pointer + tile * run.tileBytes
      unsafe run.kernels.forward(run.header, &call)
      let lines = unsafe call.state.assumingMemoryBound(to: Scalar.self)
      for lane in 0..<Int(unsafe call.samples) {
        let row = unsafe rows + 2 * (tile * lanes + lane) * size
        for basis in 0..<size {
          unsafe row[2 * basis] = lines[2 * lanes * basis + lane]
          unsafe row[2 * basis + 1] = lines[2 * lanes * basis + lanes + lane]
        }
      }
    }
    return States(buffer: states, bound: run.bound)
  }

  /// The vector-Jacobian product of the final states.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all samples share.
  ///   - inputs: `[batch, inputCount]`, row by row.
  ///   - batch: The number of samples.
  ///   - states: What ``states(weights:inputs:batch:rows:)`` returned; without it they are computed again.
  ///   - cotangents: `[batch, 2ⁿ]` complex numbers, d loss / d conj(amplitude), so that
  ///     d loss = Σ 2 Re(conj(cotangent) · d amplitude).
  ///   - inputGradients: `[batch, inputCount]`, overwritten; may be nil.
  /// - Returns: d loss / d weights, summed over the batch.
  /// - Throws: ``SimulationError`` as the forward pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backwardFromStates(
    weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int, states: States?,
    cotangents: UnsafePointer<Scalar>, inputGradients: UnsafeMutablePointer<Scalar>?
  ) throws(SimulationError) -> [Double] {
    try unsafe check(weights, inputs, batch: batch)
    let size = 1 << plan.qubitCount
    let lanes = Self.lanes
    guard runsAsTiles(batch: batch) else {
      return unsafe try backwardOneByOne(
        weights: weights, inputs: inputs, batch: batch, isOrdered: true,
        inputGradients: inputGradients
      ) { sample, _, costate, engine in
        let lines = unsafe costate.pointer.assumingMemoryBound(to: Scalar.self)
        let reader = AmplitudeReader(costate, precision: Scalar.precision)
        unsafe costate.pointer.initializeMemory(
          as: UInt8.self, repeating: 0, count: engine.stateBytes)
        for basis in 0..<size {
          let offset = reader.offset(of: basis)
          unsafe lines[offset] = cotangents[2 * (sample * size + basis)]
          unsafe lines[offset + lanes] = cotangents[2 * (sample * size + basis) + 1]
        }
      }
    }
    let tiles = try Tiling(
      self, batch: batch, isOrdered: true, isBound: states?.bound != nil)
    try requireMemory(
      tiles.workBytes + tiles.gradientBytes + (states == nil ? 2 : 1) * tiles.stateBytes,
      "gradients of a batch")
    let run = unsafe try TileRun(
      self, tiles, weights: weights, inputs: inputs, bound: states?.bound)
    let costates = try buffer(run.workers * run.tileBytes, "the costates of a batch")
    return unsafe try backward(run, weights: weights, states: states, inputGradients) {
      call, tile, worker in
      let lines = unsafe (costates.pointer + worker * run.tileBytes).bindMemory(
        to: Scalar.self, capacity: 2 * lanes * size)
      let samples = Int(unsafe call.samples)
      for lane in 0..<lanes {
        let row = unsafe cotangents + 2 * (tile * lanes + min(lane, samples - 1)) * size
        for basis in 0..<size {
          unsafe lines[2 * lanes * basis + lane] = lane < samples ? row[2 * basis] : 0
          unsafe lines[2 * lanes * basis + lanes + lane] = lane < samples ? row[2 * basis + 1] : 0
        }
      }
      unsafe call.costate = UnsafeRawPointer(costates.pointer + worker * run.tileBytes)
    }
  }

  private func stateOfSample(_ sample: Int, weights: [Double], inputs: UnsafePointer<Scalar>?)
    throws(SimulationError) -> StateVector
  {
    let values = (0..<plan.inputCount).map { index in
      unsafe inputs.map { unsafe Double($0[sample * plan.inputCount + index]) } ?? 0
    }
    return try StateVector(
      running: plan, weights: weights, inputs: values, precision: Scalar.precision,
      policy: policy, budget: budget, kernels: kernels)
  }
}
