import Circuits
import Compute
import Simulation
import TestSupport
import Testing

@Suite("Trajectories") struct TrajectoryTests {
  private static let count = 20_000

  /// Ten noisy circuits: every channel, several gates, 1 to 5 qubits.
  private func circuits() throws -> [(circuit: Circuit, random: RandomOperations)] {
    try (0..<10).map { number in
      let qubitCount = 1 + number % 5
      var random = RandomOperations(
        seed: UInt64(100 + number), qubitCount: qubitCount, weightCount: 1, inputCount: 1)
      let channels = try DensityMatrixTests.channels(&random)
        .filter { $0.qubitCount <= qubitCount }
      let gates = Gate.all.filter { (1...min(qubitCount, 3)).contains($0.qubitCount) }
      var circuit = Circuit(qubits: qubitCount)
      for index in 0..<8 {
        let gate = gates[(number * 7 + index * 5) % gates.count]
        let channel = channels[(number * 3 + index * 2) % channels.count]
        var order = Array(0..<qubitCount)
        order.shuffle(using: &random.stream)
        circuit.append(
          gate, angles: (0..<gate.parameterCount).map { _ in random.angle() },
          to: Array(order.prefix(gate.qubitCount)))
        order.shuffle(using: &random.stream)
        circuit.append(.channel(channel, Array(order.prefix(channel.qubitCount))))
      }
      return (circuit, random)
    }
  }

  /// Four standard errors; where all trajectories agree, rounding is left.
  ///
  /// With 60 estimates one is missed by chance in 1 of 260 choices of the seed, and the seed is fixed.
  private func agree(_ estimate: TrajectoryEstimate, _ exact: Double, rounding: Double) -> Bool {
    abs(estimate.mean - exact) < 4 * estimate.standardError + rounding
  }

  @Test("agree with the density matrix within their errors")
  func densityMatrix() throws {
    for (number, (circuit, source)) in try circuits().enumerated() {
      var random = source
      let weights = random.numbers(circuit.weightCount)
      let inputs = random.numbers(circuit.inputCount)
      let exact = try DensityMatrix(running: circuit, weights: weights, inputs: inputs)
      let observables = (0..<3).map { random.observable(terms: $0 + 1) }
      let double = try Trajectories<Double>(of: circuit, count: Self.count, seed: 5)
      for (estimate, observable) in zip(
        try double.expectations(of: observables, weights: weights, inputs: inputs), observables)
      {
        let value = try exact.expectation(of: observable)
        #expect(agree(estimate, value, rounding: 1e-12), "circuit \(number), \(estimate), \(value)")
      }
      let qubits = Array((0..<circuit.qubitCount).reversed().prefix(1))
      let single = try Trajectories<Float>(of: circuit, count: Self.count, seed: 6)
      for (estimate, value) in zip(
        try single.probabilities(of: qubits, weights: weights, inputs: inputs),
        exact.probabilities(of: qubits))
      {
        #expect(agree(estimate, value, rounding: 1e-5), "circuit \(number), \(estimate), \(value)")
      }
    }
  }

  @Test(
    "are the same bits on any number of threads and kernels' tiles, and others with another seed")
  func determinism() throws {
    for (circuit, source) in try circuits().prefix(4) {
      var random = source
      let weights = random.numbers(circuit.weightCount)
      let inputs = random.numbers(circuit.inputCount)
      let observable = [random.observable(terms: 2)]
      func run(_ seed: UInt64, _ policy: LoopPolicy) throws -> [TrajectoryEstimate] {
        try Trajectories<Double>(of: circuit, count: 333, seed: seed, policy: policy)
          .expectations(of: observable, weights: weights, inputs: inputs)
      }
      let first = try run(1, .serial)
      #expect(try run(1, .threads(2)) == first)
      #expect(try run(1, .threads(3)) == first)
      if first[0].standardError > 1e-9 { #expect(try run(2, .serial) != first) }
    }
  }

  @Test("are the pure state where there is no noise")
  func pure() throws {
    var circuit = Circuit(qubits: 3)
    circuit.append(.h, to: [0])
    circuit.append(.cx, to: [0, 1])
    circuit.append(.ry, angles: [.weight(0)], to: [2])
    let found = try Trajectories<Double>(of: circuit, count: 9, seed: 1)
      .expectations(of: [.z(0) * .z(1), .z(2)], weights: [0.4])
    #expect(abs(found[0].mean - 1) < 1e-14 && found[0].standardError < 1e-14)
    let state = try StateVector(running: circuit, weights: [0.4])
    #expect(abs(found[1].mean - (try state.expectation(of: .z(2)))) < 1e-14)
  }
}
