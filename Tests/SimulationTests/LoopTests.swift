import Circuits
import Compute
import LinearAlgebra
import RealModule
import Simulation
import TestSupport
import Testing

@Suite("Loops and assignments") struct LoopTests {
  /// Rounding of some hundred instructions, in histories of one loop.
  private static let tolerance = 1e-10
  /// Histories that stay in a loop are left out below 1e-12 each; of random loops there are at most 2^16.
  private static let branchTolerance = 1e-7
  private static let shots = 3000

  /// Random circuits of 1 to 3 qubits with loops in loops and in branches; every other one with channels and misread
  /// bits.
  private func cases(
    _ count: Int, isClifford: Bool = false
  ) throws -> [(circuit: Circuit, noise: NoiseModel)] {
    try (0..<count).map { number in
      let isNoisy = number % 2 == 1
      var maker = RandomDynamicCircuits(
        seed: UInt64(700 + number), qubitCount: 1 + number % 3, bitCount: 2 + number % 2,
        isClifford: isClifford, channels: isNoisy ? [try .bitFlip(0.2)] : [], hasLoops: true)
      var noise = NoiseModel()
      if isNoisy {
        noise.addReadoutError(try ReadoutError(oneAsZero: 0.1, zeroAsOne: 0.05))
        noise.add(try .phaseFlip(0.05), after: [.h])
      }
      var circuit = maker.circuit(length: 6)
      circuit = circuit.bound(
        weights: maker.random.numbers(circuit.weightCount),
        inputs: maker.random.numbers(circuit.inputCount))
      return (circuit, noise)
    }
  }

  /// Five standard deviations, and five counts for rare outcomes.
  private func isLikely(_ count: Int, of shots: Int, _ probability: Double) -> Bool {
    let mean = Double(shots) * probability
    return abs(Double(count) - mean) < 5 * (mean * max(0, 1 - probability)).squareRoot() + 5
  }

  /// Nil where a loop branches beyond what is followed; shots are drawn all the same.
  private func probabilities(_ sampler: CircuitSampler) throws -> [BitString: Double]? {
    do throws(SimulationError) {
      return try sampler.probabilities()
    } catch {
      guard case .tooManyBranches = error else { throw error }
      return nil
    }
  }

  @Test(
    "shots and exact probabilities are those of dense density matrices",
    arguments: [CircuitSampler.Method.stateVector, .stabilizer])
  func distribution(_ method: CircuitSampler.Method) throws {
    var (loops, exact) = (0, 0)
    for (number, (circuit, noise)) in try cases(60, isClifford: method == .stabilizer).enumerated()
    {
      let expected = ReferenceBranches.distribution(
        of: try noise.applied(to: circuit), noise: noise)
      let sampler = try CircuitSampler(circuit, noise: noise, method: method)
      let counts = try sampler.counts(shots: Self.shots, seed: 5)
      #expect(counts.values.reduce(0, +) == Self.shots)
      for (bits, probability) in expected {
        let count = counts[BitString(bits)] ?? 0
        #expect(isLikely(count, of: Self.shots, probability), "circuit \(number), \(bits)")
      }
      loops += circuit.instructions.contains { $0.name == "while" } ? 1 : 0
      guard let found = try probabilities(sampler) else { continue }
      for (bits, probability) in expected {
        let value = found[BitString(bits)] ?? 0
        #expect(abs(value - probability) < Self.branchTolerance, "circuit \(number), \(bits)")
      }
      exact += 1
    }
    #expect(loops > 15 && exact > 20)
  }

  /// Repeats an attempt that succeeds with probability sin²(0.6), and counts the rounds modulo 16 in bits 1 to 4.
  private let repeatedUntilSuccess = Circuit(qubits: 1) {
    While(!.bit(0)) {
      Reset(0)
      RY(1.2, 0)
      Measure(0, into: 0)
      Assign(4, .bit(4) ^ (.bit(1) && .bit(2) && .bit(3)))
      Assign(3, .bit(3) ^ (.bit(1) && .bit(2)))
      Assign(2, .bit(2) ^ .bit(1))
      Assign(1, !.bit(1))
    }
  }

  @Test("the rounds until success are distributed geometrically")
  func geometric() throws {
    let failure = 1 - Double.sin(0.6) * Double.sin(0.6)
    func power(_ exponent: Int) -> Double {
      (0..<exponent).reduce(1) { value, _ in value * failure }
    }
    let sampler = try CircuitSampler(repeatedUntilSuccess)
    let shots = 20_000
    let (found, counts) = (try sampler.probabilities(), try sampler.counts(shots: shots, seed: 8))
    #expect(found.count == 16)
    for rounds in 0..<16 {
      // Rounds 0, 16, 32, ... all count 0, and there is one at least.
      let expected = (1 - failure) * power((rounds + 15) % 16) / (1 - power(16))
      let outcome = BitString(basis: rounds * 2 + 1, count: 5)
      #expect(abs((found[outcome] ?? 0) - expected) < Self.tolerance)
      #expect(isLikely(counts[outcome] ?? 0, of: shots, expected), "\(rounds) rounds")
    }
  }

  @Test(
    "assignments compute functions of measured bits",
    arguments: [CircuitSampler.Method.stateVector, .stabilizer])
  func functions(_ method: CircuitSampler.Method) throws {
    for number in 0..<16 {
      func input(_ place: Int) -> Bool { number >> place & 1 == 1 }
      var circuit = Circuit(qubits: 4, bits: 10)
      for qubit in 0..<4 where input(qubit) { circuit.x(qubit) }
      for qubit in 0..<4 { circuit.measure(qubit) }
      circuit.assign(4, .bit(0) ^ .bit(1) ^ .bit(2) ^ .bit(3))
      circuit.assign(5, .bit(0) && .bit(1) || .bit(2) && .bit(3))
      circuit.assign(6, .register([3, 2, 1, 0], equals: 9))
      circuit.assign(7, .always)
      circuit.assign(8, .bit(7) ^ .bit(4))
      circuit.assign(7, .never)
      // What is assigned may be what is asked, and turns a gate on.
      circuit.assign(4, !.bit(4))
      circuit.append(If(.bit(4)) { X(0) })
      circuit.measure(0, into: 9)
      let parity = number.nonzeroBitCount % 2 == 1
      let expected = BitString(
        (0..<4).map(input) + [
          !parity, input(0) && input(1) || input(2) && input(3), number == 9, false, !parity,
          input(0) != !parity,
        ])
      let sampler = try CircuitSampler(circuit, method: method)
      #expect(try sampler.samples(shots: 3, seed: 1) == [expected, expected, expected])
      let exact = try sampler.probabilities()
      #expect(exact.count == 1 && abs((exact[expected] ?? 0) - 1) < Self.tolerance)
    }
  }

  @Test("two teleportations in a row are corrected once, by the parities of their outcomes")
  func teleportation() throws {
    var random = RandomOperations(seed: 12, qubitCount: 5)
    for _ in 0..<5 {
      let angles = random.numbers(3).map { Angle($0) }
      let circuit = Circuit(qubits: 5) {
        U(angles[0], angles[1], angles[2], 0)
        for half in [1, 3] {
          H(half)
          CX(half, half + 1)
        }
        for (round, source) in [0, 2].enumerated() {
          CX(source, source + 1)
          H(source)
          Measure(source, into: 2 * round)
          Measure(source + 1, into: 2 * round + 1)
        }
        Assign(4, .bit(1) ^ .bit(3))
        Assign(5, .bit(0) ^ .bit(2))
        If(.bit(4)) { X(4) }
        If(.bit(5)) { Z(4) }
        // Undone, the state that was sent is 0 for certain.
        U(angles[0], angles[1], angles[2], 4).inverse()
        Measure(4, into: 6)
      }
      let sampler = try CircuitSampler(circuit)
      let found = try sampler.probabilities()
      #expect(found.filter { $0.key[6] }.values.reduce(0, +) < Self.tolerance)
      #expect(found.values.count { abs($0 - 1.0 / 16) < Self.tolerance } == 16)
      #expect(try sampler.samples(shots: 300, seed: 3).allSatisfy { !$0[6] })
    }
  }

  @Test("a loop past its rounds is an error that names it")
  func limits() throws {
    // Three rounds of an outer loop with two of an inner one each; bits 0 and 1 count the outer ones.
    let nested = Circuit(qubits: 1) {
      H(0)
      While(!(.bit(0) && .bit(1))) {
        Assign(1, .bit(1) ^ .bit(0))
        Assign(0, !.bit(0))
        Assign(2, .always)
        Assign(3, .always)
        While(.bit(3)) {
          X(0)
          Assign(3, .bit(2))
          Assign(2, .never)
        }
      }
      Measure(0, into: 4)
    }
    for method in [CircuitSampler.Method.stateVector, .stabilizer] {
      func sampler(_ circuit: Circuit, _ limit: Int) throws -> CircuitSampler {
        try CircuitSampler(circuit, method: method, roundLimit: limit)
      }
      #expect(try sampler(nested, 6).samples(shots: 9, seed: 1).allSatisfy { $0[0] && $0[1] })
      #expect(try sampler(nested, 6).probabilities().count == 2)
      let inner = SimulationError.tooManyRounds(place: 1, text: "a loop while c[3]", limit: 5)
      #expect(throws: inner) { _ = try sampler(nested, 5).samples(shots: 9, seed: 1) }
      #expect(throws: inner) { _ = try sampler(nested, 5).probabilities() }
      let endless = Circuit(qubits: 1) { While(.always) { X(0) } }
      for circuit in [endless, Circuit(qubits: 1) { While(.always) {} }] {
        let error = SimulationError.tooManyRounds(
          place: 0, text: "a loop while true", limit: CircuitSampler.defaultRoundLimit)
        #expect(throws: error) {
          _ = try CircuitSampler(circuit, method: method).samples(shots: 100, seed: 1)
        }
        #expect(throws: error) { _ = try CircuitSampler(circuit, method: method).probabilities() }
        #expect(
          error.description
            == "instruction 0, a loop while true: found more than 10000 rounds in one shot, expected at most "
            + "10000; CircuitSampler(…, roundLimit:) takes another limit")
        #expect(try sampler(circuit, 0).samples(shots: 0, seed: 1).isEmpty)
      }
      let never = Circuit(qubits: 1) {
        While(.never) { X(0) }
        Measure(0)
      }
      #expect(try sampler(never, 0).samples(shots: 2, seed: 1).allSatisfy { !$0[0] })
    }
  }

  @Test("more shots extend fewer, on any number of threads, with and without copies of states")
  func determinism() throws {
    var circuits = try cases(16)
    circuits.append((repeatedUntilSuccess, NoiseModel()))
    for (circuit, noise) in circuits {
      func sampler(_ policy: LoopPolicy) throws -> CircuitSampler {
        try CircuitSampler(circuit, noise: noise, method: .stateVector, policy: policy)
      }
      let all = try sampler(.threads(4)).samples(shots: 300, seed: 6)
      #expect(all == (try sampler(.threads(1)).samples(shots: 300, seed: 6)))
      #expect(Array(all.prefix(77)) == (try sampler(.serial).samples(shots: 77, seed: 6)))
      var again = try sampler(.automatic)
      again.keepsStates = false
      #expect(all == (try again.samples(shots: 300, seed: 6)))
    }
  }

  @Test("states of many blocks stay in a loop on any number of threads")
  func largeStates() throws {
    var circuit = Circuit(qubits: 16)
    for qubit in 0..<16 { circuit.h(qubit) }
    circuit.append(
      While(!.bit(15)) {
        for qubit in 0..<15 { CX(qubit, qubit + 1) }
        for qubit in 0..<16 { RY(qubit % 2 == 0 ? 0.4 : -0.4, qubit) }
        Measure(15)
      })
    for qubit in 0..<15 { circuit.measure(qubit) }
    func samples(_ policy: LoopPolicy, keepsStates: Bool = true) throws -> [BitString] {
      var sampler = try CircuitSampler(circuit, precision: .single, policy: policy)
      sampler.keepsStates = keepsStates
      return try sampler.samples(shots: 12, seed: 2)
    }
    let expected = try samples(.threads(4))
    #expect(expected.allSatisfy { $0[15] } && Set(expected).count > 8)
    #expect(try samples(.serial) == expected)
    #expect(try samples(.threads(2), keepsStates: false) == expected)
  }

  @Test("mixtures pass over assignments, and refuse loops; pure states refuse both")
  func otherEngines() throws {
    let assigned = Circuit(qubits: 2) {
      RY(0.7, 0)
      Measure(0, into: 0)
      CX(0, 1)
      Assign(1, !.bit(0))
      RY(0.3, 1)
    }
    let exact = try DensityMatrix(running: assigned)
    #expect(
      exact.matrix().maximumDifference(from: ReferenceBranches.averageState(of: assigned))
        < Self.tolerance)
    let drawn = try Trajectories<Double>(of: assigned, count: 2000, seed: 1)
      .expectations(of: [PauliSum(.z(1))])[0]
    #expect(
      abs(drawn.mean - (try exact.expectation(of: PauliSum(.z(1)))))
        < 5 * drawn.standardError + Self.tolerance)
    #expect(throws: SimulationError.dynamicCircuit(place: 0, text: "the assignment to c[0]")) {
      _ = try StateVector(running: Circuit(qubits: 1) { Assign(0, .always) })
    }
    let looping = Circuit(qubits: 1) {
      Barrier()
      While(!.bit(0)) { Measure(0) }
    }
    let words = "a loop while !c[0]"
    #expect(looping.isClifford())
    #expect(throws: SimulationError.dynamicCircuit(place: 1, text: words)) {
      _ = try StateVector(running: looping)
    }
    #expect(throws: SimulationError.dynamicCircuit(place: 1, text: words)) {
      _ = try StabilizerState(running: looping)
    }
    #expect(throws: SimulationError.conditionInMixture(place: 1, text: words)) {
      _ = try DensityMatrix(running: looping)
    }
    #expect(throws: SimulationError.conditionInMixture(place: 1, text: words)) {
      _ = try TrajectoryDevice.trajectories(10)
        .engine(for: looping, measuring: .expectations([PauliSum(.z(0))]))
    }
    let turning = Circuit(qubits: 1) { While(.bit(0)) { T(0) } }
    #expect(!turning.isClifford())
    #expect(throws: SimulationError.self) {
      _ = try CircuitSampler(turning, method: .stabilizer).samples(shots: 1, seed: 1)
    }
  }
}
