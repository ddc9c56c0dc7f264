import Circuits
import ComplexModule
import Compute
import RealModule
import Simulation
import TestSupport
import Testing

@Suite("Feed-forward") struct FeedForwardTests {
  /// Rounding of some dozens of passes over a state.
  private static let tolerances: [Precision: Double] = [.single: 2e-5, .double: 1e-11]

  @Test("teleportation moves a random state to another qubit")
  func teleportation() throws {
    var random = RandomOperations(seed: 3, qubitCount: 3)
    for _ in 0..<10 {
      let angles = random.numbers(3).map { Angle($0) }
      let circuit = Circuit(qubits: 3) {
        U(angles[0], angles[1], angles[2], 0)
        H(1)
        CX(1, 2)
        CX(0, 1)
        H(0)
        Measure(0, into: 0)
        Measure(1, into: 1)
        If(.bit(1)) { X(2) }
        If(.bit(0)) { Z(2) }
        // Undone, the state that was sent is 0 for certain.
        U(angles[0], angles[1], angles[2], 2).inverse()
        Measure(2, into: 2)
      }
      let found = try CircuitSampler(circuit).probabilities()
      let one = found.filter { $0.key[2] }.values.reduce(0, +)
      #expect(one < 1e-12)
      #expect(found.values.filter { $0 > 1e-6 }.allSatisfy { abs($0 - 0.25) < 1e-12 })
      #expect(try CircuitSampler(circuit).counts(shots: 400, seed: 1).keys.allSatisfy { !$0[2] })
    }
  }

  @Test("a gate that is repeated until it succeeds fails as often as it should")
  func repeatUntilSuccess() throws {
    // Each attempt flips the flag to 1 with probability sin²(0.6) and then stops.
    let attempts = 6
    let chance = Double.sin(0.6) * Double.sin(0.6)
    var circuit = Circuit(qubits: 1, bits: attempts)
    for attempt in 0..<attempts {
      let done = (0..<attempt).map { ClassicalCondition.bit($0) }
        .reduce(.register([], equals: 1)) { $0 || $1 }
      circuit.append(
        If(!done) {
          Reset(0)
          RY(1.2, 0)
          Measure(0, into: attempt)
        })
    }
    let found = try CircuitSampler(circuit).probabilities()
    #expect(found.count == attempts + 1)
    for (bits, probability) in found {
      let first = bits.bits.firstIndex(of: true)
      let failures = first ?? attempts
      var expected = first == nil ? 1 : chance
      for _ in 0..<failures { expected *= 1 - chance }
      #expect(bits.onesCount <= 1 && abs(probability - expected) < 1e-12)
    }
  }

  /// A qubit in three, where each may have flipped, is read after its syndrome has been acted on.
  private func repetitionCode(isClifford: Bool) -> Circuit {
    Circuit(qubits: 5) {
      if isClifford { X(0) } else { RY(.pi, 0) }
      CX(0, 1)
      CX(0, 2)
      for qubit in 0..<3 { ID(qubit) }
      CX(0, 3)
      CX(1, 3)
      CX(1, 4)
      CX(2, 4)
      Measure(3, into: 0)
      Measure(4, into: 1)
      If(.register([0, 1], equals: 1)) { X(0) }
      If(.register([0, 1], equals: 3)) { X(1) }
      If(.register([0, 1], equals: 2)) { X(2) }
      Reset(3)
      Reset(4)
      for qubit in 0..<3 { Measure(qubit, into: 2 + qubit) }
    }
  }

  @Test("a three-bit code corrects single flips, and fails at the rate of double ones")
  func errorCorrection() throws {
    let rate = 0.1
    var noise = NoiseModel()
    noise.add(try .bitFlip(rate), after: [.id])
    for (isClifford, method) in [
      (false, CircuitSampler.Method.stateVector), (true, .stateVector), (true, .stabilizer),
    ] {
      let sampler = try CircuitSampler(
        repetitionCode(isClifford: isClifford), noise: noise, method: method)
      let found = try sampler.probabilities()
      let failed = found.filter { !$0.key[2] }.values.reduce(0, +)
      let expected = 3 * rate * rate * (1 - rate) + rate * rate * rate
      #expect(abs(failed - expected) < 1e-12)
      // The three qubits agree in every branch.
      #expect(found.allSatisfy { $0.value < 1e-12 || [0, 7].contains(($0.key.basis ?? 0) >> 2) })
    }
  }

  @Test("the reset of half a pair leaves the other half mixed")
  func entangledReset() throws {
    let circuit = Circuit(qubits: 2) {
      H(0)
      CX(0, 1)
      Reset(0)
      MeasureAll()
    }
    for method in [CircuitSampler.Method.stateVector, .stabilizer] {
      let found = try CircuitSampler(circuit, method: method).probabilities()
      #expect(found.count == 2)
      for basis in [0, 2] {
        #expect(abs((found[BitString(basis: basis, count: 2)] ?? 0) - 0.5) < 1e-12)
      }
    }
    let exact = try DensityMatrix(running: circuit)
    #expect(abs(exact.purity - 0.5) < 1e-12)
  }

  /// Random rotations, then each of the first qubits decides what happens to the next: by its measurement, or
  /// by a control.
  private func chain(_ qubits: Int, isMeasured: Bool, seed: UInt64) -> Circuit {
    var random = RandomOperations(seed: seed, qubitCount: qubits)
    var circuit = Circuit(qubits: qubits, bits: isMeasured ? qubits : 0)
    for qubit in 0..<qubits {
      circuit.ry(Angle(random.stream.nextUniform() * 3), qubit)
      if qubit > 0 { circuit.cx(qubit - 1, qubit) }
    }
    for qubit in 0..<3 {
      let target = qubits - 1 - qubit
      let angle = Angle(random.stream.nextUniform() * 3)
      if isMeasured {
        circuit.measure(qubit)
        circuit.append(
          If(.bit(qubit)) {
            RX(angle, target)
          } else: {
            RY(angle, target)
          })
      } else {
        circuit.append(.rx, angles: [angle], to: [target], controls: [.on(qubit)])
        circuit.append(.ry, angles: [angle], to: [target], controls: [.off(qubit)])
      }
      for other in 3..<qubits { circuit.rz(Angle(random.stream.nextUniform()), other) }
      for other in 3..<(qubits - 1) { circuit.cx(other, other + 1) }
    }
    if isMeasured {
      for qubit in (qubits - 3)..<qubits { circuit.measure(qubit) }
    }
    return circuit
  }

  @Test(
    "measured controls give what coherent ones do, from states below a line to states of many blocks",
    arguments: [7, 12, 16], KernelTable.all.map(\.name))
  func deferredMeasurement(_ qubits: Int, _ table: String) throws {
    let kernels = try #require(KernelTable.all.first { $0.name == table })
    let state = try StateVector(
      running: chain(qubits, isMeasured: false, seed: UInt64(qubits)), kernels: kernels)
    let measured = [0, 1, 2] + Array((qubits - 3)..<qubits)
    let expected = state.probabilities(of: measured)
    for precision in Precision.allCases {
      let found = try CircuitSampler(
        chain(qubits, isMeasured: true, seed: UInt64(qubits)), method: .stateVector,
        precision: precision, kernels: kernels
      ).probabilities()
      let tolerance = try #require(Self.tolerances[precision])
      var sum = 0.0
      for (bits, probability) in found {
        let number = measured.enumerated().reduce(0) {
          $0 | (bits[$1.element] ? 1 : 0) << $1.offset
        }
        sum += probability
        #expect(abs(probability - expected[number]) < tolerance)
      }
      #expect(abs(sum - 1) < tolerance)
    }
  }

  @Test("shots that begin again draw what shots with a copy of their state draw")
  func withoutCopies() throws {
    for qubits in [7, 16] {
      var sampler = try CircuitSampler(
        chain(qubits, isMeasured: true, seed: 5), method: .stateVector, precision: .single)
      let expected = try sampler.samples(shots: 60, seed: 2)
      sampler.keepsStates = false
      #expect(try sampler.samples(shots: 60, seed: 2) == expected)
      #expect(Set(expected).count > 8)
    }
  }

  @Test("hundreds of qubits: a state is sent down a line of teleportations")
  func manyQubits() throws {
    let hops = 150
    var circuit = Circuit(qubits: 2 * hops + 1, bits: 3)
    circuit.h(0)
    circuit.s(0)
    for hop in 0..<hops {
      let (source, half, target) = (2 * hop, 2 * hop + 1, 2 * hop + 2)
      circuit.h(half)
      circuit.cx(half, target)
      circuit.cx(source, half)
      circuit.h(source)
      circuit.measure(source, into: 0)
      circuit.measure(half, into: 1)
      circuit.append(If(.bit(1)) { X(target) })
      circuit.append(If(.bit(0)) { Z(target) })
    }
    circuit.sdg(2 * hops)
    circuit.h(2 * hops)
    circuit.measure(2 * hops, into: 2)
    let samples = try CircuitSampler(circuit).samples(shots: 20, seed: 4)
    #expect(samples.allSatisfy { !$0[2] } && Set(samples).count > 1)
    #expect(try samples == CircuitSampler(circuit, policy: .serial).samples(shots: 20, seed: 4))
  }
}
