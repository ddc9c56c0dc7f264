import Arrays
import CArrayKernels
import Compute

/// A real type that kernels are tested in.
protocol KernelScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable, ArrayElement {}
extension Float: KernelScalar {}
extension Double: KernelScalar {}

extension KernelScalar {
  static var kernelType: hk_type { dtype.kernelType }
}

/// `count` seeded numbers, uniform in `range`.
func numbers<Number: KernelScalar>(
  _: Number.Type, _ count: Int, in range: ClosedRange<Double>, seed: UInt64 = 1
) -> [Number] {
  var stream = RandomStream(seed: seed, purpose: RandomPurpose("kernel tests"))
  return (0..<count).map { _ in
    Number(range.lowerBound + (range.upperBound - range.lowerBound) * stream.nextUniform())
  }
}

/// The error of `value` in units in the last place of `Number` at `exact`; below the normal numbers,
/// in units of the least of them.
func error<Number: KernelScalar>(_ value: Number, _ exact: Double) -> Double {
  let unit = max(abs(exact) * Double(Number.ulpOfOne), Double(Number.leastNonzeroMagnitude))
  return abs(Double(value) - exact) / unit
}

/// Lengths around those at which kernels change their way: none, one, tails, blocks.
let lengths = [0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100, 511, 513, 1030]

/// A number with its sign and its kind, so that NaN equals NaN and 0 differs from -0.
func isSame<Number: KernelScalar>(_ a: Number, _ b: Number) -> Bool {
  a == b ? a.sign == b.sign : a.isNaN && b.isNaN
}
