import Arrays
import CArrayKernels

/// The step of ``SGD`` with the values of one group at one step.
struct MomentumRule: StepRule {
  let rate: Double
  let momentum: Double
  let dampening: Double
  let isNesterov: Bool
  let weightDecay: Double
  /// Whether the parameter has not been stepped before: then the gradient becomes the velocity whole.
  let isFirst: Bool

  var stateCount: Int { momentum == 0 ? 0 : 1 }

  func apply(
    _ type: hk_type, parameter: UnsafeMutableRawPointer, gradient: UnsafeRawPointer,
    state: UnsafeMutableRawPointer, stride: Int, count: Int
  ) {
    var step = hk_sgd()
    step.learning_rate = rate
    step.momentum = momentum
    step.dampening = dampening
    step.nesterov = isNesterov ? 1 : 0
    step.decay = weightDecay
    step.first = isFirst ? 1 : 0
    unsafe hk_step_sgd(
      ArrayKernelTable.best.table, type, &step, parameter, gradient,
      momentum == 0 ? nil : state, Int64(count))
  }
}
