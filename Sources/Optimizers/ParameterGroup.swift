public import Autograd
import Arrays
import Compute

/// Parameters that share settings: a learning rate and a weight decay that differ from the optimizer's.
///
/// ```swift
/// let optimizer = Adam(
///   [
///     ParameterGroup(quantum.parameters, learningRate: 0.1, weightDecay: 0),
///     ParameterGroup(head.parameters),
///   ], learningRate: .cosine(from: 0.01, steps: 600), weightDecay: 1e-4)
/// ```
public struct ParameterGroup {
  /// The parameters.
  public var parameters: [Parameter]
  /// The learning rate of this group; that of the optimizer where it is nil.
  public var learningRate: Schedule?
  /// The weight decay of this group; that of the optimizer where it is nil.
  public var weightDecay: Double?

  /// A group of `parameters`, with the optimizer's settings where none are given.
  public init(
    _ parameters: [Parameter], learningRate: Schedule? = nil, weightDecay: Double? = nil
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }

  /// Traps where `groups` are no basis for `optimizer`.
  static func check(_ groups: [ParameterGroup], for optimizer: String) {
    let parameters = groups.flatMap(\.parameters)
    require(!parameters.isEmpty, "\(optimizer): expected parameters, found none")
    let distinct = Set(parameters.map(ObjectIdentifier.init))
    require(
      distinct.count == parameters.count,
      "\(optimizer): \(parameters.count - distinct.count) parameters are listed more than once")
    for parameter in parameters {
      require(
        parameter.dtype.isDifferentiable,
        "\(optimizer): expected parameters of floating-point or complex numbers, found "
          + "\(parameter.dtype)")
    }
    for decay in groups.compactMap(\.weightDecay) {
      require(
        decay >= 0, "\(optimizer): expected a weight decay of at least 0, found \(decay)")
    }
  }
}
