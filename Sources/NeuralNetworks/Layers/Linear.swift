public import Arrays
public import Autograd
import Compute

/// An affine map of the last axis: `y = x·Wᵀ + b`.
///
/// - Shape: input `[…, inputs]`, output `[…, outputs]`.
public struct Linear: Layer {
  /// The weight `W`, of shape `[outputs, inputs]`; uniform in `±1/√inputs` at first, as in torch.
  public let weight: Parameter
  /// The bias `b`, of shape `[outputs]`, nil for none; uniform in `±1/√inputs` at first.
  public let bias: Parameter?

  /// A layer with fresh weights.
  ///
  /// - Parameters:
  ///   - inputs: The length of the input's last axis.
  ///   - outputs: The length of the output's last axis.
  ///   - bias: Whether there is a bias.
  ///   - dtype: The type of the parameters.
  ///   - weight: The rule for the weight's first values.
  ///   - biasValues: The rule for the bias' first values; torch's where it is nil.
  ///   - seed: The key of the first values; see ``LayerSeed``.
  public init(
    inputs: Int, outputs: Int, bias: Bool = true, dtype: DType = .float32,
    weight: Initializer = .kaimingUniform(a: 5.0.squareRoot()), biasValues: Initializer? = nil,
    seed: LayerSeed = .next()
  ) {
    require(
      inputs > 0 && outputs > 0,
      "Linear: expected positive lengths, found \(inputs) inputs and \(outputs) outputs")
    var stream = seed.stream(.initialization)
    self.weight = Parameter(weight([outputs, inputs], dtype: dtype, using: &stream))
    let bound = 1 / Double(inputs).squareRoot()
    let biasValues = biasValues ?? .uniform(from: -bound, to: bound)
    self.bias = bias ? Parameter(biasValues([outputs], dtype: dtype, using: &stream)) : nil
  }

  /// A layer with given values.
  ///
  /// - Parameters:
  ///   - weight: Of shape `[outputs, inputs]`.
  ///   - bias: Of shape `[outputs]`, or nil for none.
  public init(weight: NDArray, bias: NDArray? = nil) {
    require(weight.rank == 2, "Linear: expected a weight of two axes, found \(weight.shape)")
    if let bias {
      require(
        bias.shape == [weight.shape[0]] && bias.dtype == weight.dtype,
        "Linear: weight \(weight.shape) of \(weight.dtype) and bias \(bias.shape) of "
          + "\(bias.dtype) do not fit")
    }
    self.weight = Parameter(weight)
    self.bias = bias.map { Parameter($0) }
  }

  /// Returns the affine image of each vector along the last axis of `x`.
  ///
  /// - Precondition: that axis has as many elements as the weight has columns.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(
      x.rank >= 1 && x.shape[-1] == weight.shape[1],
      "Linear: input of shape \(x.shape) does not fit the weight of shape \(weight.shape): the last axis "
        + "must have \(weight.shape[1]) numbers")
    return x.linear(weight: weight.value, bias: bias?.value)
  }

  /// Visits `weight`, then `bias` if there is one.
  public func visitParameters(_ visit: (String, Parameter) -> Void) {
    visit("weight", weight)
    if let bias { visit("bias", bias) }
  }
}
