import Circuits
import ComplexModule
import Compute
import RealModule
import Simulation
import TestSupport
import Testing

/// One way to run the kernels.
struct KernelCase: Sendable, CustomTestStringConvertible {
  let table: KernelTable
  let precision: Precision

  var testDescription: String { "\(table.name), \(precision)" }
  /// Rounding: some hundred operations, each a few units in the last place.
  var tolerance: Double { precision == .single ? 2e-5 : 1e-12 }

  static let all: [KernelCase] = KernelTable.all.flatMap { table in
    Precision.allCases.map { KernelCase(table: table, precision: $0) }
  }
}

@Suite("Kernels against dense matrices") struct KernelTests {
  private let weights = [0.3, -1.1, 2.2]
  private let inputs = [0.7, -0.4]

  private func plan(
    _ operations: [ElementaryOperation], _ qubitCount: Int,
    _ measurement: Measurement = .expectations([])
  ) throws -> Plan {
    try Plan(
      operations, qubitCount: qubitCount, weightCount: 3, inputCount: 2, measuring: measurement)
  }

  private func maximumDifference(
    _ a: [Complex<Double>], _ b: [Complex<Double>]
  ) -> Double {
    zip(a, b).map { ($0 - $1).length }.max() ?? 0
  }

  @Test("apply each operation to every qubit of one state", arguments: KernelCase.all)
  func singleOperations(_ kernels: KernelCase) throws {
    for qubitCount in 1...6 {
      var random = RandomOperations(seed: 1, qubitCount: qubitCount)
      let prepare = (0..<qubitCount).map { qubit in
        ElementaryOperation(
          .matrix(random.unitary(1), targets: [qubit]), angle: 0,
          controls: ControlMask(mask: 0, value: 0))
      }
      for kind in 0..<60 {
        let operations = prepare + [random.operation(kind)]
        let state = try StateVector(
          running: plan(operations, qubitCount), weights: weights, inputs: inputs,
          precision: kernels.precision, policy: .serial, kernels: kernels.table)
        let expected = DenseOperations.run(
          operations, qubitCount: qubitCount, weights: weights, inputs: inputs)
        #expect(
          maximumDifference(state.amplitudes(), expected) < kernels.tolerance,
          "\(qubitCount) qubits, \(operations.last.map { "\($0)" } ?? "")")
      }
    }
  }

  @Test("run long circuits, in one block and in many", arguments: KernelCase.all)
  func circuits(_ kernels: KernelCase) throws {
    // A block holds 14 qubits in double precision, 15 in single: 16 has passes across blocks.
    for (qubitCount, count) in [(3, 100), (5, 100), (9, 60), (16, 40)] {
      var random = RandomOperations(seed: 2, qubitCount: qubitCount)
      let operations = random.operations(count)
      let observables = [random.observable(terms: 1), random.observable(terms: 5)]
      for threads in [1, 3] {
        let state = try StateVector(
          running: plan(operations, qubitCount), weights: weights, inputs: inputs,
          precision: kernels.precision, policy: .threads(threads), kernels: kernels.table)
        let expected = DenseOperations.run(
          operations, qubitCount: qubitCount, weights: weights, inputs: inputs)
        #expect(maximumDifference(state.amplitudes(), expected) < kernels.tolerance)
        let values = try state.expectations(of: observables)
        for (value, observable) in zip(values, observables) {
          let reference = DenseOperations.expectation(of: observable, in: expected)
          #expect(abs(value - reference) < 5 * kernels.tolerance)
        }
      }
    }
  }

  @Test("run batches whose samples differ", arguments: KernelCase.all)
  func batches(_ kernels: KernelCase) throws {
    if kernels.precision == .single {
      try checkBatch(Float.self, kernels)
    } else {
      try checkBatch(Double.self, kernels)
    }
  }

  private func checkBatch<Scalar: StateScalar>(_: Scalar.Type, _ kernels: KernelCase) throws {
    for (qubitCount, batch) in [(1, 3), (2, 16), (4, 37), (7, 9), (13, 2)] {
      var random = RandomOperations(seed: 3, qubitCount: qubitCount)
      let operations = random.operations(60)
      let inputs = random.numbers(batch * 2).map { Scalar($0) }
      let observables = (0..<3).map { random.observable(terms: $0 + 1) }
      let qubits = Array((0..<qubitCount).reversed().prefix(3))
      let states = (0..<3).map { _ in random.below(1 << qubitCount) }
      for measurement in [
        Measurement.expectations(observables), .probabilities(of: qubits), .amplitudes(of: states),
      ] {
        let plan = try plan(operations, qubitCount, measurement)
        let engine = BatchEngine<Scalar>(plan, policy: .threads(2), kernels: kernels.table)
        var outputs = [Scalar](repeating: -7, count: batch * plan.outputCount)
        _ = unsafe try engine.forward(
          weights: weights, inputs: inputs, batch: batch, outputs: &outputs)
        for sample in 0..<batch {
          let row = (0..<2).map { Double(inputs[sample * 2 + $0]) }
          let state = DenseOperations.run(
            operations, qubitCount: qubitCount, weights: weights, inputs: row)
          let expected = reference(measurement, state)
          for (index, value) in expected.enumerated() {
            let found = Double(outputs[sample * plan.outputCount + index])
            #expect(abs(found - value) < 5 * kernels.tolerance, "\(measurement)")
          }
        }
      }
    }
  }

  private func reference(_ measurement: Measurement, _ state: [Complex<Double>]) -> [Double] {
    switch measurement {
    case .expectations, .variances, .covariances:
      return measurement.measuredObservables.map { DenseOperations.expectation(of: $0, in: state) }
    case .probabilities(let qubits):
      var result = [Double](repeating: 0, count: 1 << qubits.count)
      for (basis, amplitude) in state.enumerated() {
        let outcome = qubits.enumerated().reduce(0) { sum, pair in
          sum + (basis / (1 << pair.element) % 2) << pair.offset
        }
        result[outcome] += amplitude.lengthSquared
      }
      return result
    case .amplitudes(let states):
      return states.flatMap { [state[$0].real, state[$0].imaginary] }
    }
  }

  @Test("give the reverse sweep's derivatives of outputs", arguments: KernelCase.all)
  func gradients(_ kernels: KernelCase) throws {
    if kernels.precision == .single {
      try checkGradients(Float.self, kernels)
    } else {
      try checkGradients(Double.self, kernels)
    }
  }

  /// Central differences of the dense reference, with a step whose error is about 1e-9.
  private func checkGradients<Scalar: StateScalar>(_: Scalar.Type, _ kernels: KernelCase) throws {
    let tolerance = kernels.precision == .single ? 5e-4 : 2e-8
    for (qubitCount, batch) in [(1, 2), (3, 9), (5, 17), (13, 2)] {
      var random = RandomOperations(seed: 4, qubitCount: qubitCount)
      let operations = random.operations(qubitCount > 8 ? 15 : 40)
      let inputs = random.numbers(batch * 2).map { Scalar($0) }
      let observables = (0..<2).map { random.observable(terms: $0 + 2) }
      let qubits = Array((0..<qubitCount).reversed().prefix(2))
      let states = (0..<3).map { _ in random.below(1 << qubitCount) }
      for measurement in [
        Measurement.expectations(observables), .probabilities(of: qubits), .amplitudes(of: states),
      ] {
        let plan = try plan(operations, qubitCount, measurement)
        let engine = BatchEngine<Scalar>(plan, policy: .threads(2), kernels: kernels.table)
        var outputs = [Scalar](repeating: 0, count: batch * plan.outputCount)
        let cotangents = random.numbers(batch * plan.outputCount).map { Scalar($0) }
        let states = unsafe try engine.forward(
          weights: weights, inputs: inputs, batch: batch, outputs: &outputs, keepingStates: true)
        for kept in [states, nil] {
          var inputGradients = [Scalar](repeating: 9, count: batch * 2)
          let weightGradients = unsafe try engine.backward(
            weights: weights, inputs: inputs, batch: batch, states: kept, cotangents: cotangents,
            inputGradients: &inputGradients)
          func loss(_ weights: [Double], _ sample: Int, _ row: [Double]) -> Double {
            let state = DenseOperations.run(
              operations, qubitCount: qubitCount, weights: weights, inputs: row)
            return reference(measurement, state).enumerated().reduce(0) {
              $0 + $1.element * Double(cotangents[sample * plan.outputCount + $1.offset])
            }
          }
          let step = 1e-5
          var expectedWeights = [Double](repeating: 0, count: 3)
          for sample in 0..<batch {
            let row = (0..<2).map { Double(inputs[sample * 2 + $0]) }
            for index in 0..<3 {
              var up = weights
              var down = weights
              up[index] += step
              down[index] -= step
              expectedWeights[index] +=
                (loss(up, sample, row) - loss(down, sample, row)) / (2 * step)
            }
            for index in 0..<2 {
              var up = row
              var down = row
              up[index] += step
              down[index] -= step
              let expected = (loss(weights, sample, up) - loss(weights, sample, down)) / (2 * step)
              let found = Double(inputGradients[sample * 2 + index])
              #expect(abs(found - expected) < tolerance * 10, "\(qubitCount) qubits, inputs")
            }
          }
          for (found, expected) in zip(weightGradients, expectedWeights) {
            #expect(
              abs(found - expected) < tolerance * Double(10 * batch), "\(qubitCount) qubits")
          }
        }
      }
    }
  }
}
