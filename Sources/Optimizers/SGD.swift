public import Autograd
import Compute

/// Stochastic gradient descent, with momentum if wished.
///
/// With the gradient g, the learning rate γ, the weight decay λ, the momentum μ and the dampening τ:
///
///     g ← g + λθ
///     v ← μv + (1 − τ)g        (v ← g at a parameter's first step)
///     g ← g + μv if Nesterov, else v
///     θ ← θ − γg
///
/// As in torch the velocity v does not hold the learning rate. Sutskever et al., "On the importance of
/// initialization and momentum in deep learning" (ICML 2013).
public final class SGD: Optimizer {
  /// The parameters, in groups with settings of their own.
  public var groups: [ParameterGroup] {
    didSet { ParameterGroup.check(groups, for: "SGD") }
  }
  /// The learning rate γ of the groups that have none of their own.
  public var learningRate: Schedule
  /// The steps done so far.
  public private(set) var stepCount = 0
  /// The momentum μ.
  public let momentum: Double
  /// The dampening τ of the momentum.
  public let dampening: Double
  /// Whether the step looks ahead along the velocity.
  public let isNesterov: Bool
  /// The weight decay λ of the groups that have none of their own.
  public let weightDecay: Double

  private var states: [ObjectIdentifier: ParameterState] = [:]

  /// An optimizer of `groups`, with torch's defaults.
  ///
  /// - Parameters:
  ///   - groups: The parameters; each in one group only.
  ///   - learningRate: The learning rate γ of the groups without their own.
  ///   - momentum: The momentum μ; 0 keeps no state.
  ///   - dampening: The dampening τ.
  ///   - nesterov: Whether to look ahead.
  ///   - weightDecay: The weight decay λ of the groups without their own.
  /// - Precondition: with `nesterov`, the momentum is positive and there is no dampening.
  public init(
    _ groups: [ParameterGroup], learningRate: Schedule = 0.001, momentum: Double = 0,
    dampening: Double = 0, nesterov: Bool = false, weightDecay: Double = 0
  ) {
    ParameterGroup.check(groups, for: "SGD")
    require(momentum >= 0, "SGD: expected a momentum of at least 0, found \(momentum)")
    require(
      weightDecay >= 0, "SGD: expected a weight decay of at least 0, found \(weightDecay)")
    require(
      !nesterov || (momentum > 0 && dampening == 0),
      "SGD: Nesterov momentum needs a positive momentum and no dampening, found \(momentum) and "
        + "\(dampening)")
    self.groups = groups
    self.learningRate = learningRate
    self.momentum = momentum
    self.dampening = dampening
    isNesterov = nesterov
    self.weightDecay = weightDecay
  }

  /// An optimizer of one group of `parameters`, with torch's defaults.
  public convenience init(
    _ parameters: [Parameter], learningRate: Schedule = 0.001, momentum: Double = 0,
    dampening: Double = 0, nesterov: Bool = false, weightDecay: Double = 0
  ) {
    self.init(
      [ParameterGroup(parameters)], learningRate: learningRate, momentum: momentum,
      dampening: dampening, nesterov: nesterov, weightDecay: weightDecay)
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
      state.memories, of: parameters, arrayCount: momentum == 0 ? 0 : 1)
    stepCount = state.stepCount
  }

  /// Moves each parameter that has a gradient by one step.
  public func step(keepingGradients: Bool) {
    forEachGradient(keepingGradients: keepingGradients) { parameter, group, rate in
      let key = ObjectIdentifier(parameter)
      let known = states.removeValue(forKey: key)
      let rule = MomentumRule(
        rate: rate, momentum: momentum, dampening: dampening, isNesterov: isNesterov,
        weightDecay: group.weightDecay ?? weightDecay, isFirst: known == nil)
      var state = known ?? ParameterState(parameter, arrayCount: rule.stateCount)
      state.step(by: rule)
      states[key] = state
    }
    stepCount += 1
  }
}
