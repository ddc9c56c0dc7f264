import Compute

extension BatchEngine {
  /// The output of a plan that has one and reads no inputs, and its gradient with respect to the weights.
  ///
  /// - Throws: ``SimulationError`` if the number of weights does not fit or memory does not suffice.
  /// - Precondition: The plan has one output and no inputs.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func outputAndGradient(
    weights: [Double]
  ) throws(SimulationError) -> (output: Double, gradient: [Double]) {
    require(
      plan.outputCount == 1 && plan.inputCount == 0,
      "expected one output and no inputs, found \(plan.outputCount) and \(plan.inputCount)")
    var output: Scalar = 0
    let states = unsafe try forward(
      weights: weights, inputs: nil, batch: 1, outputs: &output, keepingStates: true)
    var one: Scalar = 1
    let gradient = unsafe try backward(
      weights: weights, inputs: nil, batch: 1, states: states, cotangents: &one,
      inputGradients: nil)
    return (Double(output), gradient)
  }
}
