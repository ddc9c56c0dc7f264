public import Circuits
public import Compute

/// Draws the classical bits of circuits with measurements in the middle, resets, conditions, loops and noise.
///
/// Each shot is one run of the circuit: at a measurement, a reset and a channel it takes one of the outcomes with
/// the probability that the state of this run gives it, and goes on with the state after it. Shots with the same
/// history share their state, and part only where their outcomes differ; measurements after which nothing uses
/// their qubit or bit are drawn together in the end.
///
/// ```swift
/// let circuit = Circuit(qubits: 2) {
///   H(0)
///   Measure(0, into: 0)
///   If(.bit(0)) { X(1) }
///   Measure(1, into: 1)
/// }
/// let counts = try CircuitSampler(circuit).counts(shots: 1000, seed: 7)  // 00 and 11
/// ```
///
/// What shot i draws depends on the seed, the circuit and i alone: it is the same for any number of threads, and
/// more shots extend the list of fewer. A circuit that writes no classical bit has all its qubits measured in the end.
public struct CircuitSampler: Sendable {
  /// The engine that shots run on.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// Stabilizers where the circuit has more than 12 qubits and all of it is Clifford, else state vectors.
    case automatic
    /// State vectors, of at most 63 qubits as far as memory goes.
    case stateVector
    /// Stabilizer tableaus: Clifford gates, and channels that are mixtures of Clifford unitaries.
    case stabilizer
  }

  /// The circuit with the channels of its noise model.
  public let circuit: Circuit
  /// The engine that was asked for.
  public let method: Method
  /// The precision of amplitudes.
  public let precision: Precision
  /// The rounds that each loop may take in a shot; those of a loop within a loop are added up.
  public let roundLimit: Int
  let program: ShotProgram
  let noise: NoiseModel
  let policy: LoopPolicy
  let budget: MemoryBudget
  let kernels: KernelTable
  /// Whether shots that wait keep a copy of their state; else all begin again, which tests compare with.
  package var keepsStates = true

  /// The most shots of one call.
  public static let shotLimit = Int(Int32.max)
  /// The rounds that each loop may take in a shot unless another number is given.
  public static let defaultRoundLimit = 10_000
  /// The qubits up to which state vectors are faster than tableaus.
  static let smallQubitCount = 12

  /// Prepares a circuit for sampling.
  ///
  /// - Parameters:
  ///   - circuit: The circuit.
  ///   - noise: Channels that follow its gates, and how measured bits are misread.
  ///   - method: The engine.
  ///   - precision: The precision of amplitudes.
  ///   - roundLimit: The rounds that each loop may take in a shot; past them the shots end with
  ///     ``SimulationError/tooManyRounds(place:text:limit:)``.
  ///   - policy: The threads that may be used; what is drawn does not depend on them.
  ///   - budget: What may be allocated.
  ///   - kernels: The kernels to use.
  /// - Throws: ``SimulationError/noise(_:)`` if the model does not fit the circuit.
  /// - Precondition: `roundLimit` is not negative.
  public init(
    _ circuit: Circuit, noise: NoiseModel = NoiseModel(), method: Method = .automatic,
    precision: Precision = .double, roundLimit: Int = CircuitSampler.defaultRoundLimit,
    policy: LoopPolicy = .automatic, budget: MemoryBudget = .process,
    kernels: KernelTable = .best
  ) throws(SimulationError) {
    require(roundLimit >= 0, "a number of rounds is not negative: found \(roundLimit)")
    do throws(ChannelError) {
      self.circuit = try noise.applied(to: circuit)
    } catch {
      throw .noise(error)
    }
    program = ShotProgram(self.circuit)
    self.noise = noise
    self.method = method
    self.precision = precision
    self.roundLimit = roundLimit
    self.policy = policy
    self.budget = budget
    self.kernels = kernels
  }

  /// The bits of an outcome: those of the circuit, or its qubits where it writes no bits.
  public var bitCount: Int { program.bitCount }

  /// What outcomes are called in counts, as Qiskit prints them.
  public var keys: OutcomeKeys { OutcomeKeys(circuit) }

  /// Draws the classical bits of `shots` runs, in the order they were drawn; bit b of the circuit is bit b of the
  /// string.
  ///
  /// With final measurements alone, on state vectors, shot i is the outcome i of
  /// ``StateVector/samples(shots:seed:)``.
  ///
  /// At most log₂(shots) + 2 states are alive at a time. Where `budget` has no room for so many state vectors,
  /// shots that wait begin again at the start, which takes time and changes no outcome; one state has to fit.
  ///
  /// - Throws: ``SimulationError/tooManyShots(found:limit:)`` for more than ``shotLimit``;
  ///   ``SimulationError/tooManyRounds(place:text:limit:)`` where a shot stays in a loop for more than ``roundLimit``
  ///   rounds; further ``SimulationError`` if the numbers of weights or inputs do not fit, one is not finite, the circuit is not for the engine, or one state
  ///   (of the tableaus: all of them) or the outcomes do not fit the budget.
  /// - Complexity: O(histories · gates · 2ⁿ) on state vectors, at most as many histories as shots.
  public func samples(
    shots: Int, seed: UInt64, weights: [Double] = [], inputs: [Double] = []
  ) throws(SimulationError) -> [BitString] {
    require(shots >= 0, "a number of shots is not negative: found \(shots)")
    guard shots <= Self.shotLimit else {
      throw .tooManyShots(found: shots, limit: Self.shotLimit)
    }
    try circuit.requireValues(weights: weights, inputs: inputs)
    let shotBytes = ShotMemory.byteCount(shots: shots, bitCount: bitCount)
    try budget.require(all: [(1, shotBytes)], for: "\(shots) shots of \(bitCount) bits")
    guard bitCount > 0 else { return Array(repeating: BitString([]), count: shots) }
    if let engine = try stabilizers(weights, inputs, shots: shots, beside: shotBytes) {
      return try run(engine, shots, seed)
    }
    return try run(try stateVectors(weights, inputs, beside: shotBytes), shots, seed)
  }

  /// Counts the classical bits of `shots` runs.
  ///
  /// - Returns: How often each string came that came at all; ``keys`` writes them as the circuit's registers.
  /// - Throws: ``SimulationError`` as ``samples(shots:seed:weights:inputs:)``.
  public func counts(
    shots: Int, seed: UInt64, weights: [Double] = [], inputs: [Double] = []
  ) throws(SimulationError) -> [BitString: Int] {
    var counts: [BitString: Int] = [:]
    for outcome in try samples(shots: shots, seed: seed, weights: weights, inputs: inputs) {
      counts[outcome, default: 0] += 1
    }
    return counts
  }

  private func run(
    _ engine: some ShotEngine, _ shots: Int, _ seed: UInt64
  ) throws(SimulationError) -> [BitString] {
    var walk = ShotWalk(
      program, engine: engine, noise: noise, shots: shots, seed: seed, roundLimit: roundLimit)
    return try walk.run()
  }

  /// The engine of stabilizers, where it is asked for or automatic and better; nil elsewhere.
  func stabilizers(
    _ weights: [Double], _ inputs: [Double], shots: Int, beside shotBytes: Int
  ) throws(SimulationError) -> StabilizerShots? {
    func engine() throws(SimulationError) -> StabilizerShots {
      try StabilizerShots(
        program, weights: weights, inputs: inputs, shots: shots, beside: shotBytes,
        budget: budget)
    }
    switch method {
    case .stateVector: return nil
    case .stabilizer: return try engine()
    case .automatic:
      guard circuit.qubitCount > Self.smallQubitCount else { return nil }
      do throws(SimulationError) {
        return try engine()
      } catch {
        // A circuit of more qubits than amplitudes reach has no other engine: the error says what is amiss.
        guard circuit.qubitCount <= PauliString.qubitLimit else { throw error }
        return nil
      }
    }
  }

  func stateVectors(
    _ weights: [Double], _ inputs: [Double], beside shotBytes: Int
  ) throws(SimulationError) -> StateVectorShots {
    try StateVectorShots(
      program, weights: weights, inputs: inputs, precision: precision, policy: policy,
      budget: budget, kernels: kernels, keepsStates: keepsStates,
      beside: shotBytes)
  }
}
