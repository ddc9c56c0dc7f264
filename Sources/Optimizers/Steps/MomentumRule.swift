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
    _ kernels: hk_kernels, parameter: UnsafeMutableRawPointer, gradient: UnsafeRawPointer,
    state: UnsafeMutableRawPointer, stride: Int, count: Int
  ) {
    var step = hk_step()
    step.rate = rate
    step.momentum = momentum
    step.dampening = dampening
    step.nesterov = isNesterov ? 1 : 0
    step.decay = weightDecay
    step.first = isFirst ? 1 : 0
    unsafe kernels.sgd(&step, parameter, gradient, state, Int64(count))
  }
}
