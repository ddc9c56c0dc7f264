import Arrays
import Autograd

/// The arithmetic of one optimizer step on plain numbers: one pass over parameter, gradient and state.
///
/// Complex numbers are stepped as pairs of real ones, as torch does.
protocol StepRule {
  /// The number of state arrays that ``apply(parameter:gradient:state:count:)`` reads and writes.
  var stateCount: Int { get }

  /// Steps `count` numbers of `parameter` in place.
  ///
  /// `state` holds `stateCount` blocks of `count` numbers, one after another.
  func apply<Number: BinaryFloatingPoint>(
    parameter: UnsafeMutablePointer<Number>, gradient: UnsafePointer<Number>,
    state: UnsafeMutablePointer<Number>, count: Int)
}

/// What an optimizer remembers of one parameter.
struct ParameterState {
  /// The parameter itself: as long as its state lives, no other object has its identity.
  let parameter: Parameter
  /// The steps that this parameter has taken.
  var stepCount = 0
  /// The state arrays, along a leading axis, in the parameter's dtype; zero at first.
  private var arrays: NDArray

  init(_ parameter: Parameter, arrayCount: Int) {
    self.parameter = parameter
    arrays = .zeros(Shape([arrayCount, parameter.count]), dtype: parameter.dtype)
  }

  /// Steps the parameter by `rule`, with the gradient that it holds.
  ///
  /// - Precondition: it has a gradient, of its own shape and dtype.
  mutating func step(by rule: some StepRule) {
    guard let gradient = parameter.gradient?.contiguous() else {
      preconditionFailure("optimizer: a parameter without gradient cannot be stepped")
    }
    precondition(
      gradient.shape == parameter.shape && gradient.dtype == parameter.dtype,
      "optimizer: parameter \(parameter.shape) of \(parameter.dtype) has a gradient "
        + "\(gradient.shape) of \(gradient.dtype)")
    switch parameter.dtype {
    case .float32: apply(rule, gradient, as: Float.self, numbersPerElement: 1)
    case .float64: apply(rule, gradient, as: Double.self, numbersPerElement: 1)
    case .complex64: apply(rule, gradient, as: Float.self, numbersPerElement: 2)
    case .complex128: apply(rule, gradient, as: Double.self, numbersPerElement: 2)
    case .int64, .bool:
      preconditionFailure("optimizer: a parameter of \(parameter.dtype) has no gradient")
    }
  }

  private mutating func apply<Number: BinaryFloatingPoint>(
    _ rule: some StepRule, _ gradient: NDArray, as _: Number.Type, numbersPerElement: Int
  ) {
    let count = parameter.count * numbersPerElement
    arrays.makeUnique()
    parameter.update { array in
      array.makeUnique()
      unsafe rule.apply(
        parameter: array.pointer.assumingMemoryBound(to: Number.self),
        gradient: gradient.pointer.assumingMemoryBound(to: Number.self),
        state: arrays.pointer.assumingMemoryBound(to: Number.self), count: count)
    }
  }
}
