public import Circuits
public import Simulation

extension Circuit {
  /// The expectation value of an observable after this circuit.
  ///
  /// ```swift
  /// let energy = try circuit.expectation(of: PauliSum("Z0*Z1 + 0.5*X2"), inputs: x, weights: w)
  /// let noisy = try circuit.expectation(of: PauliSum("Z0*Z1"), on: .densityMatrix(noise: noise), weights: w)
  /// ```
  ///
  /// - Throws: ``GradientError/simulation(_:)`` if counts or qubits do not fit, memory does not suffice, or the device
  ///   cannot do what the circuit asks for.
  public func expectation(
    of observable: PauliSum, on device: any Device = .stateVector, inputs: [Double] = [],
    weights: [Double] = []
  ) throws(GradientError) -> Double {
    let function = try makeFunction(of: observable, device)
    return try function.outputs(at: SampleBatch(weights: weights, inputs: inputs))[0]
  }

  /// The derivatives of an expectation value with respect to the weights.
  ///
  /// - Parameters:
  ///   - observable: What is measured.
  ///   - device: What the circuit runs on.
  ///   - inputs: The values of the circuit's inputs.
  ///   - weights: The values of its weights.
  ///   - method: How derivatives are taken; by default as the device says.
  /// - Returns: As many numbers as weights.
  /// - Throws: ``GradientError`` as the method.
  public func gradient(
    of observable: PauliSum, on device: any Device = .stateVector, inputs: [Double] = [],
    weights: [Double] = [], by method: (any GradientMethod)? = nil
  ) throws(GradientError) -> [Double] {
    let function = try makeFunction(of: observable, device)
    let method: any GradientMethod = method ?? device.gradientMethod
    return try method.vectorJacobianProduct(
      of: function, at: SampleBatch(weights: weights, inputs: inputs), cotangents: [1]
    ).weights
  }

  private func makeFunction(
    of observable: PauliSum, _ device: any Device
  ) throws(GradientError) -> CircuitFunction {
    do throws(SimulationError) {
      return try CircuitFunction(self, measuring: .expectations([observable]), on: device)
    } catch {
      throw .simulation(error)
    }
  }
}
