import ComplexModule
import RealModule

extension NDArray {
  /// The array with its elements in another type, rounded or widened.
  ///
  /// It is the array itself where it has that type. Real numbers become integers by dropping the fraction, truth values by being other than 0.
  ///
  /// - Precondition: A complex array is not cast to a real one: take its real part.
  public func cast(to target: DType) -> NDArray {
    if dtype == target { return self }
    precondition(
      !dtype.isComplex || target.isComplex,
      "cast: \(dtype) to \(target) would drop the imaginary part; take realPart()")
    switch (dtype, target) {
    case (.float32, .float64): return converted(Float.self) { Double($0) }
    case (.float64, .float32): return converted(Double.self) { Float($0) }
    case (.bool, .float32): return converted(Bool.self) { Float($0 ? 1 : 0) }
    case (.bool, .float64): return converted(Bool.self) { $0 ? 1.0 : 0.0 }
    case (.bool, .int64): return converted(Bool.self) { $0 ? 1 : 0 }
    case (.int64, .float32): return converted(Int.self) { Float($0) }
    case (.int64, .float64): return converted(Int.self) { Double($0) }
    case (.int64, .bool): return converted(Int.self) { $0 != 0 }
    case (.float32, .bool): return converted(Float.self) { $0 != 0 }
    case (.float64, .bool): return converted(Double.self) { $0 != 0 }
    case (.float32, .int64): return converted(Float.self) { Self.integer(Double($0)) }
    case (.float64, .int64): return converted(Double.self) { Self.integer($0) }
    case (.complex64, .complex128):
      return converted(Complex<Float>.self) { Complex(Double($0.real), Double($0.imaginary)) }
    case (.complex128, .complex64):
      return converted(Complex<Double>.self) { Complex(Float($0.real), Float($0.imaginary)) }
    case (_, .complex64):
      return cast(to: .float32).converted(Float.self) { Complex($0, 0) }
    default:
      return cast(to: .float64).converted(Double.self) { Complex($0, 0) }
    }
  }

  private static func integer(_ value: Double) -> Int {
    precondition(
      abs(value) < 0x1p63, "cast: \(value) is no 64-bit integer")
    return Int(value)
  }

  private func converted<Old: ArrayElement, New: ArrayElement>(
    _: Old.Type, _ convert: (Old) -> New
  ) -> NDArray {
    let source = contiguous()
    return unsafe .make(shape, New.dtype) { target in
      let new = unsafe target.bindMemory(to: New.self, capacity: count)
      unsafe source.withElements(as: Old.self) { old in
        for index in 0..<count { unsafe new[index] = convert(old[index]) }
      }
    }
  }
}
