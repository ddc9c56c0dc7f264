import Circuits
import Compute
import Simulation
import TestSupport
import Testing

@Suite("Keys of counts") struct OutcomeKeyTests {
  /// Random rotations of five qubits, some of them measured into bits of two registers and into bits of none.
  private func circuit(_ number: Int) -> Circuit {
    var random = RandomOperations(seed: UInt64(number), qubitCount: 5)
    var circuit = Circuit(qubits: 5, bits: 9)
    circuit.declare(ClassicalRegister(name: "high", bits: 5..<8))
    circuit.declare(ClassicalRegister(name: "low", bits: 1..<3))
    for qubit in 0..<5 { circuit.ry(Angle(random.stream.nextUniform() * 3), qubit) }
    for qubit in 0..<4 { circuit.cx(qubit, qubit + 1) }
    let qubits = Array(0..<5).shuffled(using: &random.stream).prefix(1 + number % 5)
    let bits = Array(0..<9).shuffled(using: &random.stream)
    for (qubit, bit) in zip(qubits, bits) { circuit.measure(qubit, into: bit) }
    return circuit
  }

  /// The key written out by hand: the register declared last leftmost, its least significant bit rightmost.
  private func key(_ circuit: Circuit, _ basis: Int) -> String {
    var bits = [Int](repeating: 0, count: 9)
    for instruction in circuit.instructions {
      guard case .measure(let qubit, let bit) = instruction else { continue }
      bits[bit] = basis >> qubit & 1
    }
    return "\(bits[2])\(bits[1]) \(bits[7])\(bits[6])\(bits[5])"
  }

  @Test("outcomes of all qubits and drawn bits have the same keys, whatever the engine")
  func engines() throws {
    for number in 0..<20 {
      let circuit = circuit(number)
      let keys = OutcomeKeys(circuit)
      #expect(keys.letters == .registers && keys.areToldByQubits)
      let state = try StateVector(running: circuit)
      let outcomes = state.samples(shots: 400, seed: 3)
      var expected: [String: Int] = [:]
      for basis in outcomes { expected[key(circuit, basis), default: 0] += 1 }
      #expect(keys.counts(ofBasisStates: state.counts(shots: 400, seed: 3)) == expected)
      let sampler = try CircuitSampler(circuit)
      #expect(sampler.keys.counts(try sampler.counts(shots: 400, seed: 3)) == expected)
      for basis in 0..<32 {
        #expect(keys.key(ofQubits: BitString(basis: basis, count: 5)) == key(circuit, basis))
      }
    }
  }

  @Test("outcomes that differ in bits of no register are added up")
  func hiddenBits() throws {
    let hidden = Circuit(qubits: 2, bits: 3)
    var circuit = hidden
    circuit.declare(ClassicalRegister(name: "c", bits: 1..<2))
    circuit.h(0)
    circuit.measure(0, into: 0)
    circuit.append(
      If(.bit(0)) {
        X(1)
      } else: {
        X(0)
      })
    circuit.assign(1, .always)
    circuit.measure(1, into: 2)
    let sampler = try CircuitSampler(circuit)
    let counts = try sampler.counts(shots: 100, seed: 1)
    #expect(counts.count == 2 && sampler.keys.counts(counts) == ["1": 100])
    #expect(!sampler.keys.areToldByQubits)
  }

  @Test("a mixture tells the bits of final measurements, also behind resets")
  func mixtures() throws {
    let circuit = Circuit(qubits: 2) {
      H(0)
      Reset(0)
      X(1)
      Measure(1, into: 0)
      Measure(0, into: 2)
    }
    let keys = OutcomeKeys(circuit)
    #expect(circuit.isDynamic && keys.areToldByQubits)
    let counts = try DensityMatrix(running: circuit).counts(shots: 8, seed: 1)
    #expect(keys.counts(ofBasisStates: counts) == ["001": 8])
    let sampler = try CircuitSampler(circuit)
    #expect(keys.counts(try sampler.counts(shots: 8, seed: 1)) == ["001": 8])
  }

  @Test("a circuit that writes no bit has counts of its qubits, and its conditions read zeros")
  func nothingWritten() throws {
    for method in [CircuitSampler.Method.stateVector, .stabilizer] {
      var circuit = Circuit(qubits: 3)
      let register = circuit.addRegister("c", size: 5)
      #expect(OutcomeKeys(circuit).letters == .qubits && !circuit.writesBits)
      #expect(OutcomeKeys(circuit).key(ofQubits: BitString(basis: 6, count: 3)) == "110")
      circuit.append(
        If(register[4]) {
          X(2)
        } else: {
          X(1)
        })
      circuit.append(While(register[0]) { X(0) })
      circuit.append(If(register.equals(0)) { X(0) })
      let sampler = try CircuitSampler(circuit, method: method)
      #expect(sampler.bitCount == 3)
      #expect(sampler.keys.counts(try sampler.counts(shots: 4, seed: 1)) == ["011": 4])
      #expect(try sampler.probabilities().count == 1)
    }
    let none = Circuit(qubits: 0)
    #expect(OutcomeKeys(none).counts(ofBasisStates: [0: 7]) == ["0": 7])
    #expect(OutcomeKeys(none).counts([BitString([]): 7]) == ["0": 7])
  }

  @Test("hundreds of qubits are measured into the bits that are named")
  func manyQubits() throws {
    var circuit = Circuit(qubits: 200)
    _ = circuit.addRegister("c", size: 3)
    circuit.x(150)
    circuit.measure(150, into: 2)
    circuit.measure(7, into: 1)
    let state = try StabilizerState(running: circuit)
    let keys = OutcomeKeys(circuit)
    #expect(keys.counts(ofQubits: try state.bitStringCounts(shots: 9, seed: 1)) == ["100": 9])
  }

  @Test("outcomes of qubits have no keys where they do not tell the bits")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      let circuit = Circuit(qubits: 1) {
        Measure(0)
        X(0)
      }
      _ = OutcomeKeys(circuit).key(ofQubits: BitString([true]))
    }
    await #expect(processExitsWith: .failure) {
      _ = OutcomeKeys(Circuit(qubits: 2) { Measure(0) }).key(BitString([true, false]))
    }
  }
}
