public import Autograd

/// Adam: steps scaled by running means of the gradient and of its square.
///
/// With the gradient g, the learning rate γ, the weight decay λ and step t from 1:
///
///     g ← g + λθ
///     m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)g²
///     θ ← θ − γ · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
///
/// AMSGrad takes the largest v so far in place of v. The weight decay is part of the gradient here; for
/// one that is not, see ``AdamW``. t counts the steps of each parameter. Kingma and Ba, "Adam: a
/// method for stochastic optimization", arXiv:1412.6980; Reddi, Kale and Kumar, "On the convergence of
/// Adam and beyond" (ICLR 2018).
public final class Adam: Optimizer {
  /// The parameters, in groups with settings of their own.
  public var groups: [ParameterGroup] {
    didSet { ParameterGroup.check(groups, for: "Adam") }
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
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false
  ) {
    settings = AdamSettings(beta1: beta1, beta2: beta2, epsilon: epsilon, isAMSGrad: amsgrad)
    settings.check(groups, weightDecay: weightDecay, for: "Adam")
    self.groups = groups
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }

  /// An optimizer of one group of `parameters`, with torch's defaults.
  public convenience init(
    _ parameters: [Parameter], learningRate: Schedule = 0.001, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false
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
        isDecoupled: false)
    }
    stepCount += 1
  }
}

extension [ObjectIdentifier: ParameterState] {
  /// Steps `parameter` by the rule that Adam and AdamW share, and keeps its state.
  mutating func stepByAdam(
    _ parameter: Parameter, _ settings: AdamSettings, rate: Double, weightDecay: Double,
    isDecoupled: Bool
  ) {
    let key = ObjectIdentifier(parameter)
    var state =
      removeValue(forKey: key) ?? ParameterState(parameter, arrayCount: settings.stateCount)
    state.stepCount += 1
    state.step(
      by: AdamRule(
        settings: settings, rate: rate, weightDecay: weightDecay, isDecoupled: isDecoupled,
        number: state.stepCount))
    self[key] = state
  }
}
