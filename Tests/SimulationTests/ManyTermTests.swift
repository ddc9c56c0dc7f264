import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import RealModule
import Simulation
import TestSupport
import Testing

@Suite("Observables of many strings") struct ManyTermTests {
  /// Some hundred strings of coefficients up to 1, each expectation as exact as the state.
  private func tolerance(_ kernels: KernelCase) -> Double { 100 * kernels.tolerance }

  /// Observables whose strings exchange the same bits by the dozen: done by a table over the parities that they span.
  private func observables(_ random: inout RandomOperations) throws -> [PauliSum] {
    let count = random.qubitCount
    var order = Array(0..<count)
    order.shuffle(using: &random.stream)
    let dense = random.unitary(min(3, count))
    let hermitian = dense + dense.adjoint()
    // Z strings on all qubits, and strings that exchange two fixed masks, with few and many Y.
    let all = (UInt64(1) << UInt64(count)) - 1
    var terms: [PauliSum.Term] = []
    for x in [0, random.stream.next() & all] {
      for _ in 0..<40 {
        terms.append(
          PauliSum.Term(
            random.stream.nextNormal() / 10, PauliString(x: x, z: random.stream.next() & all)))
      }
    }
    return [
      try PauliSum(hermitian: hermitian, on: Array(order.prefix(3))), PauliSum(terms),
      try .projector(onto: random.below(1 << min(count, 6)), of: Array(order.prefix(6))),
    ]
  }

  @Test(
    "have the values and derivatives of dense matrices, as tiles and as single states",
    arguments: KernelCase.all)
  func agree(_ kernels: KernelCase) throws {
    if kernels.precision == .single {
      try check(Float.self, kernels)
    } else {
      try check(Double.self, kernels)
    }
  }

  private func check<Scalar: StateScalar>(_: Scalar.Type, _ kernels: KernelCase) throws {
    // Tiles up to 9 qubits; one sample of 9 and 10 qubits runs by itself.
    for (qubitCount, batch) in [(1, 2), (3, 9), (6, 4), (9, 9), (9, 1), (10, 1)] {
      var random = RandomOperations(seed: 5, qubitCount: qubitCount)
      let operations = random.operations(12)
      let observables = try observables(&random)
      let weights = random.numbers(3)
      let inputs = random.numbers(batch * 2).map { Scalar($0) }
      let plan = try Plan(
        operations, qubitCount: qubitCount, weightCount: 3, inputCount: 2,
        measuring: .expectations(observables))
      let engine = BatchEngine<Scalar>(plan, policy: .threads(2), kernels: kernels.table)
      var outputs = [Scalar](repeating: 9, count: batch * 3)
      var inputGradients = [Scalar](repeating: 9, count: batch * 2)
      let cotangents = random.numbers(batch * 3).map { Scalar($0) }
      _ = unsafe try engine.forward(
        weights: weights, inputs: inputs, batch: batch, outputs: &outputs)
      _ = unsafe try engine.backward(
        weights: weights, inputs: inputs, batch: batch, states: nil, cotangents: cotangents,
        inputGradients: &inputGradients)
      for sample in [0, batch - 1] {
        let (state, derivatives) = DenseOperations.runWithDerivatives(
          operations, qubitCount: qubitCount, weights: weights,
          inputs: (0..<2).map { Double(inputs[sample * 2 + $0]) })
        let images = observables.map { DenseOperations.apply($0, to: state) }
        for (index, image) in images.enumerated() {
          let found = Double(outputs[sample * 3 + index])
          #expect(
            abs(found - Self.product(state, image)) < tolerance(kernels), "\(qubitCount) qubits")
        }
        for input in 0..<2 {
          let expected = images.enumerated().reduce(0.0) {
            $0 + 2 * Double(cotangents[sample * 3 + $1.offset])
              * Self.product(derivatives[3 + input], $1.element)
          }
          let found = Double(inputGradients[sample * 2 + input])
          #expect(abs(found - expected) < 10 * tolerance(kernels), "\(qubitCount) qubits")
        }
      }
    }
  }

  /// Re ⟨a|b⟩.
  private static func product(_ a: [Complex<Double>], _ b: [Complex<Double>]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0.conjugate * $1.1).real }
  }

  @Test("have the expectation values of dense matrices in a state that is measured in parts")
  func parts() throws {
    var random = RandomOperations(seed: 6, qubitCount: 14)
    let operations = random.operations(10)
    let observables = try observables(&random)
    let plan = try Plan(
      operations, qubitCount: 14, weightCount: 3, inputCount: 2, measuring: .expectations([]))
    let (weights, inputs) = (random.numbers(3), random.numbers(2))
    let expected = DenseOperations.run(
      operations, qubitCount: 14, weights: weights, inputs: inputs)
    for kernels in KernelCase.all {
      let state = try StateVector(
        running: plan, weights: weights, inputs: inputs, precision: kernels.precision,
        policy: .threads(2), kernels: kernels.table)
      let values = try state.expectations(of: observables)
      for (value, observable) in zip(values, observables) {
        let image = DenseOperations.apply(observable, to: expected)
        #expect(abs(value - Self.product(expected, image)) < tolerance(kernels))
      }
    }
  }

  @Test("covariances agree with images of the state, in every engine")
  func covariances() throws {
    var circuit = Circuit(qubits: 4)
    for qubit in 0..<4 { circuit.append(.h, to: [qubit]) }
    circuit.append(.cx, to: [0, 2])
    circuit.append(.s, to: [1])
    circuit.append(.cz, to: [1, 3])
    circuit.append(.sx, to: [3])
    let state = try StateVector(running: circuit)
    let density = try DensityMatrix(running: circuit)
    let stabilizer = try StabilizerState(running: circuit)
    let amplitudes = state.amplitudes()
    var random = RandomOperations(seed: 8, qubitCount: 4)
    for terms in [1, 3, 120] {
      let (a, b) = (random.observable(terms: terms), random.observable(terms: terms))
      let left = DenseOperations.apply(a, to: amplitudes)
      let right = DenseOperations.apply(b, to: amplitudes)
      let expected =
        Self.product(left, right) - Self.product(amplitudes, left)
        * Self.product(amplitudes, right)
      // Coefficients up to 1: the product of the sums of a hundred.
      let tolerance = 1e-13 * a.coefficientNorm * b.coefficientNorm
      #expect(abs(try state.covariance(of: a, b) - expected) < tolerance)
      #expect(abs(try density.covariance(of: a, b) - expected) < tolerance)
      #expect(abs(try stabilizer.covariance(of: a, b) - expected) < tolerance)
      let own = try state.covariance(of: a, a)
      #expect(abs(try state.variance(of: a) - max(0, own)) < tolerance)
    }
    let huge = PauliSum((0..<5000).map { .init(1, PauliString(x: UInt64($0), z: 1 << 40)) })
    #expect(throws: SimulationError.productTooLarge(found: 8 * 5000 * 5000, limit: 1 << 25)) {
      try Plan(Circuit(qubits: 50), measuring: .variances([huge]))
    }
  }
}
