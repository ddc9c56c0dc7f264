import Arrays
import ComplexModule
import Compute
import Foundation
import RealModule
import Testing

@Suite("Elementwise operations")
struct ElementwiseTests {
  /// Arrays of one broadcast shape in many layouts: contiguous, stretched, transposed, stepped.
  static func layouts(_ seed: UInt64) -> [NDArray] {
    let make = { (shape: Shape) in
      NDArray(numbers(Double.self, shape.count, in: 0.5...2, seed: seed), shape: shape)
    }
    return [
      make([4, 3, 5]), make([5]), make([3, 1]), make([4, 1, 5]), make([1]), make([]),
      make([5, 3, 4]).transposed(0, 2), make([3, 4, 5]).transposed(0, 1),
      make([4, 3, 10]).slice(axis: 2, 0..<10, step: 2), make([8, 3, 5]).slice(axis: 0, 2..<6),
      make([5, 3]).transposed(), make([3, 1]).broadcast(to: [4, 3, 5]),
    ]
  }

  @Test("broadcast over every pair of layouts as loops over stretched copies do")
  func broadcasting() {
    for a in Self.layouts(1) {
      for b in Self.layouts(2) {
        let shape = a.shape.broadcast(with: b.shape)
        let x = a.broadcast(to: shape).doubles()
        let y = b.broadcast(to: shape).doubles()
        #expect((a + b).doubles() == zip(x, y).map { $0 + $1 }, "\(a.shape) + \(b.shape)")
        #expect((a - b).doubles() == zip(x, y).map { $0 - $1 })
        #expect((a * b).shape == shape)
        #expect((a / b).doubles() == zip(x, y).map { $0 / $1 })
        #expect(a.maximum(with: b).doubles() == zip(x, y).map { max($0, $1) })
        #expect(a.isLess(than: b).scalars(as: Bool.self) == zip(x, y).map { $0 < $1 })
        let condition = a.isGreater(than: b)
        #expect(NDArray.select(condition, a, b).doubles() == zip(x, y).map { max($0, $1) })
      }
    }
  }

  @Test("large arrays come out as small ones do")
  func large() {
    let n = 100_003
    let x = numbers(Float.self, n, in: -2...2, seed: 1)
    let y = numbers(Float.self, n, in: -2...2, seed: 2)
    let sum = (NDArray(x) + NDArray(y)).scalars(as: Float.self)
    let scaled = (NDArray(x) * 3).scalars(as: Float.self)
    let power = NDArray(x).exponential().scalars(as: Float.self)
    for place in Swift.stride(from: 0, to: n, by: 97) {
      #expect(sum[place] == x[place] + y[place])
      #expect(scaled[place] == 3 * x[place])
      #expect(power[place] == NDArray([x[place]]).exponential().scalars(as: Float.self)[0])
    }
    let wide = NDArray(x).reshaped([n, 1]) + NDArray(y[0..<3].map { $0 })
    #expect(wide.shape == [n, 3])
    #expect(wide[n - 1].scalars(as: Float.self)[2] == x[n - 1] + y[2])
    #expect(wide[70_000].scalars(as: Float.self)[0] == x[70_000] + y[0])
  }

  @Test("numbers on either side")
  func literals() {
    let x = NDArray([1.0, 2, 4])
    #expect((x + 1).doubles() == [2, 3, 5] && (1 + x).doubles() == [2, 3, 5])
    #expect((x - 1).doubles() == [0, 1, 3] && (1 - x).doubles() == [0, -1, -3])
    #expect((x * 2).doubles() == [2, 4, 8] && (2 * x).doubles() == [2, 4, 8])
    #expect((x / 2).doubles() == [0.5, 1, 2] && (2 / x).doubles() == [2, 1, 0.5])
    #expect((-x).doubles() == [-1, -2, -4])
    #expect(
      x.power(2).doubles() == [1, 4, 16] && x.power(0.5).doubles() == [1, 2.0.squareRoot(), 2])
    #expect(x.power(-1).doubles() == [1, 0.5, 0.25] && x.power(1).doubles() == x.doubles())
    #expect(x.power(3).doubles() == [1, 8, 64] && x.power(NDArray(2.0)).doubles() == [1, 4, 16])
  }

  @Test("integers and truth values")
  func integers() {
    let a = NDArray([7, -3, 2])
    let b = NDArray([2, 2, 5])
    #expect((a * b).scalars(as: Int.self) == [14, -6, 10] && (a - 1).dtype == .int64)
    #expect((a / b).scalars(as: Float.self) == [3.5, -1.5, 0.4])
    #expect(a.power(b).scalars(as: Int.self) == [49, 9, 32])
    #expect((-a).scalars(as: Int.self) == [-7, 3, -2])
    #expect(a.absoluteValue().scalars(as: Int.self) == [7, 3, 2])
    #expect(a.squared().scalars(as: Int.self) == [49, 9, 4])
    #expect(a.exponential().dtype == .float32)
    #expect(abs(a.exponential().doubles()[2] - exp(2)) < 1e-5)
    let t = NDArray([true, true, false])
    let u = NDArray([true, false, false])
    #expect((t + u).scalars(as: Bool.self) == [true, true, false])
    #expect((t * u).scalars(as: Bool.self) == [true, false, false])
    #expect(t.and(u).scalars(as: Bool.self) == [true, false, false])
    #expect(t.or(u).scalars(as: Bool.self) == [true, true, false])
    #expect(t.exclusiveOr(u).scalars(as: Bool.self) == [false, true, false])
    #expect(u.logicalNot().scalars(as: Bool.self) == [false, true, true])
    #expect((NDArray([1.0, 2, 3]) * t).doubles() == [1, 2, 0])
  }

  @Test("comparisons tell integers apart that doubles do not")
  func comparisons() {
    let big = NDArray([1 << 60, (1 << 60) + 1])
    #expect(big.isEqual(to: big[0]).scalars(as: Bool.self) == [true, false])
    let x = NDArray([1.0, 2, 3])
    #expect(x.isLessOrEqual(to: 2).scalars(as: Bool.self) == [true, true, false])
    #expect(x.isGreaterOrEqual(to: 2).scalars(as: Bool.self) == [false, true, true])
    #expect(x.isNotEqual(to: 2).scalars(as: Bool.self) == [true, false, true])
    #expect(x.isEqual(to: NDArray([1, 2, 4])).scalars(as: Bool.self) == [true, true, false])
  }

  @Test("functions of complex arrays, their parts and their modulus")
  func complexNumbers() {
    let z = NDArray([Complex(3.0, 4), Complex(0, -2)])
    #expect(z.absoluteValue().doubles() == [5, 2] && z.realPart().doubles() == [3, 0])
    #expect(z.imaginaryPart().doubles() == [4, -2] && z.realPart().storage === z.storage)
    #expect(z.conjugate().imaginaryPart().doubles() == [-4, 2])
    #expect((z * z.conjugate()).realPart().doubles() == [25, 4])
    #expect(
      NDArray.complex(real: z.realPart(), imaginary: z.imaginaryPart()).isEqual(to: z).allTrue())
    #expect((z.logarithm().exponential() - z).absoluteValue().maximum().item() < 1e-15 * 20)
    #expect((z.squareRoot().squared() - z).absoluteValue().maximum().item() < 1e-15 * 20)
    #expect((z + NDArray([1.0, 1])).realPart().doubles() == [4, 1])
    #expect((z * z.reciprocal()).isClose(to: NDArray.ones([2], dtype: .complex128), within: 1e-15))
    let row = z.reshaped([2, 1]) + z
    #expect(row.shape == [2, 2] && row[0][1].scalars(as: Complex<Double>.self)[0] == Complex(3, 2))
  }

  @Test("conversions")
  func casts() {
    #expect(NDArray([1.9, -1.9]).cast(to: .int64).scalars(as: Int.self) == [1, -1])
    #expect(NDArray([0, 3]).cast(to: .bool).scalars(as: Bool.self) == [false, true])
    #expect(NDArray([true]).cast(to: .complex64).dtype == .complex64)
    let z = NDArray([Complex<Float>(1, 2)]).cast(to: .complex128)
    #expect(z.scalars(as: Complex<Double>.self) == [Complex(1, 2)])
    #expect(NDArray([0.1]).cast(to: .float32).doubles() == [Double(Float(0.1))])
    let transposed = NDArray([1, 2, 3, 4], shape: [2, 2]).transposed().cast(to: .float32)
    #expect(transposed.doubles() == [1, 3, 2, 4])
  }

  @Test("finiteness and nearness")
  func nearness() {
    let x = NDArray([1.0, 2])
    #expect(x.isFiniteEverywhere && !NDArray([1.0, .infinity]).isFiniteEverywhere)
    #expect(!NDArray([Complex(0.0, .nan)]).isFiniteEverywhere && NDArray([3]).isFiniteEverywhere)
    #expect(x.isClose(to: NDArray([1.0, 2.05]), within: 0.1))
    #expect(!x.isClose(to: NDArray([1.0, 2.2]), within: 0.1))
    #expect(!NDArray([Double.nan]).isClose(to: NDArray([Double.nan]), within: 1))
    #expect(!x.isClose(to: NDArray([1.0]), within: 10))
    #expect(NDArray([Double.infinity]).isClose(to: NDArray([Double.infinity]), within: 0))
  }

  @Test("trap where numbers have no such operation")
  func traps() async {
    await #expect(processExitsWith: .failure) { _ = NDArray([true]) - NDArray([true]) }
    await #expect(processExitsWith: .failure) {
      _ = NDArray([Complex(1.0, 0)]).isLess(than: NDArray([Complex(1.0, 0)]))
    }
    await #expect(processExitsWith: .failure) { _ = NDArray([Complex(1.0, 0)]).sigmoid() }
    await #expect(processExitsWith: .failure) { _ = NDArray([2]).power(NDArray([-1])) }
    await #expect(processExitsWith: .failure) { _ = NDArray([Double.nan]).cast(to: .int64) }
    await #expect(processExitsWith: .failure) { _ = NDArray([Complex(1.0, 0)]).cast(to: .float64) }
  }
}
