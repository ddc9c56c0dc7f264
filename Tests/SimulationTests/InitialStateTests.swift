import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import Simulation
import TestSupport
import Testing

@Suite("Initial states") struct InitialStateTests {
  /// Some thirty gates, each a few units in the last place.
  private static func tolerance(_ precision: Precision) -> Double {
    precision == .single ? 2e-5 : 1e-12
  }

  private func expectEqual(
    _ state: borrowing StateVector, _ expected: [Complex<Double>],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let tolerance = Self.tolerance(state.precision)
    let worst = zip(state.amplitudes(), expected).map { ($0 - $1).length }.max() ?? 0
    #expect(worst < tolerance, sourceLocation: sourceLocation)
  }

  /// Gates on the lowest, the highest and a middle qubit.
  private func circuit(_ qubitCount: Int) -> Circuit {
    Circuit(qubits: qubitCount) {
      for qubit in [0, qubitCount / 2, qubitCount - 1] {
        RY(.weight(0), qubit)
        X(qubit)
        RZ(0.7, qubit)
        H(qubit)
      }
      if qubitCount > 2 {
        CX(0, qubitCount - 1)
        CRX(.weight(1), qubitCount - 1, 1)
        CCZ(0, 1, qubitCount - 1)
        SWAP(1, qubitCount - 1)
      }
    }
  }

  private func random(_ count: Int, _ random: inout RandomOperations) -> [Complex<Double>] {
    (0..<count).map { _ in Complex(random.stream.nextNormal(), random.stream.nextNormal()) }
  }

  private func normalized(_ numbers: [Complex<Double>]) -> [Complex<Double>] {
    let norm = numbers.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
    return numbers.map { $0 / Complex(norm) }
  }

  @Test(
    "of inputs and of amplitudes give dense vectors on every table of kernels",
    arguments: [1, 2, 3, 5, 9, 14, 17])
  func stateVectors(_ qubitCount: Int) throws {
    var random = RandomOperations(seed: 91, qubitCount: qubitCount)
    let weights = [0.4, -1.2]
    let circuit = circuit(qubitCount)
    let used = Array(weights.prefix(circuit.weightCount))
    for kernels in KernelTable.all {
      for precision in Precision.allCases {
        // Some qubits in any order from inputs, the last of them padded.
        var order = Array(0..<qubitCount)
        order.shuffle(using: &random.stream)
        let qubits = Array(order.prefix(1 + random.below(min(qubitCount, 5))))
        let size = 1 << qubits.count
        let x = random.numbers(size - size / 4) + [Double](repeating: 0.5, count: size / 4)
        let embedded = Circuit(qubits: qubitCount) {
          AmplitudeEmbedding(
            qubits: qubits, inputs: size - size / 4, paddedWith: 0.5, inputsFrom: 2)
          circuit
        }
        let state = try StateVector(
          running: embedded, weights: used, inputs: [9, 9] + x.prefix(size - size / 4),
          precision: precision, kernels: kernels)
        expectEqual(
          state,
          DenseOperations.runWithDerivatives(
            circuit.lowered(), qubitCount: qubitCount, weights: used, inputs: [],
            from: (DenseOperations.embedded(x, on: qubits, qubitCount: qubitCount).state, [:])
          ).state)

        // All amplitudes, given when the circuit is run.
        let given = self.random(1 << qubitCount, &random)
        let expected = DenseOperations.runWithDerivatives(
          circuit.lowered(), qubitCount: qubitCount, weights: used, inputs: [],
          from: (normalized(given), [:])
        ).state
        let from = try StateVector(
          running: circuit, from: given, normalizing: true, weights: used, precision: precision,
          policy: .threads(2), kernels: kernels)
        expectEqual(from, expected)
        // From a state in the other precision, whose rounding then counts.
        let first = try StateVector(
          amplitudes: given, normalizing: true, precision: .single, kernels: kernels)
        let second = try StateVector(
          running: circuit, from: first, weights: used, precision: precision, kernels: kernels)
        #expect(second.precision == precision)
        #expect(
          zip(second.amplitudes(), expected).allSatisfy {
            ($0 - $1).length < Self.tolerance(.single)
          })
      }
    }
  }

  @Test("are what a matrix with these amplitudes as its first column prepares, in every engine")
  func preparation() throws {
    for qubitCount in 1...5 {
      var random = RandomOperations(seed: 92, qubitCount: qubitCount)
      var order = Array(0..<qubitCount)
      order.shuffle(using: &random.stream)
      let qubits = Array(order.prefix(min(3, 1 + random.below(qubitCount))))
      let matrix = random.unitary(qubits.count)
      let column = (0..<matrix.rows).map { matrix[$0, 0] }
      var prepared = Circuit(qubits: qubitCount)
      prepared.prepare(try InitialState(amplitudes: column, on: qubits))
      var applied = Circuit(qubits: qubitCount)
      applied.append(try .unitary(matrix), to: qubits)
      let part = circuit(qubitCount)
      let bound = part.bound(weights: Array([0.3, 1.9].prefix(part.weightCount)))
      prepared.append(bound)
      applied.append(bound)
      let expected = try StateVector(running: applied)
      expectEqual(try StateVector(running: prepared), expected.amplitudes())

      var noise = NoiseModel()
      noise.add(try .amplitudeDamping(0.1), after: [.h, .rz])
      noise.add(try .depolarizing(mixing: 0.05, qubits: 2), after: [.cx])
      let exact = try DensityMatrix(running: prepared, noise: noise)
      let reference = try DensityMatrix(running: applied, noise: noise, policy: .serial)
      #expect(exact.matrix().maximumDifference(from: reference.matrix()) < 1e-13)
      #expect(exact.purity < 0.999)
      let strings = [PauliSum.z(0), .x(qubitCount - 1)]
      let drawn = try Trajectories<Double>(of: prepared, noise: noise, count: 40, seed: 3)
        .expectations(of: strings)
      let others = try Trajectories<Double>(of: applied, noise: noise, count: 40, seed: 3)
        .expectations(of: strings)
      for (one, other) in zip(drawn, others) { #expect(abs(one.mean - other.mean) < 1e-12) }
    }
  }

  @Test("of inputs are those of dense vectors in density matrices and trajectories")
  func embeddedNoise() throws {
    let circuit = Circuit(qubits: 3) {
      AmplitudeEmbedding(qubits: [2, 0], inputs: 3, paddedWith: -0.4)
    }
    let x = [0.3, -0.8, 0.5]
    let dense = DenseOperations.embedded(x + [-0.4], on: [2, 0], qubitCount: 3).state
    let matrix = try DensityMatrix(running: circuit, inputs: x).matrix()
    for row in 0..<8 {
      for column in 0..<8 {
        #expect((matrix[row, column] - dense[row] * dense[column].conjugate).length < 1e-15)
      }
    }
    let drawn = try Trajectories<Float>(of: circuit, count: 20, seed: 1)
      .probabilities(of: [0, 1, 2], inputs: x)
    for (found, amplitude) in zip(drawn, dense) {
      #expect(abs(found.mean - amplitude.lengthSquared) < 1e-6)
    }
  }

  @Test("are what shots start from, with measurements in the middle and without")
  func shots() throws {
    var random = RandomOperations(seed: 93, qubitCount: 4)
    let matrix = random.unitary(2)
    let state = try InitialState(amplitudes: (0..<4).map { matrix[$0, 0] }, on: [3, 1])
    let measured = Circuit(qubits: 4) {
      CRX(0.8, 3, 0)
      RY(1.1, 2)
      Measure(3, into: 0)
      If(.bit(0)) { H(1) }
      Reset(2)
      CX(1, 2)
      for qubit in 0..<3 { Measure(qubit, into: 1 + qubit) }
    }
    let prepared = Circuit(qubits: 4) {
      state
      measured
    }
    var applied = Circuit(qubits: 4)
    applied.append(try .unitary(matrix), to: [3, 1])
    applied.append(measured)
    var sampler = try CircuitSampler(prepared)
    let reference = try CircuitSampler(applied)
    let found = try sampler.probabilities()
    let expected = try reference.probabilities()
    for outcome in Set(found.keys).union(expected.keys) {
      let difference = found[outcome, default: 0] - expected[outcome, default: 0]
      #expect(abs(difference) < Self.tolerance(.double))
    }
    let outcomes = try reference.samples(shots: 500, seed: 5)
    #expect(try sampler.samples(shots: 500, seed: 5) == outcomes)
    // Shots that wait begin again at the initial state.
    sampler.keepsStates = false
    #expect(try sampler.samples(shots: 500, seed: 5) == outcomes)
    let embedded = Circuit(qubits: 3) {
      AmplitudeEmbedding(qubits: [2, 0])
      H(1)
      CX(1, 2)
    }
    let x = [0.2, -0.9, 0.4, 0.1]
    let drawn = try CircuitSampler(embedded).samples(shots: 200, seed: 8, inputs: x)
    let states = try StateVector(running: embedded, inputs: x).samples(shots: 200, seed: 8)
    #expect(drawn == states.map { BitString(basis: $0, count: 3) })
    let engine = "CircuitSampler on stabilizers"
    #expect(throws: SimulationError.initialStateUnsupported(engine: engine)) {
      try CircuitSampler(embedded, method: .stabilizer).samples(shots: 1, seed: 1, inputs: x)
    }
  }

  @Test("are refused with what was found")
  func faults() throws {
    let one = Complex<Double>.one
    #expect(throws: SimulationError.initialState(.amplitudeCount(found: 3, expected: 2))) {
      _ = try StateVector(amplitudes: [one, one, one], normalizing: true)
    }
    #expect(throws: SimulationError.initialState(.amplitudeCount(found: 0, expected: 1))) {
      _ = try StateVector(amplitudes: [])
    }
    #expect(throws: SimulationError.initialState(.amplitudeNorm(found: 2))) {
      _ = try StateVector(amplitudes: [one, one, one, one])
    }
    #expect(throws: SimulationError.initialState(.amplitudeNorm(found: 0))) {
      _ = try StateVector(amplitudes: [.zero, .zero], normalizing: true)
    }
    #expect(throws: SimulationError.initialState(.amplitudeNorm(found: .infinity))) {
      _ = try StateVector(amplitudes: [one, Complex(.infinity, 0)], normalizing: true)
    }
    let embedded = Circuit(qubits: 2) { AmplitudeEmbedding() }
    #expect(throws: SimulationError.initialState(.secondInitialState)) {
      _ = try StateVector(
        running: embedded, from: [one, .zero, .zero, .zero], inputs: [1, 0, 0, 0])
    }
    #expect(throws: SimulationError.inputNorm(sample: 0, norm: 0)) {
      _ = try StateVector(running: embedded, inputs: [0, 0, 0, 0])
    }
    #expect(throws: SimulationError.inputNorm(sample: 0, norm: 0)) {
      _ = try DensityMatrix(running: embedded, inputs: [0, 0, 0, 0])
    }
    #expect(throws: SimulationError.initialStateUnsupported(engine: "StabilizerState")) {
      _ = try StabilizerState(running: embedded, inputs: [1, 0, 0, 0])
    }
    let small = MemoryBudget(limit: 1 << 10)
    #expect(throws: SimulationError.self) {
      _ = try StateVector(
        amplitudes: [one] + [Complex](repeating: .zero, count: 4095), budget: small)
    }
    let plan = try Plan(embedded, measuring: .amplitudes(qubits: 2))
    #expect(plan.outputCount == 8)
    #expect(throws: SimulationError.basisStateOutOfRange(basis: 4, qubitCount: 2)) {
      _ = try Plan(embedded, measuring: .amplitudes(of: [0, 4]))
    }
  }
}
