import CFFTW3
import Foundation

extension NDArray {
  /// FFTW's planner may be used by one thread at a time.
  private static let planner = NSLock()

  /// The discrete Fourier transform along an axis.
  ///
  /// Xₖ = Σ xⱼ e^{-2πi jk/n}. Real arrays become complex.
  public func fft(axis: Int = -1) -> NDArray { transformed(axis, FFTW_FORWARD) }

  /// The inverse discrete Fourier transform along an axis: xⱼ = (1/n) Σ Xₖ e^{+2πi jk/n}.
  public func ifft(axis: Int = -1) -> NDArray {
    transformed(axis, FFTW_BACKWARD) / Double(max(shape[axis], 1))
  }

  private func transformed(_ axis: Int, _ sign: Int32) -> NDArray {
    let axis = shape.resolved(axis)
    if axis != rank - 1 { return transposed(axis, -1).transformed(-1, sign).transposed(axis, -1) }
    let length = shape[axis]
    guard count > 0 else { return cast(to: dtype.complexType) }
    let result = cast(to: dtype.complexType).copied()
    var lengths = [Int32(length)]
    let rows = Int32(count / length)
    // FFTW_ESTIMATE leaves the data as they are while planning.
    if result.dtype == .complex64 {
      let data = unsafe result.pointer.assumingMemoryBound(to: fftwf_complex.self)
      let plan = unsafe Self.planner.withLock {
        unsafe fftwf_plan_many_dft(
          1, &lengths, rows, data, nil, 1, Int32(length), data, nil, 1, Int32(length), sign,
          FFTW_ESTIMATE)
      }
      unsafe fftwf_execute(plan)
      Self.planner.withLock { unsafe fftwf_destroy_plan(plan) }
    } else {
      let data = unsafe result.pointer.assumingMemoryBound(to: fftw_complex.self)
      let plan = unsafe Self.planner.withLock {
        unsafe fftw_plan_many_dft(
          1, &lengths, rows, data, nil, 1, Int32(length), data, nil, 1, Int32(length), sign,
          FFTW_ESTIMATE)
      }
      unsafe fftw_execute(plan)
      Self.planner.withLock { unsafe fftw_destroy_plan(plan) }
    }
    return result
  }
}
