import CQuantumKernels
import Circuits
import Compute

extension TrajectoryEngine {
  /// The vector-Jacobian product: from d loss / d outputs to d loss / d weights and d loss / d inputs, as means over
  /// trajectories.
  ///
  /// - Returns: d loss / d weights, summed over the samples, and d loss / d inputs, `[count, inputs]`.
  /// - Throws: ``SimulationError`` as ``gradientEstimates(weights:inputs:count:cotangents:)``.
  public func vectorJacobianProduct(
    weights: [Double], inputs: [Double], count: Int, cotangents: [Double]
  ) throws(SimulationError) -> (weights: [Double], inputs: [Double]) {
    let gradients = try gradientEstimates(
      weights: weights, inputs: inputs, count: count, cotangents: cotangents)
    return (gradients.weights.map(\.mean), gradients.inputs.map(\.mean))
  }

  /// The vector-Jacobian product with the standard error of each component.
  ///
  /// By the adjoint method on every trajectory, the operators K_1 … K_m that it drew and their probabilities held
  /// fixed: with |φ⟩ = K_m U_m … K_1 U_1|0⟩, drawn with the probability p = ⟨φ|φ⟩, it gives ∂⟨φ|O|φ⟩ / p. The mean over
  /// draws is Σ_K ∂⟨φ_K|O|φ_K⟩, the derivative of Tr(O ρ), also where the probabilities depend on the angles. K is
  /// not undone: states in front of channels are kept, or made again from some that were where that takes more than
  /// 256 MiB or the budget.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all samples share.
  ///   - inputs: `[count, inputs]`, row by row.
  ///   - count: The number of samples.
  ///   - cotangents: `[count, outputs]`, d loss / d outputs.
  /// - Returns: d loss / d weights, summed over the samples, and d loss / d inputs, `[count, inputs]`.
  /// - Throws: ``SimulationError`` as ``estimates(weights:inputs:count:)``. For every thread two or three states of a tile
  ///   are needed, and one for each of C channels or about 2 √C; where these do not fit the budget they are refused.
  /// - Complexity: Some four passes over every trajectory, whatever the number of weights, inputs and outputs.
  public func gradientEstimates(
    weights: [Double], inputs: [Double], count: Int, cotangents: [Double]
  ) throws(SimulationError) -> (weights: [TrajectoryEstimate], inputs: [TrajectoryEstimate]) {
    let rows = try circuit.requireRows(weights: weights, inputs: inputs, count: count)
    let width = lanePlan.outputCount
    require(
      cotangents.count == count * width,
      "expected \(count * width) cotangents, found \(cotangents.count)")
    let weightCount = circuit.weightCount
    var means = [Double](repeating: 0, count: weightCount)
    var variances = means
    var inputGradients: [TrajectoryEstimate] = []
    for (sample, row) in rows.enumerated() {
      let estimates = try gradients(
        at: weights + row,
        cotangents: cotangents[(sample * width)..<((sample + 1) * width)].map { Scalar($0) },
        sample: sample)
      for (index, estimate) in estimates.prefix(weightCount).enumerated() {
        means[index] += estimate.mean
        variances[index] += estimate.standardError * estimate.standardError
      }
      inputGradients += estimates.dropFirst(weightCount)
    }
    let weightGradients = zip(means, variances).map {
      TrajectoryEstimate(mean: $0, standardError: $1.squareRoot())
    }
    return (weightGradients, inputGradients)
  }

  /// The gradients of one sample with respect to weights, then inputs.
  private func gradients(
    at values: [Double], cotangents: [Scalar], sample: Int
  ) throws(SimulationError) -> [TrajectoryEstimate] {
    var moments = RunningMoments(width: values.count)
    guard !values.isEmpty else { return [] }
    for first in stride(from: 0, to: trajectoryCount, by: Self.passLimit) {
      let size = min(Self.passLimit, trajectoryCount - first)
      let source = DrawSource(
        seed: seed, purpose: Self.gradientDraws, first: sample * trajectoryCount + first,
        channelCount: lanePlan.channels.count)
      moments.add(
        try gradients(at: values.map { Scalar($0) }, cotangents, size, source), rows: size)
    }
    return moments.estimates
  }

  /// The gradients of every trajectory of a pass, row by row.
  private func gradients(
    at values: [Scalar], _ cotangents: [Scalar], _ size: Int, _ source: DrawSource
  ) throws(SimulationError) -> [Scalar] {
    let engine = BatchEngine<Scalar>(lanePlan, policy: policy, budget: budget, kernels: kernels)
    let tiles = try Tiling(engine, batch: size)
    let constants = max(1, Int(unsafe tiles.program.header.sharedSlotCount))
    // Inputs and gradients of every trajectory, and what tiles give that nobody wants.
    let tape = try tape(
      engine, tiles,
      beside: 2 * size * values.count * MemoryLayout<Scalar>.stride + tiles.workers * constants * 8)
    let inputs = Array(repeating: values, count: size).flatMap { $0 }
    let slopes = Array(
      repeating: cotangents, count: min(size, BatchEngine<Scalar>.lanes)
    ).flatMap { $0 }
    var gradients = [Scalar](repeating: 0, count: inputs.count)
    let result = Result { () throws(SimulationError) in
      try unsafe inputs.withUnsafeBufferPointer { inputs throws(SimulationError) in
        try unsafe engine.check([], inputs.baseAddress, batch: min(size, 1))
        let run = unsafe try TileRun(engine, tiles, weights: [], inputs: inputs.baseAddress)
        let memory = try engine.buffer(
          run.workers * tape.stateCount * run.tileBytes, Self.tapePurpose)
        let unwanted = try engine.buffer(run.workers * constants * 8, "gradients of the tiles")
        unsafe gradients.withUnsafeMutableBufferPointer { gradients in
          nonisolated(unsafe) let gradients = unsafe gradients
          run.forEachTile { tile, worker in
            var call = unsafe run.call(tile, worker)
            unsafe call.tape = memory.pointer + worker * tape.stateCount * run.tileBytes
            unsafe call.tapeSpacing = Int32(tape.spacing)
            unsafe call.slotGradients =
              (unwanted.pointer + worker * constants * 8).assumingMemoryBound(to: Double.self)
            unsafe call.weightGradients = call.slotGradients
            unsafe call.inputGradients = UnsafeMutableRawPointer(
              gradients.baseAddress.map {
                unsafe $0 + tile * BatchEngine<Scalar>.lanes * values.count
              })
            let draws: [Double] = unsafe source.draws(
              tile: tile, samples: Int(call.samples), lanes: BatchEngine<Scalar>.lanes)
            unsafe draws.withUnsafeBufferPointer { draws in
              unsafe slopes.withUnsafeBufferPointer { slopes in
                unsafe call.draws = draws.baseAddress
                unsafe call.cotangents = UnsafeRawPointer(slopes.baseAddress)
                unsafe run.kernels.backward(run.header, &call)
              }
            }
          }
        }
      }
    }
    try result.get()
    return gradients
  }

  private static var tapePurpose: String { "states in front of channels" }

  /// The tape of every worker: the one that fits the budget together with work space and `bytes` more.
  private func tape(
    _ engine: BatchEngine<Scalar>, _ tiles: Tiling<Scalar>, beside bytes: Int
  ) throws(SimulationError) -> StateTape {
    func check(_ tape: StateTape) throws(SimulationError) {
      try engine.requireMemory(
        tiles.workBytes + tiles.stateBytes * tape.stateCount + bytes, Self.tapePurpose)
    }
    let channels = Array(0..<lanePlan.channels.count)
    let all = StateTape(keepingAll: channels)
    if tiles.stateBytes * all.stateCount <= keptBytesLimit, (try? check(all)) != nil { return all }
    let few = StateTape(keepingFew: channels)
    try check(few)
    return few
  }
}
