import Circuits
import Compute
import QuantumGradients
import Simulation
import Testing

/// The parameter-shift rule where one state serves both shifts, and where it cannot, against the adjoint method.
@Suite("Shifted pairs") struct ShiftedPairTests {
  /// Some thirty operations; outputs and angles of order one.
  private static let tolerance = 1e-12
  private static let singleTolerance = 1e-4

  /// Rotations, phases and controlled rotations in turn, one angle that several gates share, and what the outputs do
  /// not see: a rotation about Z at the start, one after the last gate that leads to what is measured.
  private func circuit(qubits: Int) -> Circuit {
    Circuit(qubits: qubits) {
      RZ(.weight(0), 0)
      for qubit in 0..<qubits { RY(.weight(1 + qubit), qubit) }
      CP(.weight(qubits + 1), 0, 1)
      RX(.weight(1) * 0.5 + .input(0), 0)
      CRX(.weight(qubits + 2), 1, 0)
      RXX(.input(0), 0, qubits - 1)
      P(.weight(2), 1)
      P(.weight(3), 0).inverse()
      CX(0, 1)
      RX(-.weight(qubits + 3), 1)
      RY(.weight(0), qubits - 2)
      RZ(.weight(qubits + 4), 1)
    }
  }

  private func check<Scalar: StateScalar>(
    _ qubits: Int, _ measurement: Measurement, _ tolerance: Double, _: Scalar.Type
  ) throws {
    let function = try CircuitFunction(circuit(qubits: qubits), measuring: measurement)
    let batch = SampleBatch<Scalar>(
      weights: (0..<function.weightCount).map { 0.3 + 0.7 * Double($0) }, inputs: [0.4, -1.1],
      count: 2)
    let outputs = function.outputCount
    let cotangents = (0..<(2 * outputs)).map { Scalar(1) / Scalar($0 + 1) }
    let shifted = try ParameterShift().vectorJacobianProduct(
      of: function, at: batch, cotangents: cotangents)
    let exact = try Adjoint().vectorJacobianProduct(of: function, at: batch, cotangents: cotangents)
    #expect(zip(shifted.weights, exact.weights).allSatisfy { abs($0 - $1) < tolerance })
    #expect(zip(shifted.inputs, exact.inputs).allSatisfy { abs(Double($0 - $1)) < tolerance })
    // Neither side is all zeros.
    #expect(exact.weights.contains { abs($0) > 0.01 })
  }

  @Test("agree with the adjoint method as tiles and as large states", arguments: [3, 5, 13])
  func agreement(qubits: Int) throws {
    for measurement: Measurement in [
      .expectations([.z(1)]), .probabilities(of: [1, 0]), .variances([.z(0) + .z(1)]),
      .expectations([.z(qubits - 1)]),
    ] {
      try check(qubits, measurement, Self.tolerance, Double.self)
      try check(qubits, measurement, Self.singleTolerance, Float.self)
    }
  }

  @Test("estimate the derivatives by shots without bias, of what the outputs do not see too")
  func shots() throws {
    let function = try CircuitFunction(circuit(qubits: 3), measuring: .expectations([.z(1)]))
    let weights = (0..<function.weightCount).map { 0.3 + 0.7 * Double($0) }
    let batch = SampleBatch<Double>(weights: weights, inputs: [0.4], count: 1)
    let exact = try Adjoint().vectorJacobianProduct(of: function, at: batch, cotangents: [1])
    var sums = [Double](repeating: 0, count: weights.count)
    let runs = 400
    for seed in 0..<runs {
      let drawn = try ParameterShift(shots: Shots(100, seed: UInt64(seed))).vectorJacobianProduct(
        of: function, at: batch, cotangents: [1])
      for (index, value) in drawn.weights.enumerated() { sums[index] += value / Double(runs) }
    }
    // A two-term derivative of a sign has a variance of at most 1/2 a shot, four-term and shared ones of less than 4.
    let error = (4.0 / Double(100 * runs)).squareRoot()
    for (found, expected) in zip(sums, exact.weights) {
      #expect(abs(found - expected) < 5 * error)
    }
    #expect(sums != exact.weights)
  }

  @Test("ask for the outputs of all shifts before any is run")
  func memory() throws {
    let function = try CircuitFunction(
      circuit(qubits: 10), measuring: .probabilities(of: Array(0..<10)), policy: .serial,
      budget: MemoryBudget(limit: 500_000))
    let weights = [Double](repeating: 0.3, count: function.weightCount)
    let batch = SampleBatch<Double>(weights: weights, inputs: [0.4], count: 1)
    // Some forty shifts of 1024 outputs; a tile of states takes 130 thousand bytes.
    #expect {
      try ParameterShift().vectorJacobianProduct(
        of: function, at: batch, cotangents: Array(repeating: 1, count: 1024))
    } throws: { error in
      "\(error)".contains("shifted angles")
    }
  }
}
