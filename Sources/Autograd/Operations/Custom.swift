public import Arrays
import Compute

/// A user's derivative, kept by the record of his operation.
final class CustomDerivative {
  let name: String
  let derivative: (Tensor) -> [Tensor?]

  init(name: String, derivative: @escaping (Tensor) -> [Tensor?]) {
    self.name = name
    self.derivative = derivative
  }
}

extension Operation {
  static let custom = Operation("custom") { d in
    guard let rule = d.keeper as? CustomDerivative else { return }
    let gradients = rule.derivative(d.upstream)
    require(
      gradients.count == d.inputCount,
      "'\(rule.name)' has \(d.inputCount) inputs, its derivative gave \(gradients.count) gradients")
    for (index, gradient) in gradients.enumerated() {
      if let gradient { d.pass(gradient, to: index) }
    }
  }
}

extension Tensor {
  /// An operation of your own: its result and its derivative.
  ///
  /// ```swift
  /// let cube = x.array * x.array * x.array
  /// let y = Tensor.custom(name: "cube", inputs: [x], output: cube) { upstream in
  ///   [upstream * 3 * x * x]
  /// }
  /// ```
  ///
  /// The rule may use the inputs as tensors, as above; then second derivatives follow. It must not
  /// hold the result, which would keep the graph alive for ever; an array of it is fine.
  ///
  /// - Parameters:
  ///   - name: What errors and ``firstNonFiniteOperation()`` call the operation.
  ///   - inputs: What the result depends on.
  ///   - output: The result.
  ///   - derivative: Given the gradient of the loss with respect to the result, returns those with
  ///     respect to each input, nil for none. Called at most once for each sweep, on the sweep's
  ///     thread, with recording off unless the sweep creates a graph.
  /// - Returns: A tensor of the value `output`, recorded if an input is tracked.
  public static func custom(
    name: String, inputs: [Tensor], output: NDArray,
    derivative: @escaping (_ upstream: Tensor) -> [Tensor?]
  ) -> Tensor {
    recorded(.custom, output, inputs) {
      $0.keeper = CustomDerivative(name: name, derivative: derivative)
      // So that a fault of the user's own operation is told from one of a later operation.
      $0.save(output, from: .output)
    }
  }
}
