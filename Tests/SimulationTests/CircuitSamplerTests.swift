import Circuits
import Compute
import Simulation
import TestSupport
import Testing

@Suite("Circuit sampler") struct CircuitSamplerTests {
  /// Rounding of a dozen instructions in each precision.
  private static let doubleTolerance = 1e-10
  private static let singleTolerance = 2e-5
  private static let shots = 3000

  /// 120 circuits of 1 to 4 qubits, a third each without noise, with channels, and with channels and readout errors.
  private func cases(
    isClifford: Bool = false
  ) throws -> [(circuit: Circuit, noise: NoiseModel, weights: [Double], inputs: [Double])] {
    try (0..<120).map { number in
      let qubits = 1 + number % 4
      var maker = RandomDynamicCircuits(
        seed: UInt64(number), qubitCount: qubits, bitCount: 1 + number % 3,
        isClifford: isClifford)
      let kind = number / 4 % 3
      if kind > 0 {
        maker = RandomDynamicCircuits(
          seed: UInt64(number), qubitCount: qubits, bitCount: 1 + number % 3,
          isClifford: isClifford,
          channels: isClifford
            ? [try .bitFlip(0.2), try .depolarizing(mixing: 0.3, qubits: 2)]
            : try DensityMatrixTests.channels(&maker.random))
      }
      var noise = NoiseModel()
      if kind == 2 {
        noise.addReadoutError(try ReadoutError(oneAsZero: 0.1, zeroAsOne: 0.05))
        noise.addReadoutError(try ReadoutError(oneAsZero: 0, zeroAsOne: 0.2), on: [0])
        noise.add(try .depolarizing(mixing: 0.05), after: [.h, .cx])
      }
      let circuit = maker.circuit(length: 8)
      return (
        circuit, noise, maker.random.numbers(circuit.weightCount),
        maker.random.numbers(circuit.inputCount)
      )
    }
  }

  /// Nil where channels of many operators branch beyond what is followed; shots are drawn all the same.
  private func probabilities(
    _ sampler: CircuitSampler, _ weights: [Double] = [], _ inputs: [Double] = []
  ) throws -> [BitString: Double]? {
    do {
      return try sampler.probabilities(weights: weights, inputs: inputs)
    } catch SimulationError.tooManyBranches {
      return nil
    }
  }

  private func expect(
    _ found: [BitString: Double], _ exact: [[Bool]: Double], within tolerance: Double,
    _ text: String
  ) {
    for (bits, probability) in exact {
      let value = found[BitString(bits)] ?? 0
      #expect(abs(value - probability) < tolerance, "\(text): \(BitString(bits))")
    }
    let known = Set(exact.keys.map { BitString($0) })
    #expect(found.keys.allSatisfy(known.contains), "\(text)")
  }

  @Test("exact probabilities are those of dense density matrices")
  func exactProbabilities() throws {
    for (number, (circuit, noise, weights, inputs)) in try cases().enumerated() {
      let noisy = try noise.applied(to: circuit)
      let exact = ReferenceBranches.distribution(
        of: noisy, noise: noise, weights: weights, inputs: inputs)
      for precision in Precision.allCases {
        let sampler = try CircuitSampler(circuit, noise: noise, precision: precision)
        guard let found = try probabilities(sampler, weights, inputs) else {
          #expect(circuit.firstChannel != nil)
          continue
        }
        expect(
          found, exact,
          within: precision == .double ? Self.doubleTolerance : Self.singleTolerance,
          "circuit \(number), \(precision)")
      }
    }
  }

  /// Five standard deviations, and five counts for rare outcomes: of some 1500 one is off by chance in 1 of 1000
  /// choices of the seed, and the seed is fixed.
  private func isLikely(_ count: Int, of shots: Int, _ probability: Double) -> Bool {
    let mean = Double(shots) * probability
    return abs(Double(count) - mean) < 5 * (mean * max(0, 1 - probability)).squareRoot() + 5
  }

  @Test("shots follow the distribution of dense density matrices")
  func shotsFollowDistribution() throws {
    for (number, (circuit, noise, weights, inputs)) in try cases().enumerated() {
      let exact = ReferenceBranches.distribution(
        of: try noise.applied(to: circuit), noise: noise, weights: weights, inputs: inputs)
      let counts = try CircuitSampler(
        circuit, noise: noise, precision: number % 2 == 0 ? .double : .single
      ).counts(shots: Self.shots, seed: 11, weights: weights, inputs: inputs)
      #expect(counts.values.reduce(0, +) == Self.shots)
      for (bits, probability) in exact {
        let count = counts[BitString(bits)] ?? 0
        #expect(isLikely(count, of: Self.shots, probability), "circuit \(number), \(bits)")
      }
    }
  }

  @Test("stabilizers give the same distribution, exact and drawn")
  func stabilizers() throws {
    for (number, (circuit, noise, _, _)) in try cases(isClifford: true).enumerated() {
      let exact = ReferenceBranches.distribution(of: try noise.applied(to: circuit), noise: noise)
      let sampler = try CircuitSampler(circuit, noise: noise, method: .stabilizer)
      if let found = try probabilities(sampler) {
        expect(found, exact, within: Self.doubleTolerance, "circuit \(number)")
      } else {
        #expect(sampler.circuit.firstChannel != nil)
      }
      let counts = try sampler.counts(shots: Self.shots, seed: 3)
      for (bits, probability) in exact {
        let count = counts[BitString(bits)] ?? 0
        #expect(isLikely(count, of: Self.shots, probability), "circuit \(number), \(bits)")
      }
    }
  }

  @Test("more shots extend fewer, on any number of threads")
  func determinism() throws {
    for (circuit, noise, weights, inputs) in try cases().prefix(24) {
      func samples(_ shots: Int, _ policy: LoopPolicy) throws -> [BitString] {
        try CircuitSampler(circuit, noise: noise, policy: policy)
          .samples(shots: shots, seed: 5, weights: weights, inputs: inputs)
      }
      let all = try samples(300, .threads(2))
      #expect(all == (try samples(300, .serial)))
      #expect(Array(all.prefix(100)) == (try samples(100, .serial)))
    }
  }

  @Test("final measurements alone give the samples of the state vector")
  func finalMeasurements() throws {
    var random = RandomOperations(seed: 8, qubitCount: 6)
    var circuit = Circuit(qubits: 6)
    for qubit in 0..<6 { circuit.ry(Angle(random.stream.nextUniform() * 3), qubit) }
    for qubit in 0..<5 { circuit.cx(qubit, qubit + 1) }
    let state = try StateVector(running: circuit)
    let expected = state.samples(shots: 500, seed: 9).map { BitString(basis: $0, count: 6) }
    #expect(try CircuitSampler(circuit).samples(shots: 500, seed: 9) == expected)
    circuit.measureAll()
    #expect(!circuit.isDynamic)
    #expect(try CircuitSampler(circuit).samples(shots: 500, seed: 9) == expected)
  }
}
