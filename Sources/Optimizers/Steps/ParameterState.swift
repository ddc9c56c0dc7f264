import Arrays
import Autograd
import CArrayKernels
import Compute

/// The arithmetic of one optimizer step on one parameter, by a fused kernel.
protocol StepRule {
  /// The number of state arrays that a step reads and writes.
  var stateCount: Int { get }

  /// Steps `count` real numbers of `parameter`, of the given type, in place.
  ///
  /// `state` is at the first number of the first state array; those of the next follow `stride` bytes on.
  func apply(
    _ type: hk_type, parameter: UnsafeMutableRawPointer, gradient: UnsafeRawPointer,
    state: UnsafeMutableRawPointer, stride: Int, count: Int)
}

/// What an optimizer remembers of one parameter.
struct ParameterState {
  /// The parameter itself: as long as its state lives, no other object has its identity.
  let parameter: Parameter
  /// The steps that this parameter has taken.
  var stepCount = 0
  /// The state arrays, along a leading axis, in the parameter's dtype; zero at first.
  private var arrays: NDArray

  /// The numbers of a part that one thread steps: the bounds never depend on the number of threads.
  private static let partSize = 1 << 15

  init(_ parameter: Parameter, arrayCount: Int) {
    self.parameter = parameter
    arrays = .zeros(Shape([arrayCount, parameter.count]), dtype: parameter.dtype)
  }

  /// A state whose arrays hold `numbers`, one after the other.
  ///
  /// - Precondition: There are as many as the arrays have, complex ones as pairs.
  init(_ parameter: Parameter, arrayCount: Int, stepCount: Int, numbers: [Double]) {
    self.init(parameter, arrayCount: arrayCount)
    self.stepCount = stepCount
    let isSingle = parameter.dtype.realType == .float32
    for (place, number) in numbers.enumerated() {
      if isSingle {
        unsafe arrays.pointer.storeBytes(of: Float(number), toByteOffset: 4 * place, as: Float.self)
      } else {
        unsafe arrays.pointer.storeBytes(of: number, toByteOffset: 8 * place, as: Double.self)
      }
    }
  }

  /// The numbers of the state arrays, one after the other, complex ones as pairs.
  var numbers: [Double] {
    let isSingle = parameter.dtype.realType == .float32
    let array = arrays.contiguous()
    return (0..<(array.count * (array.dtype.isComplex ? 2 : 1))).map { place in
      if isSingle {
        return Double(unsafe array.pointer.load(fromByteOffset: 4 * place, as: Float.self))
      }
      return unsafe array.pointer.load(fromByteOffset: 8 * place, as: Double.self)
    }
  }

  /// Steps the parameter by `rule`, with the gradient that it holds.
  ///
  /// Complex numbers are stepped as pairs of real ones, as torch does.
  ///
  /// - Precondition: it has a gradient, of its own shape and dtype.
  mutating func step(by rule: some StepRule) {
    guard let gradient = parameter.gradient?.contiguous() else {
      stop("optimizer: a parameter without gradient cannot be stepped")
    }
    let dtype = parameter.dtype
    require(
      gradient.shape == parameter.shape && gradient.dtype == dtype,
      "optimizer: parameter \(parameter.shape) of \(dtype) has a gradient \(gradient.shape) of "
        + "\(gradient.dtype)")
    let count = parameter.count * (dtype.isComplex ? 2 : 1)
    let size = dtype.realType.byteCount
    let type = dtype.realType.kernelType
    arrays.makeUnique()
    parameter.update { array in
      array.makeUnique()
      let target = unsafe array.pointer
      let source = unsafe gradient.pointer
      let state = unsafe arrays.pointer
      let parts = (count + Self.partSize - 1) / Self.partSize
      let policy: LoopPolicy = parts > 1 ? .automatic : .serial
      policy.forEach(count: parts) { part in
        let first = part * Self.partSize
        unsafe rule.apply(
          type, parameter: target + first * size, gradient: source + first * size,
          state: state + first * size, stride: count * size,
          count: min(Self.partSize, count - first))
      }
    }
  }
}
