public import Autograd

/// Adam with a weight decay that is no part of the gradient.
///
/// Each step first takes `γλθ` from the parameter θ, then does the step of ``Adam`` with the gradient
/// alone: parameters with large gradients decay as fast as others. Loshchilov and Hutter, "Decoupled
/// weight decay regularization", arXiv:1711.05101.
public final class AdamW: Optimizer {
  /// The parameters, in groups with settings of their own.
  public var groups: [ParameterGroup] {
    didSet { ParameterGroup.check(groups, for: "AdamW") }
  }
  /// The learning rate γ of the groups that have none of their own.
  public var learningRate: Schedule
  /// The steps done so far.
  public private(set) var stepCount = 0
  /// The weight decay λ of the groups that have none of their own.
  public let weightDecay: Double

  private let settings: AdamSettings
  private var states: [ObjectIdentifier: ParameterState] = [:]

  /// An optimizer of `groups`, with torch's defaults.
  ///
  /// - Parameters:
  ///   - groups: The parameters; each in one group only.
  ///   - learningRate: The learning rate γ of the groups without their own.
  ///   - beta1: The share β₁ of the running mean that each step keeps.
  ///   - beta2: The share β₂ of the running square that each step keeps.
  ///   - epsilon: The number ε that bounds the scaled step.
  ///   - weightDecay: The weight decay λ of the groups without their own.
  ///   - amsgrad: Whether to scale by the largest running square so far.
  public init(
    _ groups: [ParameterGroup], learningRate: Schedule = 0.001, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01,
    amsgrad: Bool = false
  ) {
    settings = AdamSettings(beta1: beta1, beta2: beta2, epsilon: epsilon, isAMSGrad: amsgrad)
    settings.check(groups, weightDecay: weightDecay, for: "AdamW")
    self.groups = groups
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }

  /// An optimizer of one group of `parameters`, with torch's defaults.
  public convenience init(
    _ parameters: [Parameter], learningRate: Schedule = 0.001, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01,
    amsgrad: Bool = false
  ) {
    self.init(
      [ParameterGroup(parameters)], learningRate: learningRate, beta1: beta1, beta2: beta2,
      epsilon: epsilon, weightDecay: weightDecay, amsgrad: amsgrad)
  }

  /// The number of steps, and the running means of each parameter.
  public var state: OptimizerState {
    OptimizerState(stepCount: stepCount, memories: states.memories(of: parameters))
  }

  /// Goes on where another optimizer of the same settings stood.
  ///
  /// - Throws: ``OptimizerStateError`` if the state does not fit the parameters.
  public func restore(_ state: OptimizerState) throws(OptimizerStateError) {
    states = try [ObjectIdentifier: ParameterState](
      state.memories, of: parameters, arrayCount: settings.stateCount)
    stepCount = state.stepCount
  }

  /// Moves each parameter that has a gradient by one step.
  public func step(keepingGradients: Bool) {
    forEachGradient(keepingGradients: keepingGradients) { parameter, group, rate in
      states.stepByAdam(
        parameter, settings, rate: rate, weightDecay: group.weightDecay ?? weightDecay,
        isDecoupled: true)
    }
    stepCount += 1
  }
}
