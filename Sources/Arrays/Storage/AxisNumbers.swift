import Compute

/// Eight integers in place, one for each axis an array can have: lengths, or distances.
///
/// Held without heap and without the alignment of SIMD types, which would make every object that
/// holds an array an over-aligned one.
package struct AxisNumbers: Hashable, Sendable {
  private var numbers: (Int, Int, Int, Int, Int, Int, Int, Int)

  /// Eight equal numbers.
  package init(repeating value: Int = 0) {
    numbers = (value, value, value, value, value, value, value, value)
  }

  /// The number of axis `axis`.
  ///
  /// - Precondition: `axis` is in `0..<8`.
  package subscript(axis: Int) -> Int {
    @inline(__always) get {
      require(axis >= 0 && axis < 8, "an array has at most 8 axes: found axis \(axis)")
      return unsafe withUnsafeBytes(of: numbers) {
        unsafe $0.load(fromByteOffset: axis &* 8, as: Int.self)
      }
    }
    @inline(__always) set {
      require(axis >= 0 && axis < 8, "an array has at most 8 axes: found axis \(axis)")
      unsafe withUnsafeMutableBytes(of: &numbers) {
        unsafe $0.storeBytes(of: newValue, toByteOffset: axis &* 8, as: Int.self)
      }
    }
  }

  /// Every number times `factor`.
  package func scaled(by factor: Int) -> AxisNumbers {
    var result = self
    for axis in 0..<8 { result[axis] *= factor }
    return result
  }

  /// Calls `body` with the address of the first of the eight numbers.
  @inline(__always)
  package func withPointer<Result>(_ body: (UnsafePointer<Int64>) -> Result) -> Result {
    unsafe withUnsafeBytes(of: numbers) { bytes in
      guard let first = unsafe bytes.assumingMemoryBound(to: Int64.self).baseAddress else {
        stop("eight numbers lie somewhere")
      }
      return unsafe body(first)
    }
  }

  package static func == (a: AxisNumbers, b: AxisNumbers) -> Bool {
    let (x, y) = (a.numbers, b.numbers)
    let low = (x.0 ^ y.0) | (x.1 ^ y.1) | (x.2 ^ y.2) | (x.3 ^ y.3)
    let high = (x.4 ^ y.4) | (x.5 ^ y.5) | (x.6 ^ y.6) | (x.7 ^ y.7)
    return low | high == 0
  }

  package func hash(into hasher: inout Hasher) {
    for axis in 0..<8 { hasher.combine(self[axis]) }
  }
}
