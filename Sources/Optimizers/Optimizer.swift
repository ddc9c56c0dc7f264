public import Autograd
import Arrays

/// A rule that moves parameters against their gradients.
///
/// ```swift
/// let optimizer = Adam(model.parameters, learningRate: 0.01)
/// for batch in train.batches(of: 16, seed: 7) {
///   crossEntropy(model(batch.features), batch.labels).backward()
///   optimizer.step()
/// }
/// ```
///
/// A step uses the gradients up: ``step()`` leaves the parameters without them, so that the next
/// `backward()` begins anew, and several calls of `backward()` before one step add up. Where torch
/// keeps them until `zero_grad()`, ask for it with ``step(keepingGradients:)``.
///
/// Schedules are read at ``stepCount``: the first step uses their value at 0. Parameters whose gradient
/// is nil are passed over. The order of arithmetic is fixed and does not depend on threads.
public protocol Optimizer: AnyObject {
  /// The parameters, in groups with settings of their own.
  var groups: [ParameterGroup] { get set }
  /// The learning rate of the groups that have none of their own.
  var learningRate: Schedule { get set }
  /// The steps done so far.
  var stepCount: Int { get }
  /// What is remembered between steps; settings and the parameters themselves are no part of it.
  var state: OptimizerState { get }

  /// Goes on where another optimizer of the same kind and settings stood, on the same parameters.
  ///
  /// - Throws: ``OptimizerStateError`` if the state does not fit the parameters; nothing has changed then.
  func restore(_ state: OptimizerState) throws(OptimizerStateError)
  /// Moves each parameter that has a gradient by one step.
  ///
  /// - Parameter keepingGradients: Whether the gradients stay, to be read or added to.
  func step(keepingGradients: Bool)
}

extension Optimizer {
  /// Moves each parameter that has a gradient by one step, and takes its gradient away.
  public func step() { step(keepingGradients: false) }

  /// All parameters, group by group.
  public var parameters: [Parameter] { groups.flatMap(\.parameters) }

  /// Takes all gradients away without a step.
  public func zeroGradients() {
    for parameter in parameters { parameter.zeroGradient() }
  }

  /// The learning rate of each group at the next step.
  public var currentLearningRates: [Double] {
    groups.map { ($0.learningRate ?? learningRate).value(at: stepCount) }
  }

  /// Calls `update` for each parameter with a gradient, with the rate of its group at this step.
  func forEachGradient(
    keepingGradients: Bool,
    _ update: (_ parameter: Parameter, _ group: ParameterGroup, _ rate: Double) -> Void
  ) {
    for group in groups {
      let rate = (group.learningRate ?? learningRate).value(at: stepCount)
      for parameter in group.parameters where parameter.gradient != nil {
        update(parameter, group, rate)
        if !keepingGradients { parameter.zeroGradient() }
      }
    }
  }
}
