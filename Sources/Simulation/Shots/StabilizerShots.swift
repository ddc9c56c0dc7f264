import Circuits
import ComplexModule
import Compute
import LinearAlgebra

/// Shots on stabilizer tableaus.
///
/// A measurement finds one outcome for certain or both with probability 1/2, so that its weights are exact.
struct StabilizerShots: ShotEngine {
  private let qubitCount: Int
  private let budget: MemoryBudget
  /// Bytes of shots beside the states.
  private let shotBytes: Int
  private let segments: [[CliffordStep]]
  private let channels: [(weights: [Double], steps: [CliffordStep?])]
  private let flip = CliffordMap(rotatingAbout: .x(0), quarters: 2, qubitCount: 1)

  private static let outcomes = RandomPurpose("stabilizer outcomes")

  /// Reads a program's gates as Clifford maps.
  ///
  /// - Throws: ``SimulationError`` for an initial state, for a gate that is not Clifford, for a channel that is no
  ///   mixture of Clifford unitaries, and where the tableaus that may wait at a time do not fit the budget.
  init(
    _ program: ShotProgram, weights: [Double], inputs: [Double], shots: Int,
    beside shotBytes: Int = 0, budget: MemoryBudget
  ) throws(SimulationError) {
    guard program.initialState == nil else {
      throw .initialStateUnsupported(engine: "CircuitSampler on stabilizers")
    }
    qubitCount = program.qubitCount
    self.budget = budget
    self.shotBytes = shotBytes
    var reader = CliffordReader()
    var segments: [[CliffordStep]] = []
    for segment in program.segments {
      var steps: [CliffordStep] = []
      for gate in segment.gates {
        steps += try reader.steps(
          of: .gate(gate), at: segment.place, weights: weights, inputs: inputs)
      }
      segments.append(steps)
    }
    self.segments = segments
    var channels: [(weights: [Double], steps: [CliffordStep?])] = []
    for use in program.channels {
      let sampled = SampledChannel(use)
      let maps = sampled.matrices.map { $0.map { CliffordMap($0) } }
      guard let constant = sampled.constantWeights,
        maps.allSatisfy({ $0 == nil || $0 != .some(nil) })
      else {
        throw .channelNotClifford(name: use.channel.name, qubits: use.qubits)
      }
      let steps = maps.map { map in map?.map { CliffordStep(map: $0, qubits: use.qubits) } }
      channels.append((constant, steps))
    }
    self.channels = channels
    // Those that wait, the one that runs, and the copy in which outcomes are drawn.
    try requireRoom(states: Int.bitWidth - max(shots, 1).leadingZeroBitCount + 2)
  }

  func requireRoom(states: Int) throws(SimulationError) {
    try budget.require(
      all: [(states, StabilizerTableau.byteCount(qubitCount)), (1, shotBytes)],
      for: "the stabilizers of \(qubitCount) qubits, \(states) times")
  }

  func makeState() throws(SimulationError) -> StabilizerTableau { StabilizerTableau(qubitCount) }

  func copy(_ state: StabilizerTableau) -> StabilizerTableau? { state }

  func run(_ segment: Int, on state: inout StabilizerTableau) {
    for step in segments[segment] { state.apply(step) }
  }

  func weights(of event: ShotEvent, in state: StabilizerTableau) -> [Double] {
    switch event {
    case .channel(let number): return channels[number].weights
    case .measurement(let qubit, _), .reset(let qubit):
      switch state.outcome(of: qubit) {
      case nil: return [0.5, 0.5]
      case false?: return [1, 0]
      case true?: return [0, 1]
      }
    }
  }

  func take(
    _ outcome: Int, weight: Double, of event: ShotEvent, in state: inout StabilizerTableau
  ) {
    switch event {
    case .channel(let number):
      if let step = channels[number].steps[outcome] { state.apply(step) }
    case .measurement(let qubit, _): _ = state.measure(qubit) { outcome == 1 }
    case .reset(let qubit):
      _ = state.measure(qubit) { outcome == 1 }
      if outcome == 1 { state.apply(CliffordStep(map: flip, qubits: [qubit])) }
    }
  }

  func draw(
    _ qubits: [Int], shots: [Int32], seed: UInt64, from state: StabilizerTableau
  ) -> [UInt64] {
    let (first, flips) = possibleOutcomes(of: qubits, in: state)
    var words: [UInt64] = []
    words.reserveCapacity(shots.count * first.count)
    for shot in shots {
      var stream = RandomStream(seed: seed, purpose: Self.outcomes, index: UInt64(shot))
      var outcome = first
      var random: UInt64 = 0
      for (number, flip) in flips.enumerated() {
        random = number & 63 == 0 ? stream.next() : random >> 1
        guard random & 1 == 1 else { continue }
        for word in outcome.indices { outcome[word] ^= flip[word] }
      }
      words += outcome
    }
    return words
  }

  /// The outcomes that measuring some qubits can have, all with the same probability: one of them, and what
  /// it may be flipped by, each flip or not.
  private func possibleOutcomes(
    of qubits: [Int], in state: StabilizerTableau
  ) -> (first: [UInt64], flips: [[UInt64]]) {
    let chunks = stride(from: 0, to: qubits.count, by: 64).map {
      Array(qubits[$0..<min($0 + 64, qubits.count)])
    }
    var collapsing = state
    let first = chunks.map { chunk in
      chunk.enumerated().reduce(UInt64(0)) { word, entry in
        let outcome = collapsing.measure(entry.element) { false }.outcome
        return outcome ? word | 1 << UInt64(entry.offset) : word
      }
    }
    // The X parts of the stabilizers, as many as are independent.
    var flips: [[UInt64]] = []
    var pivots: [Int] = []
    for number in 0..<qubitCount {
      var rest = chunks.map { state.flips(number, on: $0) }
      for (flip, pivot) in zip(flips, pivots)
      where rest[pivot >> 6] >> UInt64(pivot & 63) & 1 == 1 {
        for word in rest.indices { rest[word] ^= flip[word] }
      }
      guard let word = rest.firstIndex(where: { $0 != 0 }) else { continue }
      flips.append(rest)
      pivots.append(word << 6 + rest[word].trailingZeroBitCount)
    }
    return (first, flips)
  }

  func probabilities(of qubits: [Int], in state: StabilizerTableau) -> [Double] {
    let (first, flips) = possibleOutcomes(of: qubits, in: state)
    var outcomes = [Int(first.first ?? 0)]
    for flip in flips { outcomes += outcomes.map { $0 ^ Int(flip[0]) } }
    var result = [Double](repeating: 0, count: 1 << qubits.count)
    for outcome in outcomes { result[outcome] = 1 / Double(outcomes.count) }
    return result
  }
}
