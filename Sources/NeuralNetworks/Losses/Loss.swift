public import Arrays
public import Autograd
import Compute

/// A loss as a value: what a model's output and the labels of a batch make, as a mean over the samples.
///
/// ```swift
/// Trainer(model, optimizer, loss: .crossEntropy(labelSmoothing: 0.1))
/// Trainer(model, optimizer, loss: Loss("absolute error") { ($0 - Tensor($1)).abs().mean() })
/// ```
public struct Loss: Sendable {
  /// The name, for reports.
  public let name: String
  private let function: @Sendable (Tensor, NDArray) -> Tensor

  /// The loss called `name` that `function` computes.
  ///
  /// - Parameters:
  ///   - name: The name, for reports.
  ///   - function: Gives one number, the mean over the samples, from the output and the labels.
  public init(
    _ name: String, _ function: @escaping @Sendable (_ output: Tensor, _ labels: NDArray) -> Tensor
  ) {
    self.name = name
    self.function = function
  }

  /// Returns the loss of `output` against `labels`: a number.
  public func callAsFunction(_ output: Tensor, _ labels: NDArray) -> Tensor {
    let value = function(output, labels)
    require(value.count == 1, "loss \(name): expected one number, found shape \(value.shape)")
    return value
  }

  /// The cross-entropy on logits: ``crossEntropy(_:_:reduction:labelSmoothing:ignoredClass:)``.
  public static var crossEntropy: Loss { crossEntropy(labelSmoothing: 0) }

  /// The cross-entropy on logits with smoothed labels.
  public static func crossEntropy(labelSmoothing: Double) -> Loss {
    Loss("cross-entropy") { output, labels in
      NeuralNetworks.crossEntropy(output, labels, labelSmoothing: labelSmoothing)
    }
  }

  /// The mean squared error.
  ///
  /// Targets of shape `[samples]` are compared with outputs of shape `[samples, 1]` too.
  public static var meanSquaredError: Loss {
    Loss("mean squared error") { output, labels in
      NeuralNetworks.meanSquaredError(output, labels.matching(output.shape))
    }
  }
}

extension NDArray {
  /// The labels of shape `[samples]` as `[samples, 1]` where the output has that shape.
  func matching(_ output: Shape) -> NDArray {
    rank == 1 && output.array == shape.array + [1] ? unsqueezed(-1) : self
  }
}
