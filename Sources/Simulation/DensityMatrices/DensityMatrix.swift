public import Circuits
import ComplexModule
public import Compute
public import LinearAlgebra

/// The density matrix ρ of n qubits, exact under noise.
///
/// Kept are its 4ⁿ real components r_P = Tr(P ρ) over the Pauli strings P, in double precision, so that
/// ρ = 2⁻ⁿ Σ r_P P: the expectation of a Pauli string is one of them, and every gate and channel is a real matrix.
/// Qubit 0 is the least significant bit of a basis state's number.
public struct DensityMatrix: ~Copyable, Sendable {
  /// The number of qubits.
  public let qubitCount: Int
  private let buffer: AlignedBuffer
  private let noise: NoiseModel

  /// Runs a circuit on |0…0⟩⟨0…0|, or on its initial state.
  ///
  /// - Parameters:
  ///   - circuit: The circuit; noise channels may stand in it. A measurement in the middle takes coherences away
  ///     and a reset puts its qubit into 0; barriers and final measurements change nothing.
  ///   - noise: Channels that follow its gates, and how measured bits are misread.
  ///   - weights: The values of the circuit's weights.
  ///   - inputs: The values of its inputs.
  ///   - policy: The threads that may be used; the result does not depend on them.
  ///   - budget: What may be allocated.
  ///   - kernels: The kernels to use.
  /// - Throws: ``SimulationError`` if the numbers of weights or inputs do not fit, an angle is not finite, an
  ///   instruction depends on a classical condition, a gate has more than three qubits, the model does not fit the circuit, or 8 · 4ⁿ bytes do not fit `budget`; then nothing of
  ///   that size has been allocated.
  /// - Complexity: O(gates · 4ⁿ) time, 8 · 4ⁿ bytes.
  public init(
    running circuit: Circuit, noise: NoiseModel = NoiseModel(), weights: [Double] = [],
    inputs: [Double] = [], policy: LoopPolicy = .automatic, budget: MemoryBudget = .process,
    kernels: KernelTable = .best
  ) throws(SimulationError) {
    try circuit.requireValues(weights: weights, inputs: inputs)
    let components = try Self.buffer(states: 1, of: circuit.qubitCount, budget)
    let plan = try TransferPlan(running: circuit, noise: noise)
    qubitCount = circuit.qubitCount
    self.noise = noise
    buffer = components
    let bound = BoundTransfers(plan, weights: weights, inputs: inputs)
    self.components.start(from: circuit.initialState, inputs: inputs, policy)
    for (step, matrix) in zip(plan.steps, bound.matrices) {
      self.components.apply(matrix, on: step.qubits, policy, kernels)
    }
  }

  /// Memory for `states` density matrices.
  static func buffer(
    states: Int, of qubitCount: Int, _ budget: MemoryBudget
  ) throws(SimulationError) -> AlignedBuffer {
    let bytes = try plannedBytes(states: states, of: qubitCount, budget)
    do throws(MemoryBudgetError) {
      return try AlignedBuffer.allocate(
        byteCount: bytes, for: purpose(states, qubitCount), budget: budget)
    } catch {
      throw .memory(error)
    }
  }

  private static func purpose(_ states: Int, _ qubitCount: Int) -> String {
    "\(states == 1 ? "the density matrix" : "\(states) density matrices") of \(qubitCount) qubits"
  }

  /// Checks that `states` density matrices fit a budget, and gives their bytes.
  @discardableResult
  static func plannedBytes(
    states: Int, of qubitCount: Int, _ budget: MemoryBudget
  ) throws(SimulationError) -> Int {
    let (product, overflow) = PauliComponents.byteCount(qubitCount: qubitCount)
      .multipliedReportingOverflow(by: states)
    let bytes = overflow ? .max : product
    do throws(MemoryBudgetError) {
      try budget.require(bytes, for: purpose(states, qubitCount))
      return bytes
    } catch {
      throw .memory(error)
    }
  }

  private var components: PauliComponents {
    unsafe PauliComponents(buffer.pointer, qubitCount: qubitCount)
  }

  // MARK: What is read off

  /// The expectation value Tr(O ρ).
  ///
  /// - Throws: ``SimulationError/qubitOutOfRange(qubit:qubitCount:)`` if the observable names a qubit that is
  ///   not there.
  /// - Complexity: O(terms).
  public func expectation(of observable: PauliSum) throws(SimulationError) -> Double {
    try Measurement.expectations([observable]).validate(qubitCount: qubitCount)
    return components.expectation(of: observable)
  }

  /// The variance Tr(O² ρ) − Tr(O ρ)² of an observable.
  ///
  /// - Throws: ``SimulationError`` if the observable names a qubit that is not there, or its square has too many terms.
  public func variance(of observable: PauliSum) throws(SimulationError) -> Double {
    let components = components
    return try Measurement.variance(of: observable, qubitCount) { moments in
      components.moments(.expectations(moments))
    }
  }

  /// The covariance Tr((AB + BA)/2 ρ) − Tr(Aρ) Tr(Bρ) of two observables.
  ///
  /// - Throws: ``SimulationError`` if an observable names a qubit that is not there, or the product has too many
  ///   terms.
  public func covariance(of a: PauliSum, _ b: PauliSum) throws(SimulationError) -> Double {
    let components = components
    return try Measurement.covariance(of: a, b, qubitCount) { moments in
      components.moments(.expectations(moments))
    }
  }

  /// The probabilities of all basis states, before any readout error.
  public func probabilities() -> [Double] { probabilities(of: Array(0..<qubitCount)) }

  /// The probabilities of the outcomes of some qubits: the first one named is the least significant bit.
  ///
  /// p(b) = 2⁻ᵏ Σ_z (-1)^(z·b) r_z over the Z strings of these qubits.
  ///
  /// - Precondition: The qubits are different and each is in `0..<n`.
  public func probabilities(of qubits: [Int]) -> [Double] {
    require(
      Set(qubits).count == qubits.count && qubits.allSatisfy { (0..<qubitCount).contains($0) },
      "qubits \(qubits): expected different ones in 0..<\(qubitCount)")
    return components.probabilities(of: qubits)
  }

  /// The purity Tr ρ²: 1 for a pure state, 2⁻ⁿ for the maximally mixed one.
  public var purity: Double {
    var sum = 0.0
    let components = components
    for index in 0..<(1 << (2 * qubitCount)) { sum += components[index] * components[index] }
    return sum / Double(1 << qubitCount)
  }

  /// The matrix itself, 2ⁿ rows.
  ///
  /// - Precondition: n is at most 10.
  /// - Complexity: O(8ⁿ).
  public func matrix() -> ComplexMatrix {
    require(qubitCount <= 10, "the matrix of \(qubitCount) qubits is too large: at most 10")
    let size = 1 << qubitCount
    var result = ComplexMatrix(zeros: size, size)
    let components = components
    for x in 0..<size {
      for z in 0..<size {
        let component =
          components[PauliComponents.number(x: UInt64(x), z: UInt64(z))] / Double(size)
        guard component != 0 else { continue }
        for basis in 0..<size {
          let quarters = (x & z).nonzeroBitCount + 2 * (z & basis).nonzeroBitCount
          let phase: Complex<Double> = [.one, .i, -.one, -.i][quarters & 3]
          result[basis ^ x, basis] += phase * Complex(component)
        }
      }
    }
    return result
  }

  /// The probabilities of what is read when all qubits are measured, readout errors of the model included.
  public func readoutProbabilities() -> [Double] {
    var result = probabilities()
    for qubit in 0..<qubitCount {
      noise.readoutError(of: qubit)?.misread(bit: qubit, of: &result)
    }
    return result
  }

  /// Draws what is read when all qubits are measured `shots` times, in the order they were drawn.
  ///
  /// Shot i is decided by the i-th number of the random stream of `seed`.
  public func samples(shots: Int, seed: UInt64) -> [Int] {
    require(shots >= 0, "a number of shots is not negative: found \(shots)")
    var total = 0.0
    let sums = readoutProbabilities().map { probability in
      total += probability
      return total
    }
    // Rounding may put a point on the total: no shot falls behind the last possible outcome.
    let last = sums.firstIndex(of: total) ?? 0
    var stream = RandomStream(seed: seed, purpose: .shots)
    return (0..<shots).map { _ in
      let point = stream.nextUniform() * total
      var (low, high) = (0, last)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > point { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }

  /// Counts what is read when all qubits are measured `shots` times.
  public func counts(shots: Int, seed: UInt64) -> [Int: Int] {
    samples(shots: shots, seed: seed).reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}
