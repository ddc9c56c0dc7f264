import Circuits
import Compute
import Simulation
import TestSupport
import Testing

@Suite("Gradients of density matrices") struct DensityGradientTests {
  /// Truncation h²/6 · f‴ at h = 1e-5: variances of size 100 with coefficients of angles up to ten make f‴ 1e5.
  private static let differenceTolerance = 5e-6
  /// Some sixty matrices and as many sums of products.
  private static let tolerance = 1e-11

  private static let gates = Gate.all.filter { (1...3).contains($0.qubitCount) }

  /// A loss Σ cotangent · output of the reference.
  private func loss(
    _ circuit: Circuit, _ measurement: Measurement, _ values: [Double], samples: Int,
    _ cotangents: [Double]
  ) -> Double {
    let weights = Array(values.prefix(circuit.weightCount))
    let inputs = Array(values.dropFirst(circuit.weightCount))
    let outputs = (0..<samples).flatMap { sample in
      let row = Array(inputs.dropFirst(sample * circuit.inputCount).prefix(circuit.inputCount))
      return switch measurement {
      case .expectations(let observables):
        ReferenceDensity.expectations(of: observables, in: circuit, weights: weights, inputs: row)
      case .probabilities(let qubits):
        ReferenceDensity.probabilities(of: qubits, in: circuit, weights: weights, inputs: row)
      case .variances(let observables), .covariances(let observables):
        ReferenceDensity.covariances(
          of: observables, in: circuit, weights: weights, inputs: row,
          diagonal: measurement == .variances(observables))
      case .amplitudes: stop("a density matrix has no amplitudes")
      }
    }
    return zip(outputs, cotangents).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test("equal differences of the reference, for every gate with every channel", arguments: 1...4)
  func reference(_ qubitCount: Int) throws {
    var source = try NoisyCircuits(seed: 41, qubitCount: qubitCount)
    let fitting = Self.gates.filter { $0.qubitCount <= qubitCount }
    for start in stride(from: 0, to: fitting.count, by: 5) {
      let circuit = source.circuit(fitting[start..<min(start + 5, fitting.count)], from: start)
      let observables = [source.random.observable(terms: 3), source.random.observable(terms: 1)]
      let measurement: Measurement =
        switch start / 5 % 4 {
        case 0: .expectations(observables)
        case 1: .variances(observables)
        case 2: .covariances(observables)
        default: .probabilities(of: Array((0..<qubitCount).reversed().prefix(2)))
        }
      let samples = qubitCount < 4 ? 2 : 1
      let weights = source.random.numbers(circuit.weightCount)
      let inputs = source.random.numbers(samples * circuit.inputCount)
      let cotangents = source.random.numbers(samples * measurement.outputCount)
      let expected = centralDifferences(
        of: { loss(circuit, measurement, $0, samples: samples, cotangents) },
        at: weights + inputs)
      for kernels in KernelTable.all {
        let engine = try DensityMatrixEngine(circuit, measuring: measurement, kernels: kernels)
        let outputs = try engine.outputs(weights: weights, inputs: inputs, count: samples)
        let value = zip(outputs, cotangents).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(
          abs(
            value - loss(circuit, measurement, weights + inputs, samples: samples, cotangents))
            < Self.tolerance)
        let found = try engine.vectorJacobianProduct(
          weights: weights, inputs: inputs, count: samples, cotangents: cotangents)
        #expect(found.weights.count == weights.count && found.inputs.count == inputs.count)
        for (index, (own, other)) in zip(found.weights + found.inputs, expected).enumerated() {
          #expect(
            abs(own - other) < Self.differenceTolerance, "\(index): \(own), \(other), \(circuit)")
        }
      }
    }
  }

  @Test("equal the adjoint method's where there is no noise")
  func pure() throws {
    for qubitCount in 1...5 {
      var source = try NoisyCircuits(seed: 42, qubitCount: qubitCount)
      let fitting = Self.gates.filter { $0.qubitCount <= qubitCount }
      for start in stride(from: 0, to: fitting.count, by: 8) {
        let circuit = source.circuit(
          fitting[start..<min(start + 8, fitting.count)], noise: false, from: start)
        let measurement = Measurement.expectations([source.random.observable(terms: 4)])
        let weights = source.random.numbers(circuit.weightCount)
        let inputs = source.random.numbers(3 * circuit.inputCount)
        let cotangents = source.random.numbers(3)
        let found = try DensityMatrixEngine(circuit, measuring: measurement)
          .vectorJacobianProduct(weights: weights, inputs: inputs, count: 3, cotangents: cotangents)
        let adjoint = BatchEngine<Double>(try Plan(circuit, measuring: measurement))
        var inputGradients = [Double](repeating: 0, count: inputs.count)
        let expected = unsafe try adjoint.backward(
          weights: weights, inputs: inputs, batch: 3, states: nil, cotangents: cotangents,
          inputGradients: &inputGradients)
        for (own, other) in zip(found.weights + found.inputs, expected + inputGradients) {
          #expect(abs(own - other) < 1e-10, "\(circuit)")
        }
      }
    }
  }

  /// A circuit whose states are cut into parts, with layers of channels that cannot be undone.
  private func layered(_ qubitCount: Int, depth: Int) throws -> Circuit {
    var circuit = Circuit(qubits: qubitCount)
    for layer in 0..<depth {
      for qubit in 0..<qubitCount {
        circuit.append(.ry, angles: [.weight(layer) * .input(qubit % 2) + 0.1], to: [qubit])
        circuit.append(try .amplitudeDamping(0.05), on: qubit)
      }
      for qubit in 0..<(qubitCount - 1) {
        circuit.append(.crx, angles: [.weight(layer)], to: [qubit, qubit + 1])
        circuit.append(try .depolarizing(mixing: 0.02, qubits: 2), on: qubit, qubit + 1)
      }
      if qubitCount > 2 {
        circuit.append(
          .crx, angles: [.weight(layer) * 0.7], to: [qubitCount - 1, 0], controls: [Control(1)])
      }
    }
    return circuit
  }

  @Test(
    "are the same bits on any number of threads, in parts and by samples, and equal differences")
  func threads() throws {
    for qubitCount in [3, 7] {
      let circuit = try layered(qubitCount, depth: 2)
      let weights = [0.4, -1.3]
      let inputs = [0.3, 0.8, -0.2, 1.1, 0.6, 2.0]
      func run(_ policy: LoopPolicy) throws -> [Double] {
        let engine = try DensityMatrixEngine(
          circuit, measuring: .expectations([.z(0) * .z(1), .x(2)]), policy: policy)
        let found = try engine.vectorJacobianProduct(
          weights: weights, inputs: inputs, count: 3, cotangents: [1, 2, -1, 0.5, 3, 1])
        return try found.weights + found.inputs
          + engine.outputs(weights: weights, inputs: inputs, count: 3)
      }
      let serial = try run(.serial)
      #expect(try run(.threads(2)) == serial)
      #expect(try run(.threads(3)) == serial)
      let engine = try DensityMatrixEngine(
        circuit, measuring: .expectations([.z(0) * .z(1), .x(2)]))
      let differences = try (weights + inputs).indices.map { index in
        let outputs = try [1e-5, -1e-5].map { step in
          var values = weights + inputs
          values[index] += step
          let outputs = try engine.outputs(
            weights: Array(values.prefix(2)), inputs: Array(values.dropFirst(2)), count: 3)
          return zip(outputs, [1, 2, -1, 0.5, 3, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return (outputs[0] - outputs[1]) / 2e-5
      }
      for (own, other) in zip(serial, differences) {
        #expect(abs(own - other) < Self.differenceTolerance)
      }
    }
  }

  @Test("are the same bits where states are made again")
  func remade() throws {
    let circuit = try layered(5, depth: 6)
    let weights = (0..<6).map { 0.3 * Double($0) - 0.7 }
    func run(_ limit: Int) throws -> [Double] {
      var engine = try DensityMatrixEngine(circuit, measuring: .expectations([.z(4)]))
      engine.keptBytesLimit = limit
      let found = try engine.vectorJacobianProduct(
        weights: weights, inputs: [0.4, 0.9], count: 1, cotangents: [1])
      return found.weights + found.inputs
    }
    #expect(try run(0) == run(.max))
  }

  @Test("are refused with the bytes where the fewest states do not fit")
  func budget() throws {
    var circuit = Circuit(qubits: 11)
    circuit.append(.ry, angles: [.weight(0)], to: [0])
    let channel: Channel = try .depolarizing(mixing: 0.01, qubits: 2)
    for number in 0..<2500 { circuit.append(channel, on: number % 2, number % 2 + 1) }
    // 2500 passes with a channel, in 50 segments of 50: 2 + 49 + 50 states of 8 · 4¹¹ bytes.
    let needed = 101 * 8 << 22
    let engine = try DensityMatrixEngine(
      circuit, measuring: .expectations([.z(0)]), policy: .serial,
      budget: MemoryBudget(limit: needed - 1))
    #expect {
      _ = try engine.vectorJacobianProduct(weights: [1], inputs: [], count: 1, cotangents: [1])
    } throws: { error in
      guard case .memory(let fault)? = error as? SimulationError else { return false }
      return fault.needed == needed
        && "\(error)".hasPrefix("101 density matrices of 11 qubits: 3.2 GiB")
    }
    #expect {
      _ = try DensityMatrixEngine(Circuit(qubits: 30), measuring: .expectations([]))
    } throws: { error in
      "\(error)".hasPrefix("the density matrix of 30 qubits: more than 8 EiB needed")
    }
  }

  @Test("refuse wrong counts, values that are not finite, and gates that are too large")
  func faults() throws {
    let engine = try DensityMatrixEngine(
      layered(2, depth: 1), measuring: .probabilities(of: [1]))
    #expect(throws: SimulationError.weightCount(found: 2, expected: 1)) {
      try engine.outputs(weights: [1, 2], inputs: [1, 2], count: 1)
    }
    #expect(throws: SimulationError.inputCount(found: 1, expected: 2)) {
      try engine.outputs(weights: [1], inputs: [1, 2, 3], count: 2)
    }
    #expect(throws: SimulationError.angleNotFinite(value: .infinity)) {
      try engine.vectorJacobianProduct(
        weights: [1], inputs: [1, .infinity], count: 1, cotangents: [1, 1])
    }
    #expect(throws: SimulationError.qubitOutOfRange(qubit: 5, qubitCount: 2)) {
      _ = try DensityMatrixEngine(layered(2, depth: 1), measuring: .expectations([.z(5)]))
    }
    var wide = Circuit(qubits: 4)
    wide.append(.ccx, to: [0, 1, 2], controls: [Control(3)])
    #expect(throws: SimulationError.gateTooLarge(gate: "ccx", qubits: 4, limit: 3)) {
      _ = try DensityMatrixEngine(wide, measuring: .expectations([.z(0)]))
    }
  }
}
