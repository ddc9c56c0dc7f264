import CQuantumKernels
import Compute

extension BatchEngine {
  /// The vector-Jacobian products of all rows of a batch that runs as tiles, those of weights not summed.
  ///
  /// A row is a lane: many cotangents of one sample are as many rows with the same inputs.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all rows share.
  ///   - inputs: `[batch, inputCount]`, row by row.
  ///   - batch: The number of rows; ``runsAsTiles(batch:)`` holds for it.
  ///   - cotangents: `[batch, outputCount]`, d loss / d outputs.
  /// - Returns: d loss / d weights, `[batch, weightCount]`, and d loss / d inputs, `[batch, inputCount]`.
  /// - Throws: ``SimulationError`` as the forward pass.
  package func backwardByRow(
    weights: [Double], inputs: [Scalar], batch: Int, cotangents: [Scalar]
  ) throws(SimulationError) -> (weights: [Double], inputs: [Scalar]) {
    unsafe try inputs.withUnsafeBufferPointer { (inputs) throws(SimulationError) in
      try unsafe check(weights, inputs.baseAddress, batch: batch)
    }
    if let pruned {
      return try pruned.backwardByRow(
        weights: weights, inputs: inputs, batch: batch, cotangents: cotangents)
    }
    let weightCount = plan.weightCount
    let tiles = try Tiling(self, batch: batch)
    try requireMemory(
      tiles.workBytes + tiles.stateBytes + tiles.workers * Self.rowSlopeCount(tiles) * 8
        + 2 * batch * weightCount * 8 + batch * plan.inputCount * MemoryLayout<Scalar>.stride,
      "the gradients of \(batch) rows")
    var inputGradients = [Scalar](repeating: 0, count: batch * plan.inputCount)
    let weightGradients = try buffer(
      max(batch * weightCount, 1) * 8, "the gradients of \(batch) rows")
    let rows = unsafe weightGradients.pointer.bindMemory(
      to: Double.self, capacity: max(batch * weightCount, 1))
    unsafe rows.update(repeating: 0, count: batch * weightCount)
    // Swift's pointers to arrays hold for one call each.
    let failure: SimulationError? = unsafe inputs.withUnsafeBufferPointer { inputs in
      unsafe cotangents.withUnsafeBufferPointer { cotangents in
        unsafe inputGradients.withUnsafeMutableBufferPointer { inputGradients in
          do throws(SimulationError) {
            unsafe try runByRow(
              tiles, weights, inputs.baseAddress, cotangents.baseAddress, rows,
              inputGradients.baseAddress)
            return nil
          } catch {
            return error
          }
        }
      }
    }
    if let failure { throw failure }
    return (
      (0..<(batch * weightCount)).map { unsafe rows[$0] }, inputGradients
    )
  }

  /// Slopes of 2ⁿ lines, gradients of slots and weights, all by lane, and those of the slots of one lane.
  private static func rowSlopeCount(_ tiles: Tiling<Scalar>) -> Int {
    let shared = Int(unsafe tiles.program.header.sharedSlotCount)
    return lanes << tiles.program.qubitCount + lanes * tiles.gradientCount + shared
  }

  private func runByRow(
    _ tiles: Tiling<Scalar>, _ weights: [Double], _ inputs: UnsafePointer<Scalar>?,
    _ cotangents: UnsafePointer<Scalar>?, _ rows: UnsafeMutablePointer<Double>,
    _ inputGradients: UnsafeMutablePointer<Scalar>?
  ) throws(SimulationError) {
    let run = unsafe try TileRun(self, tiles, weights: weights, inputs: inputs)
    let lanes = Self.lanes
    let shared = Int(unsafe run.program.header.sharedSlotCount)
    let states = try buffer(run.workers * run.tileBytes, "the states of a batch")
    let slopeCount = lanes << run.program.qubitCount
    let width = Self.rowSlopeCount(tiles)
    let room = try buffer(run.workers * width * 8, "the slopes of tiles")
    run.forEachTile { tile, worker in
      let slopes = unsafe (room.pointer + worker * width * 8).bindMemory(
        to: Double.self, capacity: width)
      let slots = unsafe slopes + slopeCount
      let own = unsafe slots + lanes * shared
      let lane = unsafe own + lanes * plan.weightCount
      var call = unsafe run.call(tile, worker)
      unsafe call.state = states.pointer + worker * run.tileBytes
      unsafe call.cotangents = cotangents.map {
        unsafe UnsafeRawPointer($0 + tile * lanes * plan.outputCount)
      }
      unsafe call.laneSlopes = unsafe slopes
      unsafe call.slotGradients = unsafe slots
      unsafe call.weightGradients = unsafe own
      unsafe call.inputGradients = inputGradients.map {
        unsafe UnsafeMutableRawPointer($0 + tile * lanes * plan.inputCount)
      }
      unsafe run.kernels.backward(run.header, &call)
      for sample in 0..<Int(unsafe call.samples) {
        let row = unsafe rows + (tile * lanes + sample) * plan.weightCount
        for slot in 0..<shared { unsafe lane[slot] = slots[slot * lanes + sample] }
        for weight in 0..<plan.weightCount { unsafe row[weight] = own[weight * lanes + sample] }
        unsafe hq_chain_shared(run.header, weights, Int32(shared), lane, row)
      }
    }
  }
}
