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

  func apply<Number: BinaryFloatingPoint>(
    parameter: UnsafeMutablePointer<Number>, gradient: UnsafePointer<Number>,
    state velocity: UnsafeMutablePointer<Number>, count: Int
  ) {
    let rate = Number(rate)
    let decay = Number(weightDecay)
    guard momentum != 0 else {
      for index in 0..<count {
        unsafe parameter[index] -= rate * (gradient[index] + decay * parameter[index])
      }
      return
    }
    let momentum = Number(momentum)
    let kept: Number = isFirst ? 0 : momentum
    let added = isFirst ? 1 : Number(1 - dampening)
    for index in 0..<count {
      let slope = unsafe gradient[index] + decay * parameter[index]
      let speed = unsafe kept * velocity[index] + added * slope
      unsafe velocity[index] = speed
      unsafe parameter[index] -= rate * (isNesterov ? slope + momentum * speed : speed)
    }
  }
}
