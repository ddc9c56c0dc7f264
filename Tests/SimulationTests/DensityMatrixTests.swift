import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import Simulation
import TestSupport
import Testing

@Suite("Density matrices") struct DensityMatrixTests {
  /// Some sixty matrices, each a few units in the last place.
  private static let tolerance = 1e-13

  /// Every standard channel at rates of its own, and a Kraus set on two and on three qubits.
  static func channels(_ random: inout RandomOperations) throws -> [Channel] {
    let rate = random.stream.nextUniform() * 0.5
    let other = random.stream.nextUniform() * 0.5
    func kraus(_ qubits: Int) throws -> Channel {
      let size = 1 << qubits
      // The first columns of a unitary matrix on one qubit more are an isometry.
      let whole = random.unitary(qubits + 1)
      return try Channel(
        kraus: (0..<2).map { block in
          ComplexMatrix(
            rows: size, columns: size,
            elements: (0..<(size * size)).map { whole[block * size + $0 / size, $0 % size] })
        })
    }
    return [
      try .bitFlip(rate), try .phaseFlip(rate), try .bitPhaseFlip(rate),
      try .pauli(x: rate / 2, y: other / 3, z: rate / 3),
      try .depolarizing(mixing: rate), try .depolarizing(errorProbability: rate),
      try .depolarizing(mixing: rate, qubits: 2),
      try .depolarizing(errorProbability: rate, qubits: 2),
      try .amplitudeDamping(rate), try .generalizedAmplitudeDamping(rate, excited: other),
      try .phaseDamping(rate),
      try .thermalRelaxation(t1: 50, t2: 70, time: 100 * rate, excited: other),
      try .reset(toZero: rate, toOne: other), try kraus(1), try kraus(2), try kraus(3),
    ]
  }

  @Test("equal the reference on random circuits with every gate and every channel")
  func agree() throws {
    for qubitCount in 1...4 {
      var random = RandomOperations(seed: 31, qubitCount: qubitCount)
      let channels = try Self.channels(&random).filter { $0.qubitCount <= qubitCount }
      let gates = Gate.all.filter { $0.qubitCount <= min(qubitCount, 3) && $0.qubitCount > 0 }
      for start in stride(from: 0, to: gates.count, by: 6) {
        var circuit = Circuit(qubits: qubitCount)
        for (index, gate) in gates[start..<min(start + 6, gates.count)].enumerated() {
          var order = Array(0..<qubitCount)
          order.shuffle(using: &random.stream)
          let angles = (0..<gate.parameterCount).map { _ in random.angle() }
          circuit.append(gate, angles: angles, to: Array(order.prefix(gate.qubitCount)))
          for channel in [
            channels[(start + index) % channels.count],
            channels[(start * 5 + index * 3 + 1) % channels.count],
          ] {
            order.shuffle(using: &random.stream)
            circuit.append(.channel(channel, Array(order.prefix(channel.qubitCount))))
          }
        }
        let weights = random.numbers(circuit.weightCount)
        let inputs = random.numbers(circuit.inputCount)
        let expected = ReferenceDensity.state(of: circuit, weights: weights, inputs: inputs)
        for kernels in KernelTable.all {
          let found = try DensityMatrix(
            running: circuit, weights: weights, inputs: inputs, kernels: kernels)
          #expect(found.matrix().maximumDifference(from: expected) < Self.tolerance, "\(circuit)")
          let observable = random.observable(terms: 3)
          let value = try found.expectation(of: observable)
          let matrix = observable.terms.reduce(
            ComplexMatrix(zeros: 1 << qubitCount, 1 << qubitCount)
          ) {
            $0 + dense($1.string, qubitCount).scaled(by: Complex($1.coefficient))
          }
          let product = matrix * expected
          let trace = (0..<product.rows).reduce(0.0) { $0 + product[$1, $1].real }
          #expect(abs(value - trace) < 10 * Self.tolerance)
          for (basis, probability) in found.probabilities().enumerated() {
            #expect(abs(probability - expected[basis, basis].real) < Self.tolerance)
          }
          let square = expected * expected
          let purity = (0..<square.rows).reduce(0.0) { $0 + square[$1, $1].real }
          #expect(abs(found.purity - purity) < 10 * Self.tolerance)
        }
      }
    }
  }

  private func dense(_ string: PauliString, _ qubitCount: Int) -> ComplexMatrix {
    let letters: [PauliAxis?: ComplexMatrix] = [
      nil: .identity(2), .x: ComplexMatrix([[0, 1], [1, 0]]),
      .y: ComplexMatrix([[0, -.i], [.i, 0]]), .z: ComplexMatrix([[1, 0], [0, -1]]),
    ]
    return (0..<qubitCount).reduce(.identity(1)) { product, qubit in
      (letters[string[qubit]] ?? .identity(2)).kronecker(product)
    }
  }

  @Test(
    "equal state vectors where there is no noise, and are the same bits on any number of threads")
  func pure() throws {
    var circuit = Circuit(qubits: 7)
    for qubit in 0..<7 {
      circuit.append(.ry, angles: [Angle(0.3 + Double(qubit))], to: [qubit])
      circuit.append(.rz, angles: [Angle(0.7 * Double(qubit))], to: [qubit])
    }
    for qubit in 0..<6 { circuit.append(.cx, to: [qubit, qubit + 1]) }
    circuit.append(.ccx, to: [5, 0, 3])
    circuit.append(.h, to: [2], controls: [Control(1), Control(6, state: false)])
    let serial = try DensityMatrix(running: circuit, policy: .serial)
    let threaded = try DensityMatrix(running: circuit, policy: .threads(3))
    let state = try StateVector(running: circuit)
    #expect(abs(serial.purity - 1) < Self.tolerance)
    #expect(serial.probabilities() == threaded.probabilities())
    for (found, expected) in zip(serial.probabilities(), state.probabilities()) {
      #expect(abs(found - expected) < Self.tolerance)
    }
    let marginal = serial.probabilities(of: [4, 1])
    for (found, expected) in zip(marginal, state.probabilities(of: [4, 1])) {
      #expect(abs(found - expected) < Self.tolerance)
    }
  }

  @Test("attach channels and readout errors as the model says")
  func model() throws {
    var noise = NoiseModel()
    noise.add(try .bitFlip(0.25), after: [.x], on: [1])
    noise.add(try .depolarizing(mixing: 0.5, qubits: 2), after: nil)
    noise.addReadoutError(try ReadoutError(oneAsZero: 0.1, zeroAsOne: 0.2))
    noise.addReadoutError(try ReadoutError(oneAsZero: 0, zeroAsOne: 0), on: [0])
    var circuit = Circuit(qubits: 2)
    circuit.append(.x, to: [0])
    circuit.append(.x, to: [1])
    let state = try DensityMatrix(running: circuit, noise: noise)
    #expect(abs(try state.expectation(of: .z(0)) + 1) < Self.tolerance)
    #expect(abs(try state.expectation(of: .z(1)) + 0.5) < Self.tolerance)
    let read = state.readoutProbabilities()
    // Qubit 1 is 1 with 0.75 and read as 1 with 0.75 · 0.9 + 0.25 · 0.2.
    #expect(abs(read[0b11] - 0.725) < Self.tolerance)
    #expect(abs(read[0b01] - 0.275) < Self.tolerance)
    let counts = state.counts(shots: 20_000, seed: 4)
    // Five standard deviations of a binomial count.
    let deviation: Double = (20_000 * 0.725 * 0.275).squareRoot()
    let ones = Double(counts[0b11] ?? 0)
    #expect(abs(ones - 14_500) < 5 * deviation)
    #expect(counts.values.reduce(0, +) == 20_000)
    circuit.append(.cx, to: [0, 1])
    let mixed = try DensityMatrix(running: circuit, noise: noise)
    // Half of the state is mixed after the two-qubit gate.
    #expect(abs(try mixed.expectation(of: .z(0)) + 0.5) < Self.tolerance)
  }

  @Test("refuse what is not a channel, and circuits that do not fit")
  func faults() throws {
    #expect(throws: ChannelError.rateOutOfRange(name: "bitFlip", found: 1.5, lower: 0, upper: 1)) {
      try Channel.bitFlip(1.5)
    }
    #expect(throws: ChannelError.relaxationTimes(t1: 1, t2: 3)) {
      try Channel.thermalRelaxation(t1: 1, t2: 3, time: 1)
    }
    #expect(throws: ChannelError.incomplete(deviation: 0.75)) {
      let shrinking: ComplexMatrix = .diagonal([Complex(0.5), .one])
      _ = try Channel(kraus: [shrinking])
    }
    var circuit = Circuit(qubits: 4)
    circuit.append(try .bitFlip(0.1), on: 2)
    #expect(throws: SimulationError.channelInPureState(name: "bitFlip", place: 0)) {
      _ = try StateVector(running: circuit)
    }
    #expect(throws: SimulationError.channelInPureState(name: "bitFlip", place: 0)) {
      _ = try StabilizerState(running: circuit)
    }
    var wide = Circuit(qubits: 4)
    wide.append(.ccx, to: [0, 1, 2], controls: [Control(3)])
    #expect(throws: SimulationError.gateTooLarge(gate: "ccx", qubits: 4, limit: 3)) {
      _ = try DensityMatrix(running: wide)
    }
    #expect {
      _ = try DensityMatrix(running: Circuit(qubits: 30))
    } throws: { error in
      "\(error)".hasPrefix("the density matrix of 30 qubits: more than 8 EiB needed")
    }
  }
}
