import Circuits
import Compute
import Simulation
import Synchronization

/// Some angles of a circuit that are shifted in one run, one in each row; the others are the same in all rows.
///
/// What does not depend on the shifted angles is then computed once for a run: sines, cosines, tables of diagonals.
struct ShiftedChunk {
  /// A row: the angle that is shifted, by how much, and what the outputs count for its derivative.
  struct Shift {
    let occurrence: Int
    let distance: Double
    let coefficient: Double
  }

  /// The angles that are shifted.
  let occurrences: Range<Int>
  /// The rows.
  let shifts: [Shift]
  /// The circuit with the shifted angles as inputs, those that are amplitudes after them, and all angles as weights.
  let plan: Plan

  /// All angles of a function: as many at once as a tile has lanes or, where samples do not run as tiles, all.
  static func all<Scalar: StateScalar>(
    of function: CircuitFunction, embedding: EmbeddedInputs, measuring terms: Measurement?,
    _: Scalar.Type
  ) throws(GradientError) -> [ShiftedChunk] {
    let lifted = function.lifted
    let count = lifted.occurrences.count
    let lanes = BatchEngine<Scalar>.lanes
    let isTiled = BatchEngine<Scalar>.runsAsTiles(
      qubitCount: function.circuit.qubitCount, batch: lanes)
    let size = isTiled ? lanes : max(count, 1)
    var chunks: [ShiftedChunk] = []
    for first in stride(from: 0, to: count, by: size) {
      let chosen = first..<min(first + size, count)
      let name = "angles \(chosen) shifted\(terms == nil ? "" : ", terms")"
      let plan = try function.derivedPlan(name) { () throws(SimulationError) in
        try Plan(
          lifted.operations(shifting: chosen), qubitCount: function.circuit.qubitCount,
          weightCount: count, inputCount: chosen.count + embedding.indices.count,
          measuring: terms ?? function.measurement.moments,
          startingFrom: embedding.state(readingFrom: chosen.count))
      }
      let shifts = chosen.flatMap { occurrence in
        lifted.occurrences[occurrence].rule.terms.flatMap { term in
          [1.0, -1.0].map {
            Shift(
              occurrence: occurrence, distance: $0 * term.shift, coefficient: $0 * term.coefficient)
          }
        }
      }
      chunks.append(ShiftedChunk(occurrences: chosen, shifts: shifts, plan: plan))
    }
    return chunks
  }

  /// The outputs of all rows of all chunks of samples whose angles and embedded inputs are given:
  /// `[samples, rows, outputs]`.
  static func outputs<Scalar: StateScalar>(
    of chunks: [ShiftedChunk], at angles: [[Double]], embedded: [ArraySlice<Scalar>],
    _ function: CircuitFunction
  ) throws(GradientError) -> [Scalar] {
    // Runs share the threads; each by itself has too few tiles for that.
    let tasks = angles.indices.flatMap { sample in chunks.indices.map { (sample, $0) } }
    let parts = Mutex([[Scalar]](repeating: [], count: tasks.count))
    let failure = Mutex<SimulationError?>(nil)
    let isSpread = tasks.count >= function.policy.threadCount
    let policy = isSpread ? LoopPolicy.serial : function.policy
    (isSpread ? function.policy : .serial).forEach(count: tasks.count) { task in
      let (sample, number) = tasks[task]
      do throws(SimulationError) {
        let part: [Scalar] = try chunks[number].outputs(
          at: angles[sample], embedded[sample], policy, function.budget)
        parts.withLock { $0[task] = part }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw .simulation(error) }
    // One copy a part: joined() would go number by number.
    return parts.withLock { parts in
      var outputs: [Scalar] = []
      outputs.reserveCapacity(parts.reduce(0) { $0 + $1.count })
      for part in parts { outputs += part }
      return outputs
    }
  }

  private func outputs<Scalar: StateScalar>(
    at angles: [Double], _ embedded: ArraySlice<Scalar>, _ policy: LoopPolicy,
    _ budget: MemoryBudget
  ) throws(SimulationError) -> [Scalar] {
    let own = angles[occurrences].map { Scalar($0) } + embedded
    var rows: [Scalar] = []
    rows.reserveCapacity(shifts.count * own.count)
    for shift in shifts {
      let place = rows.count + shift.occurrence - occurrences.lowerBound
      rows += own
      rows[place] = Scalar(angles[shift.occurrence] + shift.distance)
    }
    var outputs = [Scalar](repeating: 0, count: shifts.count * plan.outputCount)
    let engine = BatchEngine<Scalar>(plan, policy: policy, budget: budget)
    _ = unsafe try engine.forward(
      weights: angles, inputs: rows, batch: shifts.count, outputs: &outputs)
    return outputs
  }
}
