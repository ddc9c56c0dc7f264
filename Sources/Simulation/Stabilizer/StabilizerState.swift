public import Circuits
public import Compute

/// The state of n qubits after a Clifford circuit, kept as the Pauli strings that stabilize it.
///
/// Clifford circuits take Pauli strings to Pauli strings, so that n strings of n qubits stand for 2ⁿ amplitudes,
/// and hundreds of qubits are simulated exactly. What is lost is the global phase. Qubit 0 is the least
/// significant bit of a basis state's number, and rightmost in text.
///
/// ```swift
/// let ghz = Circuit(qubits: 300) {
///   H(0)
///   for qubit in 1..<300 { CX(0, qubit) }
/// }
/// let state = try StabilizerState(running: ghz)
/// let outcomes = try state.bitStringCounts(shots: 1000, seed: 7)  // 000…0 and 111…1
/// ```
///
/// Source: Aaronson and Gottesman, "Improved simulation of stabilizer circuits", arXiv:quant-ph/0406196; sampling
/// by Pauli frames: Gidney, "Stim: a fast stabilizer circuit simulator", arXiv:2103.02202.
public struct StabilizerState: Sendable {
  /// The number of qubits n.
  public let qubitCount: Int
  let program: CliffordProgram
  let tableau: StabilizerTableau
  let policy: LoopPolicy
  let budget: MemoryBudget

  /// Runs a Clifford circuit on |0…0⟩; barriers and final measurements change nothing.
  ///
  /// - Parameters:
  ///   - circuit: The circuit, of at most ``Circuits/Circuit/qubitLimit`` qubits.
  ///   - weights: The values of the circuit's weights.
  ///   - inputs: The values of its inputs.
  ///   - policy: The threads that sampling may use.
  ///   - budget: What may be allocated.
  /// - Throws: ``SimulationError/notClifford(instruction:text:reason:)`` for the first gate that is not Clifford,
  ///   as ``Circuits/Circuit/requireClifford(weights:inputs:)`` decides it; further ``SimulationError`` if the
  ///   numbers of weights or inputs do not fit, one is not finite, or the strings do not fit `budget`.
  /// - Complexity: O(gates · n / 256) time, n² / 2 bytes, and at least 128 bytes a plane of 512 strings.
  public init(
    running circuit: Circuit, weights: [Double] = [], inputs: [Double] = [],
    policy: LoopPolicy = .automatic, budget: MemoryBudget = .process
  ) throws(SimulationError) {
    program = try CliffordProgram(circuit, weights: weights, inputs: inputs)
    qubitCount = circuit.qubitCount
    self.policy = policy
    self.budget = budget
    do throws(MemoryBudgetError) {
      try budget.require(
        StabilizerTableau.byteCount(qubitCount),
        for: "the stabilizers of \(circuit.qubitCount) qubits")
    } catch {
      throw .memory(error)
    }
    var tableau = StabilizerTableau(qubitCount)
    tableau.apply(program)
    self.tableau = tableau
  }

  /// The generators of the stabilizer group: n strings that commute, each with its sign, such as `-XIZ`; the
  /// state is their common eigenvector of eigenvalue 1.
  ///
  /// They are one choice of many for the same state. The letter of qubit 0 is rightmost.
  ///
  /// - Complexity: O(n²).
  public var generators: [String] { (0..<qubitCount).map(tableau.generator) }

  /// The expectation value ⟨ψ|P|ψ⟩ of a Pauli string: exactly -1, 0 or 1.
  ///
  /// Strings reach the qubits 0 to 62.
  ///
  /// - Throws: ``SimulationError/qubitOutOfRange(qubit:qubitCount:)``.
  /// - Complexity: O(n² / 512).
  public func sign(of string: PauliString) throws(SimulationError) -> Int {
    try Measurement.expectations([PauliSum(string)]).validate(qubitCount: qubitCount)
    return tableau.expectation(of: string)
  }

  /// The expectation value ⟨ψ|O|ψ⟩: the sum of coefficients times -1, 0 or 1, in the order of the terms.
  ///
  /// Observables reach the qubits 0 to 62.
  ///
  /// - Throws: ``SimulationError/qubitOutOfRange(qubit:qubitCount:)`` if the observable names a qubit that
  ///   is not there.
  /// - Complexity: O(terms · n² / 512).
  public func expectation(of observable: PauliSum) throws(SimulationError) -> Double {
    try Measurement.expectations([observable]).validate(qubitCount: qubitCount)
    return observable.terms.reduce(0) {
      $0 + $1.coefficient * Double(tableau.expectation(of: $1.string))
    }
  }

  /// The expectation values of several observables.
  ///
  /// - Throws: ``SimulationError/qubitOutOfRange(qubit:qubitCount:)`` if an observable names a qubit that is
  ///   not there.
  public func expectations(of observables: [PauliSum]) throws(SimulationError) -> [Double] {
    var values: [Double] = []
    for observable in observables { values.append(try expectation(of: observable)) }
    return values
  }

  /// The variance ⟨O²⟩ − ⟨O⟩² of an observable.
  ///
  /// - Throws: ``SimulationError`` if the observable names a qubit that is not there, or its square has too many terms.
  /// - Complexity: O(terms² · n² / 512).
  public func variance(of observable: PauliSum) throws(SimulationError) -> Double {
    try Measurement.variance(of: observable, qubitCount, by: expectations)
  }

  /// The covariance ⟨(AB + BA)/2⟩ − ⟨A⟩⟨B⟩ of two observables.
  ///
  /// - Throws: ``SimulationError`` if an observable names a qubit that is not there, or the product has too many
  ///   terms.
  public func covariance(of a: PauliSum, _ b: PauliSum) throws(SimulationError) -> Double {
    try Measurement.covariance(of: a, b, qubitCount, by: expectations)
  }
}
