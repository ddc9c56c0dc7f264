import Foundation

/// The settings that ``Adam`` and ``AdamW`` share.
struct AdamSettings {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let isAMSGrad: Bool

  /// Traps where a setting makes no sense.
  func check(for optimizer: String) {
    for (name, beta) in [("beta1", beta1), ("beta2", beta2)] {
      precondition(
        (0..<1).contains(beta), "\(optimizer): expected \(name) in 0..<1, found \(beta)")
    }
    precondition(epsilon >= 0, "\(optimizer): expected an epsilon of at least 0, found \(epsilon)")
  }

  /// The number of state arrays: the two moments, and the largest second moment for AMSGrad.
  var stateCount: Int { isAMSGrad ? 3 : 2 }
}

/// The step of ``Adam`` and ``AdamW`` with the values of one group at one step.
struct AdamRule: StepRule {
  let settings: AdamSettings
  let rate: Double
  /// Added to the gradient as a multiple of the parameter (Adam).
  let coupledDecay: Double
  /// Taken from the parameter as a multiple of itself and the rate (AdamW).
  let decoupledDecay: Double
  /// The number of this step, from 1.
  let step: Int

  var stateCount: Int { settings.stateCount }

  func apply<Number: BinaryFloatingPoint>(
    parameter: UnsafeMutablePointer<Number>, gradient: UnsafePointer<Number>,
    state: UnsafeMutablePointer<Number>, count: Int
  ) {
    let first = unsafe state
    let second = unsafe state + count
    let largest = unsafe settings.isAMSGrad ? state + 2 * count : second
    let correction1 = 1 - pow(settings.beta1, Double(step))
    let correction2 = (1 - pow(settings.beta2, Double(step))).squareRoot()
    let shrink = Number(1 - rate * decoupledDecay)
    let decay = Number(coupledDecay)
    let added1 = Number(1 - settings.beta1)
    let beta2 = Number(settings.beta2)
    let added2 = Number(1 - settings.beta2)
    let root = Number(correction2)
    let epsilon = Number(settings.epsilon)
    let length = Number(rate / correction1)
    let isAMSGrad = settings.isAMSGrad
    for index in 0..<count {
      let start = unsafe parameter[index] * shrink
      let slope = unsafe gradient[index] + decay * start
      let mean = unsafe first[index] + added1 * (slope - first[index])
      let square = unsafe beta2 * second[index] + added2 * slope * slope
      unsafe first[index] = mean
      unsafe second[index] = square
      var scale = square
      if isAMSGrad {
        scale = unsafe max(largest[index], square)
        unsafe largest[index] = scale
      }
      unsafe parameter[index] = start - length * mean / (scale.squareRoot() / root + epsilon)
    }
  }
}
