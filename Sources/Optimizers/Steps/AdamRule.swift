import Arrays
import CArrayKernels
import Compute
import Foundation

/// The settings that ``Adam`` and ``AdamW`` share.
struct AdamSettings {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let isAMSGrad: Bool

  /// Traps where a setting makes no sense, or the groups and the decay they begin with do not.
  func check(_ groups: [ParameterGroup], weightDecay: Double, for optimizer: String) {
    for (name, beta) in [("beta1", beta1), ("beta2", beta2)] {
      require(
        (0..<1).contains(beta), "\(optimizer): expected \(name) in 0..<1, found \(beta)")
    }
    require(epsilon >= 0, "\(optimizer): expected an epsilon of at least 0, found \(epsilon)")
    require(
      weightDecay >= 0,
      "\(optimizer): expected a weight decay of at least 0, found \(weightDecay)")
    ParameterGroup.check(groups, for: optimizer)
  }

  /// The number of state arrays: the two moments, and the largest second moment for AMSGrad.
  var stateCount: Int { isAMSGrad ? 3 : 2 }
}

/// The step of ``Adam`` and ``AdamW`` with the values of one group at one step.
struct AdamRule: StepRule {
  let settings: AdamSettings
  let rate: Double
  let weightDecay: Double
  /// Whether the decay is taken from the parameter (AdamW) rather than added to the gradient (Adam).
  let isDecoupled: Bool
  /// The number of this step, from 1.
  let number: Int

  var stateCount: Int { settings.stateCount }

  func apply(
    _ type: hk_type, parameter: UnsafeMutableRawPointer, gradient: UnsafeRawPointer,
    state: UnsafeMutableRawPointer, stride: Int, count: Int
  ) {
    var step = hk_adam()
    step.learning_rate = rate
    step.decay = weightDecay
    step.decoupled = isDecoupled ? 1 : 0
    step.beta1 = settings.beta1
    step.beta2 = settings.beta2
    step.epsilon = settings.epsilon
    step.correction1 = 1 - pow(settings.beta1, Double(number))
    step.correction2 = 1 - pow(settings.beta2, Double(number))
    let largest = unsafe settings.isAMSGrad ? state + 2 * stride : nil
    unsafe hk_step_adam(
      ArrayKernelTable.best.table, type, &step, parameter, gradient, state, state + stride, largest,
      Int64(count))
  }
}
