import CFFTW3
import Compute
import Synchronization

extension NDArray {
  /// The discrete Fourier transform along an axis.
  ///
  /// Xₖ = Σ xⱼ e^{-2πi jk/n}. Real arrays become complex.
  ///
  /// - Complexity: O(n log n) for each row of n, by FFTW; plans are kept.
  public func fft(axis: Int = -1) -> NDArray { transformed(axis, FFTW_FORWARD) }

  /// The inverse discrete Fourier transform along an axis.
  ///
  /// xⱼ = (1/n) Σ Xₖ e^{+2πi jk/n}.
  ///
  /// - Complexity: O(n log n) for each row of n, by FFTW; plans are kept.
  public func ifft(axis: Int = -1) -> NDArray {
    transformed(axis, FFTW_BACKWARD) / Double(max(shape[axis], 1))
  }

  private func transformed(_ axis: Int, _ sign: Int32) -> NDArray {
    let axis = shape.resolved(axis)
    if axis != rank - 1 { return transposed(axis, -1).transformed(-1, sign).transposed(axis, -1) }
    let source = cast(to: dtype.complexType)
    guard count > 0 else { return source }
    // In place in a copy of its own: FFTW_ESTIMATE leaves the data as they are while planning.
    let result = dtype.isComplex ? source.copied() : source
    FourierPlan.transform(result, length: shape[axis], sign: sign)
    return result
  }
}

/// A plan of FFTW for rows of one length, in place, in memory aligned as our buffers are.
private struct FourierPlan: Hashable {
  let length: Int32
  let rows: Int32
  let sign: Int32
  let isSingle: Bool

  /// The plans made so far, by address.
  ///
  /// FFTW's planner may be used by one thread at a time; plans may be
  /// executed by many.
  private static let made = Mutex<[FourierPlan: UInt]>([:])
  /// The most plans that are kept.
  private static let capacity = 128

  static func transform(_ array: NDArray, length: Int, sign: Int32) {
    let plan = FourierPlan(
      length: Int32(length), rows: Int32(array.count / length), sign: sign,
      isSingle: array.dtype == .complex64)
    // A plan that found no place is the caller's to destroy.
    let (address, isKept) = made.withLock { plans in
      if let address = plans[plan] { return (address, true) }
      let address = unsafe plan.make(array.pointer)
      let isKept = plans.count < capacity
      if isKept { plans[plan] = address }
      return (address, isKept)
    }
    guard let made = unsafe OpaquePointer(bitPattern: address) else {
      stop("fft: FFTW has no plan for \(plan.rows) rows of \(length)")
    }
    if plan.isSingle {
      let data = unsafe array.pointer.assumingMemoryBound(to: fftwf_complex.self)
      unsafe fftwf_execute_dft(made, data, data)
    } else {
      let data = unsafe array.pointer.assumingMemoryBound(to: fftw_complex.self)
      unsafe fftw_execute_dft(made, data, data)
    }
    if !isKept {
      Self.made.withLock { _ in
        if plan.isSingle { unsafe fftwf_destroy_plan(made) } else { unsafe fftw_destroy_plan(made) }
      }
    }
  }

  private func make(_ pointer: UnsafeMutableRawPointer) -> UInt {
    var lengths = length
    if isSingle {
      let data = unsafe pointer.assumingMemoryBound(to: fftwf_complex.self)
      return unsafe UInt(
        bitPattern: fftwf_plan_many_dft(
          1, &lengths, rows, data, nil, 1, length, data, nil, 1, length, sign, FFTW_ESTIMATE))
    }
    let data = unsafe pointer.assumingMemoryBound(to: fftw_complex.self)
    return unsafe UInt(
      bitPattern: fftw_plan_many_dft(
        1, &lengths, rows, data, nil, 1, length, data, nil, 1, length, sign, FFTW_ESTIMATE))
  }
}
