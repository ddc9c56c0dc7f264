import Circuits
import Compute

extension CircuitSampler {
  /// The branches of outcomes that are followed, at most.
  public static let branchLimit = 1 << 16
  /// The outcomes of the final measurements over all branches are at most 2 to this power.
  static let entryBits = 22

  /// The exact probabilities of the classical bits, by following every branch of outcomes.
  ///
  /// Outcomes of a probability below 1e-12 (1e-6 in single precision) of their branch count as impossible, and so do
  /// branches of a smaller probability that stay in a loop.
  ///
  /// - Returns: The probability of each string of bits that is possible; they add up to 1 but for rounding.
  /// - Throws: ``SimulationError/tooManyBranches(limit:)`` for more than ``branchLimit`` of them,
  ///   ``SimulationError/tooManyRounds(place:text:limit:)`` where a branch stays in a loop for more than the limit,
  ///   ``SimulationError/tooManyOutcomes(qubits:limit:)`` for too many final measurements,
  ///   ``SimulationError/tooManyOutputs(found:limit:)`` for too many of all branches together,
  ///   ``SimulationError/memory(_:)`` where the states do not fit, one for each undecided outcome of a branch, and
  ///   further ``SimulationError`` as ``samples(shots:seed:weights:inputs:)``.
  /// - Complexity: O(branches · gates · 2ⁿ) on state vectors.
  public func probabilities(
    weights: [Double] = [], inputs: [Double] = []
  ) throws(SimulationError) -> [BitString: Double] {
    try circuit.requireValues(weights: weights, inputs: inputs)
    guard program.finals.count <= Self.entryBits else {
      throw .tooManyOutcomes(qubits: program.finals.count, limit: Self.entryBits)
    }
    // The outcomes of a branch, and what is read of them.
    let outcomeBytes = 2 * 8 << program.finals.count
    try budget.require(
      all: [(1, outcomeBytes)], for: "the probabilities of 2^\(program.finals.count) outcomes")
    if let engine = try stabilizers(weights, inputs, shots: 1, beside: outcomeBytes) {
      return try probabilities(engine)
    }
    return try probabilities(try stateVectors(weights, inputs, beside: outcomeBytes))
  }

  private func probabilities<Engine: ShotEngine>(
    _ engine: Engine
  ) throws(SimulationError) -> [BitString: Double] {
    var result: [BitString: Double] = [:]
    var waiting = [
      Branch(
        state: try engine.makeState(), step: 0, probability: 1,
        bits: [Bool](repeating: false, count: bitCount),
        rounds: [Int](repeating: 0, count: program.loops.count))
    ]
    var finished = 0
    while var branch = waiting.popLast() {
      guard try follow(&branch, engine, &waiting) else { continue }
      finished += 1
      guard finished + waiting.count <= Self.branchLimit else {
        throw .tooManyBranches(limit: Self.branchLimit)
      }
      guard finished << program.finals.count <= 1 << Self.entryBits else {
        throw .tooManyOutputs(
          found: finished << program.finals.count, limit: 1 << Self.entryBits)
      }
      let outcomes = misread(
        engine.probabilities(of: program.finals.map(\.qubit), in: branch.state))
      let possible = outcomes.count { $0 > 0 }
      try budget.require(
        all: [
          (1, ShotMemory.byteCount(shots: result.count + possible, bitCount: bitCount))
        ], for: "the probabilities of \(result.count + possible) outcomes")
      let total = outcomes.reduce(0, +)
      for (number, probability) in outcomes.enumerated() where probability > 0 {
        var bits = branch.bits
        for (place, final) in program.finals.enumerated() {
          bits[final.bit] = number >> place & 1 == 1
        }
        result[BitString(bits), default: 0] += branch.probability * probability / total
      }
    }
    return result
  }

  /// A history of outcomes.
  private struct Branch<State> {
    var state: State
    var step: Int
    var probability: Double
    var bits: [Bool]
    var rounds: [Int]
  }

  /// The probability below which an outcome counts as impossible.
  private var floor: Double { precision == .double ? 1e-12 : 1e-6 }

  /// Takes a branch to its end, or to an event, whose outcomes then wait, or to a loop that it all but never stays in.
  ///
  /// - Returns: Whether it came to its end.
  private func follow<Engine: ShotEngine>(
    _ branch: inout Branch<Engine.State>, _ engine: Engine,
    _ waiting: inout [Branch<Engine.State>]
  ) throws(SimulationError) -> Bool {
    while branch.step < program.steps.count {
      switch program.steps[branch.step] {
      case .segment(let number):
        try engine.run(number, on: &branch.state)
        branch.step += 1
      case .jump(let step): branch.step = step
      case .assign(let bit, let condition):
        branch.bits[bit] = condition.holds { branch.bits[$0] }
        branch.step += 1
      case .branch(let condition, let otherwise, let loop):
        let holds = condition.holds { branch.bits[$0] }
        if holds, let loop {
          guard branch.probability >= floor else { return false }
          try program.count(&branch.rounds, of: loop, atMost: roundLimit)
        }
        branch.step = holds ? branch.step + 1 : otherwise
      case .event(let event):
        branch.step += 1
        let parts = parts(of: event, try engine.weights(of: event, in: branch.state), branch.bits)
        // Those that wait, the parts, and one in which outcomes are found.
        if parts.count > 1 { try engine.requireRoom(states: waiting.count + parts.count + 1) }
        for (place, part) in parts.enumerated() {
          var next = branch
          if place + 1 < parts.count {
            guard let copy = engine.copy(branch.state) else {
              throw .memory(
                MemoryBudgetError(
                  purpose: "a state for each branch that waits", needed: .max,
                  held: AlignedBuffer.liveByteCount, limit: budget.limit))
            }
            next.state = copy
          }
          try engine.take(part.outcome, weight: part.weight, of: event, in: &next.state)
          next.probability *= part.probability
          next.bits = part.bits
          if parts.count == 1 {
            branch = next
          } else {
            waiting.append(next)
          }
        }
        if parts.count > 1 { return false }
      }
    }
    return true
  }

  /// What may come of an event: its outcomes, and for each what may be read.
  private func parts(
    of event: ShotEvent, _ weights: [Double], _ bits: [Bool]
  ) -> [(outcome: Int, weight: Double, probability: Double, bits: [Bool])] {
    let total = weights.reduce(0, +)
    var parts: [(outcome: Int, weight: Double, probability: Double, bits: [Bool])] = []
    for (outcome, weight) in weights.enumerated() where weight > floor * total {
      guard case .measurement(let qubit, let bit) = event else {
        parts.append((outcome, weight, weight / total, bits))
        continue
      }
      let error = noise.readoutError(of: qubit)
      let wrong = (outcome == 1 ? error?.oneAsZero : error?.zeroAsOne) ?? 0
      for (isWrong, rate) in [(false, 1 - wrong), (true, wrong)] where rate > 0 {
        var read = bits
        read[bit] = (outcome == 1) != isWrong
        parts.append((outcome, weight, weight / total * rate, read))
      }
    }
    return parts
  }

  /// The probabilities of what is read of the final measurements, from those of their outcomes.
  private func misread(_ outcomes: [Double]) -> [Double] {
    var result = outcomes
    for (place, final) in program.finals.enumerated() {
      noise.readoutError(of: final.qubit)?.misread(bit: place, of: &result)
    }
    return result
  }
}
