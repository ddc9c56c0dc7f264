import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import Simulation
import TestSupport
import Testing

@Suite("Dynamic circuits and other engines") struct DynamicRefusalTests {
  private static let tolerance = 1e-10

  @Test("engines of pure states name the place and what can run it")
  func pureStates() throws {
    let circuits: [(Circuit, SimulationError)] = [
      (
        Circuit(qubits: 1) {
          H(0)
          Measure(0)
          H(0)
        }, .dynamicCircuit(place: 2, text: "h on qubit 0 after its measurement")
      ),
      (
        Circuit(qubits: 1) {
          H(0)
          Reset(0)
        }, .dynamicCircuit(place: 1, text: "the reset of qubit 0")
      ),
      (
        Circuit(qubits: 1) {
          Barrier()
          If(.bit(0)) { X(0) }
        }, .dynamicCircuit(place: 1, text: "an instruction on the condition c[0]")
      ),
    ]
    for (circuit, error) in circuits {
      #expect(throws: error) { _ = try StateVector(running: circuit) }
      #expect(throws: error) { _ = try StabilizerState(running: circuit) }
      #expect(throws: error) { _ = try Plan(circuit, measuring: .expectations([PauliSum(.z(0))])) }
      #expect(circuit.isClifford())
    }
    #expect(
      circuits[1].1.description
        == "instruction 1, the reset of qubit 0: this engine takes final measurements only; "
        + "draw shots with a CircuitSampler")
  }

  @Test("resets of qubits that are 0 already change nothing on any engine")
  func leadingResets() throws {
    let gates = Circuit(qubits: 3) {
      H(0)
      CX(0, 1)
      S(1)
    }
    var circuit = Circuit(qubits: 3) {
      Reset(0)
      Reset(1)
    }
    for gate in gates.gates { circuit.append(gate) }
    circuit.reset(2)
    #expect(!circuit.isDynamic)
    let state = try StateVector(running: circuit)
    let plain = try StateVector(running: gates)
    for basis in 0..<8 { #expect(state.amplitude(of: basis) == plain.amplitude(of: basis)) }
    #expect(
      try DensityMatrix(running: circuit).probabilities()
        == DensityMatrix(running: gates).probabilities())
    #expect(
      try CircuitSampler(circuit).counts(shots: 100, seed: 3)
        == CircuitSampler(gates).counts(shots: 100, seed: 3))
    let parity = PauliSum(.z(0)) * PauliSum(.z(1))
    #expect(try StabilizerState(running: circuit).expectations(of: [parity]) == [1])
    // A qubit that starts in another state is reset.
    var prepared = Circuit(qubits: 1)
    prepared.prepare(try InitialState(amplitudes: [0, 1], on: [0]))
    prepared.reset(0)
    #expect(prepared.isDynamic)
    #expect(try DensityMatrix(running: prepared).probabilities() == [1, 0])
  }

  @Test("mixtures run measurements and resets exactly, and refuse conditions")
  func mixtures() throws {
    for number in 0..<40 {
      let qubits = 1 + number % 3
      var maker = RandomDynamicCircuits(
        seed: UInt64(500 + number), qubitCount: qubits, bitCount: 3)
      let made = maker.circuit(length: 12)
      var circuit = Circuit(qubits: qubits, bits: 3)
      for instruction in made.instructions {
        if case .conditional = instruction { continue }
        circuit.append(instruction)
      }
      circuit = circuit.bound(
        weights: maker.random.numbers(circuit.weightCount),
        inputs: maker.random.numbers(circuit.inputCount))
      let finals = Set(circuit.finalMeasurementPlaces)
      // The engine leaves final measurements out, the reference takes their coherences away.
      var middle = Circuit(qubits: qubits, bits: 3)
      for (place, instruction) in circuit.instructions.enumerated() where !finals.contains(place) {
        middle.append(instruction)
      }
      let exact = try DensityMatrix(running: circuit)
      #expect(
        exact.matrix().maximumDifference(from: ReferenceBranches.averageState(of: middle))
          < Self.tolerance, "circuit \(number)")
      let drawn = try Trajectories<Double>(of: circuit, count: 2000, seed: 1)
      let estimate = try drawn.expectations(of: [PauliSum(.z(0))])[0]
      #expect(
        abs(estimate.mean - (try exact.expectation(of: PauliSum(.z(0)))))
          < 5 * estimate.standardError + Self.tolerance, "circuit \(number)")
    }
    let conditional = Circuit(qubits: 1) {
      Reset(0)
      If(.bit(0)) { X(0) }
    }
    let error = SimulationError.conditionInMixture(
      place: 1, text: "an instruction on the condition c[0]")
    #expect(throws: error) { _ = try DensityMatrix(running: conditional) }
    #expect(throws: error) {
      _ = try Trajectories<Float>(of: conditional, count: 1, seed: 1)
        .expectations(of: [PauliSum(.z(0))])
    }
  }

  @Test("the sampler refuses what its engine cannot do")
  func sampler() throws {
    let turned = Circuit(qubits: 2) {
      Reset(0)
      If(.bit(0)) { RX(0.3, 1) }
    }
    #expect(
      throws: SimulationError.notClifford(
        instruction: 1, text: "rx(0.3) on qubit 1", reason: "angle 0.3 is not a multiple of π/2")
    ) { _ = try CircuitSampler(turned, method: .stabilizer).samples(shots: 1, seed: 1) }
    var damped = Circuit(qubits: 2)
    damped.append(try .amplitudeDamping(0.2), on: 1)
    #expect(throws: SimulationError.channelNotClifford(name: "amplitudeDamping", qubits: [1])) {
      _ = try CircuitSampler(damped, method: .stabilizer).samples(shots: 1, seed: 1)
    }
    #expect(throws: SimulationError.tooManyQubits(found: 64, limit: 63)) {
      _ = try CircuitSampler(Circuit(qubits: 64), method: .stateVector).samples(shots: 1, seed: 1)
    }
    var wide = Circuit(qubits: 70)
    wide.t(69)
    #expect {
      _ = try CircuitSampler(wide).samples(shots: 1, seed: 1)
    } throws: { "\($0)".hasPrefix("instruction 0, t on qubit 69: ") }
    #expect {
      _ = try CircuitSampler(Circuit(qubits: 40) { T(0) }, budget: MemoryBudget(limit: 1 << 30))
        .samples(shots: 1, seed: 1)
    } throws: { "\($0)".contains("40 qubits in double precision: 16.0 TiB") }
    #expect {
      _ = try CircuitSampler(Circuit(qubits: 1), budget: MemoryBudget(limit: 1 << 20))
        .samples(shots: 1 << 30, seed: 1)
    } throws: { "\($0)".hasPrefix("1073741824 shots of 1 bits") }
    #expect {
      _ = try CircuitSampler(Circuit(qubits: 1), budget: MemoryBudget(limit: 1 << 20))
        .samples(shots: CircuitSampler.shotLimit, seed: 1)
    } throws: { "\($0)".hasPrefix("2147483647 shots of 1 bits") }
    #expect(throws: SimulationError.tooManyShots(found: 1 << 31, limit: 2_147_483_647)) {
      _ = try CircuitSampler(Circuit(qubits: 1)).samples(shots: 1 << 31, seed: 1)
    }
    #expect {
      _ = try CircuitSampler(
        Circuit(qubits: 4096), method: .stabilizer, budget: MemoryBudget(limit: 8 << 20)
      ).samples(shots: 10, seed: 1)
    } throws: { "\($0)".hasPrefix("the stabilizers of 4096 qubits") }
    let reading = Circuit(qubits: 1) { If(.bit(0)) { RX(.weight(1), 0) } }
    #expect(throws: SimulationError.weightCount(found: 1, expected: 2)) {
      _ = try CircuitSampler(reading).samples(shots: 1, seed: 1, weights: [1])
    }
    var branching = Circuit(qubits: 1, bits: 20)
    for bit in 0..<20 {
      branching.h(0)
      branching.measure(0, into: bit)
    }
    #expect(throws: SimulationError.tooManyBranches(limit: CircuitSampler.branchLimit)) {
      _ = try CircuitSampler(branching).probabilities()
    }
    var many = Circuit(qubits: 23)
    many.measureAll()
    #expect(throws: SimulationError.tooManyOutcomes(qubits: 23, limit: 22)) {
      _ = try CircuitSampler(many).probabilities()
    }
  }

  @Test("bits nobody writes are 0, and counts are keyed by registers as Qiskit prints them")
  func registers() throws {
    var circuit = Circuit(qubits: 3)
    let low = circuit.addRegister("low", size: 2)
    let high = circuit.addRegister("high", size: 1)
    circuit.x(1)
    circuit.measure(1, into: high.bits.lowerBound)
    circuit.append(
      If(!low[1] && high[0]) {
        X(2)
      } else: {
        X(0)
      })
    circuit.measure(2, into: 0)
    let counts = try CircuitSampler(circuit).counts(shots: 7, seed: 1)
    #expect(
      counts.map { "\($0.key.text(registers: circuit.registers)): \($0.value)" } == ["1 01: 7"])
    #expect(BitString("1010")?.text(registers: [high, low]) == "10 0")
    #expect(BitString("1010")?.text(registers: []) == "1010")
    #expect(
      try CircuitSampler(Circuit(qubits: 0)).samples(shots: 2, seed: 1).map(\.count) == [0, 0])
    #expect(try CircuitSampler(circuit).samples(shots: 0, seed: 1).isEmpty)
  }
}
