import Circuits
import ComplexModule
import Compute
import Simulation
import Synchronization

/// Some angles of a circuit that are shifted in one run, one in each row; the others are the same in all rows.
///
/// What does not depend on the shifted angles is then computed once for a run: sines, cosines, tables of diagonals. Where
/// each angle is that of one rotation or phase, a row is the state at an angle more by π, and serves both of its
/// shifts: they are superpositions of it and the state that is not shifted.
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
  /// What the states at angles more by π count in those at angles more by π/2; nil where each shift is a row of its own.
  let factors: [Complex<Double>]?
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
    // Amplitudes have a phase, which superpositions lose.
    var hasPhase = false
    if case .amplitudes = function.measurement { hasPhase = true }
    let isSuperposed = lifted.occurrences.map { !hasPhase && $0.rule.frequencies == [1] }
    var chunks: [ShiftedChunk] = []
    var first = 0
    while first < count {
      // One lane is for the state that is not shifted.
      let most = isTiled ? lanes - 1 : count
      let alike = isSuperposed[first...].prefix { $0 == isSuperposed[first] }.count
      let paired = isSuperposed[first] ? min(alike, most) : 0
      if 2 * paired >= min(most, count - first) || !isTiled && paired > 0 {
        let chosen = first..<(first + paired)
        let plan = try plan(function, embedding, terms, chosen)
        if let factors = factors(of: plan, count: chosen.count) {
          chunks.append(ShiftedChunk(lifted, chosen, factors: factors, plan: plan))
          first = chosen.upperBound
          continue
        }
      }
      let chosen = first..<min(count, first + (isTiled ? lanes : alike))
      chunks.append(
        ShiftedChunk(
          lifted, chosen, factors: nil, plan: try plan(function, embedding, terms, chosen)))
      first = chosen.upperBound
    }
    return chunks
  }

  private init(
    _ lifted: LiftedCircuit, _ chosen: Range<Int>, factors: [Complex<Double>]?, plan: Plan
  ) {
    occurrences = chosen
    self.factors = factors
    self.plan = plan
    shifts = chosen.flatMap { occurrence in
      lifted.occurrences[occurrence].rule.terms.flatMap { term in
        [1.0, -1.0].map {
          Shift(
            occurrence: occurrence, distance: $0 * term.shift, coefficient: $0 * term.coefficient)
        }
      }
    }
  }

  private static func plan(
    _ function: CircuitFunction, _ embedding: EmbeddedInputs, _ terms: Measurement?,
    _ chosen: Range<Int>
  ) throws(GradientError) -> Plan {
    let lifted = function.lifted
    let name = "angles \(chosen) shifted\(terms == nil ? "" : ", terms")"
    return try function.derivedPlan(name) { () throws(SimulationError) in
      try Plan(
        lifted.operations(shifting: chosen), qubitCount: function.circuit.qubitCount,
        weightCount: lifted.occurrences.count,
        inputCount: chosen.count + embedding.indices.count,
        measuring: terms ?? function.measurement.moments,
        startingFrom: embedding.state(readingFrom: chosen.count))
    }
  }

  /// c of each shifted angle, so that the state at π/2 more is (ψ + c χ) / √2 with χ that at π more, up to a global
  /// phase; nil if an angle is not that of one rotation or phase.
  ///
  /// What the outputs do not depend on is not in the circuit that is run: then χ is ψ, and with c = i so are its sums,
  /// but for their phase.
  private static func factors(of plan: Plan, count: Int) -> [Complex<Double>]? {
    var factors = [Complex<Double>?](repeating: nil, count: count)
    for operation in plan.pruned.operations {
      let inputs = Set(operation.angle.terms.flatMap(\.inputs)).filter { $0 < count }
      guard let input = inputs.first else { continue }
      let terms = operation.angle.terms.filter { $0.inputs.contains(input) }
      guard inputs.count == 1, factors[input] == nil, terms.count == 1, let term = terms.first,
        term.degree == 1, abs(term.coefficient) == 1
      else { return nil }
      switch operation.kind {
      case .rotation where operation.controls == .none: factors[input] = .one
      case .phase: factors[input] = Complex(0, -term.coefficient)
      case .rotation, .pauli, .swap, .matrix: return nil
      }
    }
    return factors.map { $0 ?? .i }
  }

  /// The outputs of all rows of all chunks of samples whose angles and embedded inputs are given:
  /// `[samples, rows, outputs]`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  static func outputs<Scalar: StateScalar>(
    of chunks: [ShiftedChunk], at angles: [[Double]], embedded: [ArraySlice<Scalar>],
    _ function: CircuitFunction
  ) throws(GradientError) -> [Scalar] {
    let tasks = angles.indices.flatMap { sample in chunks.indices.map { (sample, $0) } }
    let parts = Mutex([[Scalar]](repeating: [], count: tasks.count))
    let failure = Mutex<SimulationError?>(nil)
    // Runs share the threads; each by itself has too few tiles for that. Large states have all threads, one after the
    // other: two of them are alive at a time.
    let isSpread =
      tasks.count >= function.policy.threadCount
      && BatchEngine<Scalar>.isOneBlock(qubitCount: function.circuit.qubitCount)
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

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func outputs<Scalar: StateScalar>(
    at angles: [Double], _ embedded: ArraySlice<Scalar>, _ policy: LoopPolicy,
    _ budget: MemoryBudget
  ) throws(SimulationError) -> [Scalar] {
    let own = angles[occurrences].map { Scalar($0) } + embedded
    let engine = BatchEngine<Scalar>(plan, policy: policy, budget: budget)
    if let factors {
      var rows = own
      rows.reserveCapacity((factors.count + 1) * own.count)
      for place in factors.indices {
        rows += own
        rows[(place + 1) * own.count + place] = Scalar(angles[occurrences.lowerBound + place] + .pi)
      }
      return try engine.superpositionOutputs(weights: angles, inputs: rows, factors: factors)
    }
    var rows: [Scalar] = []
    rows.reserveCapacity(shifts.count * own.count)
    for shift in shifts {
      let place = rows.count + shift.occurrence - occurrences.lowerBound
      rows += own
      rows[place] = Scalar(angles[shift.occurrence] + shift.distance)
    }
    var outputs = [Scalar](repeating: 0, count: shifts.count * plan.outputCount)
    _ = unsafe try engine.forward(
      weights: angles, inputs: rows, batch: shifts.count, outputs: &outputs)
    return outputs
  }
}
