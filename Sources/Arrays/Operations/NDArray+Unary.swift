import CArrayKernels
import ComplexModule
import RealModule

extension NDArray {
  /// A function of each element; integers become float32 first.
  private func mapped(_ operation: Int) -> NDArray {
    let source = (dtype.isFloatingPoint ? self : cast(to: .float32)).contiguous()
    let size = source.dtype.byteCount
    let kernels = source.dtype.kernels
    return unsafe .make(shape, source.dtype) { target in
      ElementwiseParts.forEach(count) { start, count in
        unsafe kernels.unary(
          Int32(operation), source.pointer + start * size, target + start * size, Int64(count))
      }
    }
  }

  /// A function of each element of a complex array.
  private func mappedComplex(
    _ single: (Complex<Float>) -> Complex<Float>, _ double: (Complex<Double>) -> Complex<Double>
  ) -> NDArray {
    dtype == .complex64
      ? NDArray(scalars(as: Complex<Float>.self).map(single), shape: shape)
      : NDArray(scalars(as: Complex<Double>.self).map(double), shape: shape)
  }

  /// The negative.
  public static prefix func - (a: NDArray) -> NDArray {
    switch a.dtype {
    case .complex64, .complex128: a.mappedComplex({ -$0 }, { -$0 })
    case .int64, .bool:
      NDArray(a.cast(to: .int64).scalars(as: Int.self).map { 0 &- $0 }, shape: a.shape)
    default: a.mapped(HK_NEGATE)
    }
  }

  /// e to the power of each element.
  public func exponential() -> NDArray {
    dtype.isComplex ? mappedComplex({ .exp($0) }, { .exp($0) }) : mapped(HK_EXP)
  }

  /// The natural logarithm; the principal branch of complex numbers.
  public func logarithm() -> NDArray {
    dtype.isComplex ? mappedComplex({ .log($0) }, { .log($0) }) : mapped(HK_LOG)
  }

  /// The square root; the principal branch of complex numbers.
  public func squareRoot() -> NDArray {
    dtype.isComplex ? mappedComplex({ .sqrt($0) }, { .sqrt($0) }) : mapped(HK_SQRT)
  }

  /// The sine.
  public func sine() -> NDArray {
    dtype.isComplex ? mappedComplex({ .sin($0) }, { .sin($0) }) : mapped(HK_SIN)
  }

  /// The cosine.
  public func cosine() -> NDArray {
    dtype.isComplex ? mappedComplex({ .cos($0) }, { .cos($0) }) : mapped(HK_COS)
  }

  /// The hyperbolic tangent.
  public func hyperbolicTangent() -> NDArray {
    dtype.isComplex ? mappedComplex({ .tanh($0) }, { .tanh($0) }) : mapped(HK_TANH)
  }

  /// 1 / (1 + e^{-x}).
  public func sigmoid() -> NDArray { mapped(HK_SIGMOID) }
  /// max(x, 0).
  public func relu() -> NDArray { mapped(HK_RELU) }
  /// x·Φ(x), Φ the distribution function of the standard normal distribution.
  public func gelu() -> NDArray { mapped(HK_GELU) }
  /// log(1 + e^x), without overflow.
  public func softplus() -> NDArray { mapped(HK_SOFTPLUS) }
  /// The error function.
  public func errorFunction() -> NDArray { mapped(HK_ERF) }
  /// -1, 0 or 1.
  public func sign() -> NDArray { mapped(HK_SIGN) }

  /// 1 / x.
  public func reciprocal() -> NDArray { dtype.isComplex ? 1 / self : mapped(HK_RECIPROCAL) }

  /// x².
  public func squared() -> NDArray { dtype.isFloatingPoint ? mapped(HK_SQUARE) : self * self }

  /// The modulus: a real array.
  public func absoluteValue() -> NDArray {
    switch dtype {
    case .complex64: NDArray(scalars(as: Complex<Float>.self).map(\.length), shape: shape)
    case .complex128: NDArray(scalars(as: Complex<Double>.self).map(\.length), shape: shape)
    case .int64: NDArray(scalars(as: Int.self).map { abs($0) }, shape: shape)
    default: mapped(HK_ABSOLUTE)
    }
  }

  /// The complex conjugate; real arrays stay as they are.
  public func conjugate() -> NDArray {
    dtype.isComplex ? mappedComplex({ $0.conjugate }, { $0.conjugate }) : self
  }

  /// The real parts: a view of a complex array, and a real array itself.
  public func realPart() -> NDArray { part(0) }

  /// The imaginary parts: a view of a complex array, and zeros for a real one.
  public func imaginaryPart() -> NDArray {
    dtype.isComplex ? part(1) : .zeros(shape, dtype: dtype)
  }

  private func part(_ place: Int) -> NDArray {
    guard dtype.isComplex else { return self }
    return NDArray(
      storage: storage, offset: 2 * offset + place, shape: shape, strides: strides &* 2,
      dtype: dtype.realType)
  }

  /// The complex array with given real and imaginary parts.
  public static func complex(real: NDArray, imaginary: NDArray) -> NDArray {
    let part = real.dtype.promoted(with: imaginary.dtype)
    precondition(part.isFloatingPoint, "complex: parts of \(part), expected floating point")
    let shape = real.shape.broadcast(with: imaginary.shape, for: "complex")
    let pairs = NDArray.stack(
      [
        real.cast(to: part).broadcast(to: shape), imaginary.cast(to: part).broadcast(to: shape),
      ], axis: -1)
    return NDArray(
      storage: pairs.storage, offset: 0, shape: shape, strides: shape.contiguousStrides,
      dtype: part.complexType)
  }
}
