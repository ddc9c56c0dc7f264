import CQuantumKernels
package import ComplexModule
import Compute
import RealModule

/// Superpositions of a circuit's states at two values of an angle, each of which is propagated once.
///
/// A rotation exp(-iθP/2) by π more is -i P times the rotation, so that ψ(θ ± π/2) = (ψ(θ) ± ψ(θ + π)) / √2: one more state
/// gives both of the shifted ones that the parameter-shift rule wants. For a phase, whose eigenvalues differ by one
/// too, it is (ψ(θ) ∓ i ψ(θ + π)) / √2 up to a global phase.
extension BatchEngine {
  /// The outputs of (ψ + c χ) / √2 and of (ψ - c χ) / √2, with ψ the state at the first row of inputs and χ that at another.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all rows share.
  ///   - inputs: `[rows, inputCount]`, row by row.
  ///   - factors: c of each row but the first.
  /// - Returns: `[rows - 1, 2, outputs]`.
  /// - Throws: ``SimulationError`` as the forward pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func superpositionOutputs(
    weights: [Double], inputs: [Scalar], factors: [Complex<Double>]
  ) throws(SimulationError) -> [Scalar] {
    if let pruned {
      return try pruned.superpositionOutputs(weights: weights, inputs: inputs, factors: factors)
    }
    let rows = factors.count + 1
    if case .amplitudes = plan.measurement { stop("superpositions have no phase to read off") }
    require(
      inputs.count == rows * plan.inputCount,
      "found \(inputs.count) inputs, expected \(rows) rows of \(plan.inputCount)")
    let most = Self.lanes - 1
    if factors.count > most && runsAsTiles(batch: Self.lanes) {
      // A plan that was pruned may run as tiles where the whole one does not.
      let width = plan.inputCount
      var result: [Scalar] = []
      for start in stride(from: 0, to: factors.count, by: most) {
        let end = min(start + most, factors.count)
        result += try superpositionOutputs(
          weights: weights,
          inputs: Array(inputs[..<width] + inputs[((start + 1) * width)..<((end + 1) * width)]),
          factors: Array(factors[start..<end]))
      }
      return result
    }
    let failure: SimulationError?
    var outputs = [Scalar](repeating: 0, count: 2 * rows * plan.outputCount)
    // Swift's pointers to arrays hold for one call each.
    failure = unsafe inputs.withUnsafeBufferPointer { inputs in
      unsafe outputs.withUnsafeMutableBufferPointer { outputs in
        guard let target = outputs.baseAddress else { return nil }
        do throws(SimulationError) {
          try unsafe check(weights, inputs.baseAddress, batch: rows)
          if runsAsTiles(batch: rows) {
            unsafe try superposeTile(weights, inputs.baseAddress, factors, target)
          } else {
            unsafe try superposeOneByOne(weights, inputs.baseAddress, factors, target)
          }
          return nil
        } catch {
          return error
        }
      }
    }
    if let failure { throw failure }
    // Those of the first row with itself mean nothing.
    outputs.removeFirst(2 * plan.outputCount)
    return outputs
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func superposeTile(
    _ weights: [Double], _ inputs: UnsafePointer<Scalar>?, _ factors: [Complex<Double>],
    _ outputs: UnsafeMutablePointer<Scalar>
  ) throws(SimulationError) {
    let lanes = Self.lanes
    require(factors.count < lanes, "found \(factors.count + 1) rows, expected at most \(lanes)")
    let run = unsafe try TileRun(
      self, weights: weights, inputs: inputs, batch: factors.count + 1, isForward: true)
    let state = try buffer(run.tileBytes, "the states of a batch")
    var partners = [Scalar](repeating: 0, count: 2 * lanes)
    partners[0] = 1
    for (row, factor) in factors.enumerated() {
      partners[row + 1] = Scalar(factor.real)
      partners[lanes + row + 1] = Scalar(factor.imaginary)
    }
    unsafe partners.withUnsafeBytes { partners in
      var call = unsafe run.call(0, 0)
      unsafe call.state = state.pointer
      unsafe call.outputs = UnsafeMutableRawPointer(outputs)
      unsafe call.partners = partners.baseAddress
      unsafe run.kernels.forward(run.header, &call)
    }
  }

  private func superposeOneByOne(
    _ weights: [Double], _ inputs: UnsafePointer<Scalar>?, _ factors: [Complex<Double>],
    _ outputs: UnsafeMutablePointer<Scalar>
  ) throws(SimulationError) {
    let rows = factors.count + 1
    let (engine, workers) = try oneByOne(batch: factors.count)
    try requireRun(workers, engine, results: engine.stateBytes)
    let base = try buffers(1, engine.stateBytes, "the state")[0]
    let states = try buffers(workers, engine.stateBytes, "the shifted state")
    let first = unsafe parameters(weights, inputs, 0)
    try engine.run(try engine.bind(first), first, state: base)
    let root = Double.sqrt(0.5)
    try policy.forEach(count: workers, throwing: SimulationError.self) {
      (worker) throws(SimulationError) in
      let state = states[worker]
      for row in stride(from: worker + 1, to: rows, by: workers) {
        let parameters = unsafe parameters(weights, inputs, row)
        try engine.run(try engine.bind(parameters), parameters, state: state)
        let factor = factors[row - 1]
        // The difference is √2 ψ less the sum.
        let ways = [
          (root, Complex(root * factor.real, root * factor.imaginary)), (2 * root, Complex(-1)),
        ]
        for (way, (scale, own)) in ways.enumerated() {
          engine.combine(base, into: state, scale, own)
          for (index, value) in try values(of: state, engine).enumerated() {
            unsafe outputs[(2 * row + way) * plan.outputCount + index] = Scalar(value)
          }
        }
      }
    }
  }
}

extension StateEngine {
  /// The second state becomes `scale` times the first and `own` times itself.
  func combine(
    _ first: AlignedBuffer, into second: AlignedBuffer, _ scale: Double, _ own: Complex<Double>
  ) {
    let lines = 1 << lineBits
    let parts = isOneBlock ? 1 : min(lines, LoopPolicy.partLimit)
    policy.forEach(count: parts) { part in
      let start = part * lines / parts
      var factor = (own.real, own.imaginary)
      unsafe withUnsafeBytes(of: &factor) { factor in
        unsafe kernels.combine(
          first.pointer, second.pointer, UInt64(start),
          UInt64((part + 1) * lines / parts - start), scale,
          factor.assumingMemoryBound(to: Double.self).baseAddress)
      }
    }
  }
}
