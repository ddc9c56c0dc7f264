import Circuits
import Compute
import QuantumGradients
import RealModule
import Simulation
import Testing

@Suite("Devices") struct DeviceTests {
  /// Three-qubit gates of the densest form are products of thousands of roundings in a transfer matrix.
  private static let tolerance = 1e-10

  private func distance(
    _ a: CircuitGradients<Double>, _ b: CircuitGradients<Double>
  ) -> Double {
    #expect(a.weights.count == b.weights.count && a.inputs.count == b.inputs.count)
    return zip(a.weights + a.inputs, b.weights + b.inputs).map { abs($0 - $1) }.max() ?? 0
  }

  @Test("that are exact give the same outputs, gradients and Jacobians", arguments: 1...3)
  func exactDevicesAgree(_ qubitCount: Int) throws {
    var random = RandomCircuits(seed: 31, qubitCount: qubitCount)
    let fitting = Gate.all.filter { $0.qubitCount <= qubitCount }
    for number in 0..<40 {
      let start = number * 4 % fitting.count
      let circuit = random.circuit(
        fitting[start..<min(start + 4, fitting.count)], count: 3 + qubitCount)
      // A gate and its controls on more than three qubits are none of a density matrix.
      guard circuit.gates.allSatisfy({ $0.touchedQubits.count <= 3 }) else { continue }
      let measurement = random.measurement(number)
      let pure = try CircuitFunction(circuit, measuring: measurement, on: .stateVector)
      let mixed = try CircuitFunction(circuit, measuring: measurement, on: .densityMatrix())
      let batch = SampleBatch(
        weights: random.numbers(pure.weightCount), inputs: random.numbers(2 * pure.inputCount),
        count: 2)
      let cotangents = random.numbers(2 * pure.outputCount)
      let (one, other) = (try pure.outputs(at: batch), try mixed.outputs(at: batch))
      #expect(zip(one, other).allSatisfy { abs($0 - $1) < Self.tolerance }, "\(circuit)")
      let adjoint = try Adjoint().vectorJacobianProduct(
        of: pure, at: batch, cotangents: cotangents)
      for method in [Adjoint(), ParameterShift()] as [any GradientMethod] {
        let gradients = try method.vectorJacobianProduct(
          of: mixed, at: batch, cotangents: cotangents)
        #expect(distance(adjoint, gradients) < Self.tolerance, "\(method.name): \(circuit)")
      }
      let jacobians = try [pure, mixed].map { try Adjoint().jacobian(of: $0, at: batch) }
      #expect(
        zip(jacobians[0].weights, jacobians[1].weights).allSatisfy {
          abs($0 - $1) < Self.tolerance
        })
      // The engine of state vectors is the same function.
      let engine = try StateVectorDevice().engine(for: circuit, measuring: measurement)
      let swept = try engine.vectorJacobianProduct(
        weights: batch.weights, inputs: batch.inputs, count: 2, cotangents: cotangents)
      let all = swept.weights + swept.inputs
      #expect(
        zip(adjoint.weights + adjoint.inputs, all).allSatisfy { abs($0 - $1) < Self.tolerance })
    }
  }

  private var noise: NoiseModel {
    get throws {
      var noise = NoiseModel()
      noise.add(try .amplitudeDamping(0.1), after: nil)
      return noise
    }
  }

  private let circuit = Circuit(qubits: 3) {
    AngleEncoding(.x)
    StronglyEntanglingLayers(depth: 1)
  }

  @Test("of trajectories agree with density matrices within their errors")
  func trajectories() throws {
    let weights = (0..<circuit.weightCount).map { 0.3 + 0.4 * Double($0) }
    let batch = SampleBatch(weights: weights, inputs: [0.2, -0.7, 1.1])
    let measurement = Measurement.expectations([.z(0), .x(2)])
    let mixed = try CircuitFunction(
      circuit, measuring: measurement, on: .densityMatrix(noise: noise))
    let cotangents = [1.0, -0.5]
    let exact = try mixed.device.gradientMethod.vectorJacobianProduct(
      of: mixed, at: batch, cotangents: cotangents)
    // The mean of 40 seeds; their spread gives its standard error.
    var found: [[Double]] = []
    for seed in 0..<40 {
      let drawn = try CircuitFunction(
        circuit, measuring: measurement, on: .trajectories(64, noise: noise, seed: UInt64(seed)))
      let gradients = try drawn.device.gradientMethod.vectorJacobianProduct(
        of: drawn, at: batch, cotangents: cotangents)
      found.append(try drawn.outputs(at: batch) + gradients.weights + gradients.inputs)
    }
    let expected = try mixed.outputs(at: batch) + exact.weights + exact.inputs
    for (place, value) in expected.enumerated() {
      let values = found.map { $0[place] }
      let mean = values.reduce(0, +) / 40
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39
      // A weight that the outputs do not depend on has no spread.
      #expect(abs(mean - value) < 4.5 * (variance / 40).squareRoot() + 1e-6)
    }
    // Each evaluation of a training has draws of its own; the same one has the same.
    let drawn = try CircuitFunction(
      circuit, measuring: measurement, on: .trajectories(16, noise: noise, seed: 1))
    var later = batch
    later.evaluation = 1
    #expect(try drawn.outputs(at: batch) == drawn.outputs(at: batch))
    #expect(try drawn.outputs(at: batch) != drawn.outputs(at: later))
    let jacobian = try Adjoint().jacobian(of: drawn, at: batch)
    #expect(try Adjoint().jacobian(of: drawn, at: batch) == jacobian)
    #expect(try Adjoint().jacobian(of: drawn, at: later) != jacobian)
  }

  @Test("of stabilizers run Clifford circuits, and shift their angles by quarter turns")
  func stabilizers() throws {
    let clifford = Circuit(qubits: 3) {
      H(0)
      RX(.weight(0), 0)
      CX(0, 1)
      RZ(.input(0), 1)
      RY(.weight(1), 2)
      CZ(1, 2)
    }
    let measurement = Measurement.expectations(
      try ["Z0*Z1 + X2", "Y0*X1", "Z2"].map { try PauliSum($0) })
    for quarters in 0..<16 {
      let quarter = Double.pi / 2
      let weights = [Double(quarters & 3) * quarter, Double(quarters >> 2) * quarter]
      let batch = SampleBatch(weights: weights, inputs: [quarter])
      let pure = try CircuitFunction(clifford, measuring: measurement, on: .stateVector)
      let tableau = try CircuitFunction(clifford, measuring: measurement, on: .stabilizer)
      let (one, other) = (try pure.outputs(at: batch), try tableau.outputs(at: batch))
      #expect(zip(one, other).allSatisfy { abs($0 - $1) < Self.tolerance })
      #expect(tableau.device.gradientMethod is ParameterShift)
      let cotangents = [0.3, 0.5, -0.7]
      let gradients = try tableau.device.gradientMethod.vectorJacobianProduct(
        of: tableau, at: batch, cotangents: cotangents)
      let exact = try Adjoint().vectorJacobianProduct(
        of: pure, at: batch, cotangents: cotangents)
      #expect(distance(exact, gradients) < Self.tolerance)
    }
  }

  @Test("say which others can do what they cannot")
  func refusals() throws {
    var noisy = circuit
    noisy.append(try .bitFlip(0.1), on: 1)
    #expect {
      _ = try CircuitFunction(noisy, measuring: .expectations([.z(0)]), on: .stateVector)
    } throws: { error in
      "\(error)".hasSuffix(
        ", bitFlip: the device 'statevector' has no noise channels; these have: density, trajectories"
      )
    }
    var measured = Circuit(qubits: 1)
    measured.append(.measure(qubit: 0, bit: 0))
    measured.append(.reset(0))
    for device in [StateVectorDevice(), StabilizerDevice()] as [any Device] {
      #expect {
        _ = try CircuitFunction(measured, measuring: .expectations([.z(0)]), on: device)
      } throws: { error in
        "\(error)".hasSuffix(
          "has no measurements and resets within a circuit; these have: density, trajectories")
      }
    }
    let mixed = try CircuitFunction(
      measured, measuring: .expectations([.z(0)]), on: .densityMatrix())
    let reset = try mixed.outputs(at: SampleBatch<Double>(weights: [], inputs: []))
    #expect(abs(reset[0] - 1) < Self.tolerance)
    let tilted = Circuit(qubits: 1) { RX(0.3, 0) }
    #expect {
      _ = try tilted.expectation(of: .z(0), on: .stabilizer)
    } throws: { error in
      "\(error)".contains("instruction 0, rx(0.3) on qubit 0")
        && "\(error)".hasSuffix(
          "the device 'stabilizer' has no gates that are not Clifford; these have: statevector, density, "
            + "trajectories")
    }
    let bell = Circuit(qubits: 2) {
      H(0)
      CX(0, 1)
    }
    #expect {
      _ = try bell.gradient(of: .z(0), on: .stabilizer, by: .adjoint)
    } throws: { error in
      "\(error)"
        == "the device 'stabilizer' has no gradients by a backward sweep; these have: statevector, density, "
        + "trajectories"
    }
  }

  @Test("check the weights of a batch without samples too")
  func noSamples() throws {
    let circuit = Circuit(qubits: 1) { RZ(.weight(0), 0) }
    let devices: [any Device] = [
      .stateVector, .densityMatrix(), .trajectories(2), .stabilizer,
    ]
    for device in devices {
      let engine = try device.engine(for: circuit, measuring: .expectations([.z(0)]))
      #expect(try engine.outputs(weights: [1], inputs: [], count: 0).isEmpty)
      #expect(throws: SimulationError.weightCount(found: 2, expected: 1), "\(device.name)") {
        _ = try engine.outputs(weights: [1, 2], inputs: [], count: 0)
      }
    }
  }

  @Test("know how many qubits fit their memory")
  func limits() {
    let budget = MemoryBudget(limit: 16 << 30)
    #expect(StateVectorDevice(budget: budget).qubitLimit(.double) == 30)
    #expect(StateVectorDevice(budget: budget).qubitLimit(.single) == 31)
    #expect(DensityMatrixDevice(budget: budget).qubitLimit(.double) == 15)
    #expect(TrajectoryDevice(count: 1, seed: 0, budget: budget).qubitLimit(.double) == 27)
    #expect(StabilizerDevice(budget: budget).qubitLimit(.double) == 4096)
  }
}
