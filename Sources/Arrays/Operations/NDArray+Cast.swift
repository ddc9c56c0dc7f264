import CArrayKernels
import Compute

extension NDArray {
  /// The array with its elements in another type, rounded or widened; itself where it has that type.
  ///
  /// Real numbers become integers by dropping the fraction, truth values by being other than 0.
  ///
  /// - Precondition: A complex array is not cast to a real one (take its real part), and numbers cast to
  ///   int64 fit it.
  public func cast(to target: DType) -> NDArray {
    if dtype == target { return self }
    require(
      !dtype.isComplex || target.isComplex || target == .bool,
      "cast: \(dtype) to \(target) would drop the imaginary part; take realPart()")
    let source = contiguous()
    let from = dtype.kernelType
    let to = target.kernelType
    return unsafe .make(shape, target) { out in
      ElementwiseParts.forEach(count) { start, count in
        let place = unsafe hk_convert(
          from, to, source.pointer + start * dtype.byteCount, out + start * target.byteCount,
          Int64(count))
        require(
          place < 0,
          "cast: element \(start + Int(place)) of an array of \(dtype) is no 64-bit integer")
      }
    }
  }
}
