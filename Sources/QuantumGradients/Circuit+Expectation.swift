public import Circuits
import Simulation

extension Circuit {
  /// The expectation value of an observable after this circuit.
  ///
  /// ```swift
  /// let energy = try circuit.expectation(of: "Z0*Z1 + 0.5*X2", inputs: x, weights: w)
  /// ```
  ///
  /// - Throws: ``GradientError/simulation(_:)`` if counts or qubits do not fit or memory does not suffice.
  public func expectation(
    of observable: PauliSum, inputs: [Double] = [], weights: [Double] = []
  ) throws(GradientError) -> Double {
    let function = try makeFunction(of: observable)
    return try function.outputs(at: SampleBatch(weights: weights, inputs: inputs))[0]
  }

  /// The derivatives of an expectation value with respect to the weights.
  ///
  /// - Throws: ``GradientError`` as the method.
  public func gradient(
    of observable: PauliSum, inputs: [Double] = [], weights: [Double] = [],
    by method: some GradientMethod = Adjoint()
  ) throws(GradientError) -> [Double] {
    let function = try makeFunction(of: observable)
    return try method.vectorJacobianProduct(
      of: function, at: SampleBatch(weights: weights, inputs: inputs), cotangents: [1]
    ).weights
  }

  private func makeFunction(of observable: PauliSum) throws(GradientError) -> CircuitFunction {
    do throws(SimulationError) {
      return try CircuitFunction(self, measuring: .expectations([observable]))
    } catch {
      throw .simulation(error)
    }
  }
}
