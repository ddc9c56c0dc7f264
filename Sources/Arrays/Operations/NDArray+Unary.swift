import CArrayKernels
import ComplexModule
import Compute
import RealModule

extension NDArray {
  /// A function of each element; integers become float32 first where they have no such function.
  ///
  /// - Precondition: Complex numbers have the function.
  func mapped(_ operation: hk_unary, _ name: String) -> NDArray {
    var source = self
    if !dtype.isFloatingPoint {
      let isThere = ArrayKernelTable.best.has(operation, dtype)
      require(isThere || !dtype.isComplex, "\(name): not defined for numbers of \(dtype)")
      if !isThere { source = cast(to: .float32) }
    }
    source = source.contiguous()
    let type = source.dtype.kernelType
    let size = source.dtype.byteCount
    return unsafe .make(shape, source.dtype) { target in
      ElementwiseParts.forEach(count) { start, count in
        let place = start &* size
        unsafe hk_run_unary(
          ArrayKernelTable.best.table, operation, type, source.pointer + place, target + place,
          Int64(count))
      }
    }
  }

  /// The negative; truth values become integers.
  public static prefix func - (a: NDArray) -> NDArray {
    (a.dtype == .bool ? a.cast(to: .int64) : a).mapped(.negate, "-")
  }

  /// e to the power of each element.
  public func exponential() -> NDArray { mapped(.exp, "exp") }
  /// e^x - 1, accurate near 0; real arrays only.
  public func exponentialMinusOne() -> NDArray { mapped(.expm1, "expm1") }
  /// The natural logarithm; the principal branch of complex numbers.
  public func logarithm() -> NDArray { mapped(.log, "log") }
  /// log(1 + x), accurate near 0; real arrays only.
  public func logarithmOnePlus() -> NDArray { mapped(.log1p, "log1p") }
  /// The square root; the principal branch of complex numbers.
  public func squareRoot() -> NDArray { mapped(.sqrt, "sqrt") }
  /// The sine.
  public func sine() -> NDArray { mapped(.sin, "sin") }
  /// The cosine.
  public func cosine() -> NDArray { mapped(.cos, "cos") }
  /// The hyperbolic tangent.
  public func hyperbolicTangent() -> NDArray { mapped(.tanh, "tanh") }
  /// 1 / (1 + e^{-x}).
  public func sigmoid() -> NDArray { mapped(.sigmoid, "sigmoid") }
  /// max(x, 0).
  public func relu() -> NDArray { mapped(.relu, "relu") }
  /// x·Φ(x), Φ the distribution function of the standard normal distribution.
  public func gelu() -> NDArray { mapped(.gelu, "gelu") }
  /// x·(1 + tanh(√(2/π)(x + 0.044715 x³)))/2, which approximates ``gelu()``.
  public func geluTanh() -> NDArray { mapped(.gelu_tanh, "gelu") }
  /// log(1 + e^x), without overflow.
  public func softplus() -> NDArray { mapped(.softplus, "softplus") }
  /// The error function.
  public func errorFunction() -> NDArray { mapped(.erf, "erf") }
  /// -1, 0 or 1; NaN for NaN.
  public func sign() -> NDArray { mapped(.sign, "sign") }
  /// The largest integer that is not greater.
  public func floor() -> NDArray { dtype == .int64 ? self : mapped(.floor, "floor") }
  /// The smallest integer that is not less.
  public func ceiling() -> NDArray { dtype == .int64 ? self : mapped(.ceil, "ceil") }

  /// 1 / x.
  public func reciprocal() -> NDArray {
    dtype.isComplex ? 1 / self : mapped(.reciprocal, "reciprocal")
  }

  /// x².
  public func squared() -> NDArray {
    dtype.isFloatingPoint || dtype == .int64 ? mapped(.square, "square") : self * self
  }

  /// The modulus: a real array.
  public func absoluteValue() -> NDArray {
    guard dtype.isComplex else { return mapped(.absolute, "abs") }
    let source = contiguous()
    let real = dtype.realType
    return unsafe .make(shape, real) { target in
      ElementwiseParts.forEach(count) { start, count in
        unsafe hk_modulus(
          dtype.kernelType, source.pointer + start * dtype.byteCount,
          target + start * real.byteCount, Int64(count))
      }
    }
  }

  /// The complex conjugate; real arrays stay as they are.
  public func conjugate() -> NDArray { dtype.isComplex ? mapped(.conjugate, "conj") : self }

  /// The real parts: a view of a complex array, and a real array itself.
  public func realPart() -> NDArray { part(0) }

  /// The imaginary parts: a view of a complex array, and zeros for a real one.
  public func imaginaryPart() -> NDArray {
    dtype.isComplex ? part(1) : .zeros(shape, dtype: dtype)
  }

  private func part(_ place: Int) -> NDArray {
    guard dtype.isComplex else { return self }
    return NDArray(
      storage: storage, offset: 2 * offset + place, shape: shape, strides: strides.scaled(by: 2),
      dtype: dtype.realType)
  }

  /// The complex array with given real and imaginary parts.
  ///
  /// - Precondition: The parts are of floating point, and their shapes broadcast.
  public static func complex(real: NDArray, imaginary: NDArray) -> NDArray {
    let part = real.dtype.promoted(with: imaginary.dtype)
    require(part.isFloatingPoint, "complex: parts of \(part), expected floating point")
    let shape = real.shape.broadcast(with: imaginary.shape, for: "complex")
    let result = NDArray(uninitialized: shape, part.complexType)
    guard shape.count > 0 else { return result }
    let steps = shape.contiguousStrides.scaled(by: 2)
    let first = real.cast(to: part).broadcast(to: shape)
    let second = imaginary.cast(to: part).broadcast(to: shape)
    unsafe first.copyElements(to: result.pointer, steps)
    unsafe second.copyElements(to: result.pointer + part.byteCount, steps)
    return result
  }
}
