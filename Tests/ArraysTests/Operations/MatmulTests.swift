import Arrays
import ComplexModule
import Compute
import RealModule
import Testing

@Suite("Matrix products")
struct MatmulTests {
  private func make(_ shape: Shape, _ type: DType = .float64, seed: UInt64) -> NDArray {
    let real = NDArray(numbers(Double.self, shape.count, in: -1...1, seed: seed), shape: shape)
    guard type.isComplex else { return real.cast(to: type) }
    let imaginary = NDArray(
      numbers(Double.self, shape.count, in: -1...1, seed: seed + 100), shape: shape)
    return NDArray.complex(real: real, imaginary: imaginary).cast(to: type)
  }

  /// The product of two matrices by the definition.
  private func naive(_ a: NDArray, _ b: NDArray) -> NDArray {
    let x = a.cast(to: .complex128).scalars(as: Complex<Double>.self)
    let y = b.cast(to: .complex128).scalars(as: Complex<Double>.self)
    let (m, k, n) = (a.shape[0], a.shape[1], b.shape[1])
    var result: [Complex<Double>] = []
    for i in 0..<m {
      for j in 0..<n {
        result.append((0..<k).reduce(.zero) { $0 + x[i * k + $1] * y[$1 * n + j] })
      }
    }
    return NDArray(result, shape: [m, n])
  }

  private func tolerance(_ type: DType) -> Double {
    type.realType == .float32 ? 2e-5 : 1e-13
  }

  static let sizes = [(1, 1, 1), (3, 4, 5), (1, 7, 3), (5, 1, 2), (4, 6, 1), (17, 9, 33)]

  @Test(
    "agree with triple loops in every type and layout",
    arguments: [DType.float32, .float64, .complex64, .complex128])
  func layouts(_ type: DType) {
    for (m, k, n) in Self.sizes {
      let left = [
        make([m, k], type, seed: 1), make([k, m], type, seed: 2).transposed(),
        make([m, 2 * k], type, seed: 3).slice(axis: 1, 0..<(2 * k), step: 2),
        make([m + 3, k + 2], type, seed: 4).slice(axis: 0, 1..<(m + 1)).slice(axis: 1, 1..<(k + 1)),
        make([1, k], type, seed: 5).broadcast(to: [m, k]),
      ]
      let right = [
        make([k, n], type, seed: 6), make([n, k], type, seed: 7).transposed(),
        make([n + 2, k + 3], type, seed: 8).slice(axis: 0, 0..<n).slice(axis: 1, 2..<(k + 2))
          .transposed(),
        make([k, 1], type, seed: 9).broadcast(to: [k, n]),
      ]
      for a in left {
        for b in right {
          let product = a.matmul(b)
          #expect(product.dtype == type && product.shape == [m, n])
          #expect(product.isClose(to: naive(a, b), within: tolerance(type)), "\(m) \(k) \(n)")
        }
      }
    }
  }

  @Test("large products, cut into strips of rows or of columns, agree with triple loops")
  func strips() {
    for (m, k, n) in [(200, 70, 90), (70, 90, 200), (300, 64, 64), (64, 130, 257)] {
      let a = make([m, k], seed: 1)
      let b = make([n, k], seed: 2)
      #expect(a.matmul(b.transposed()).isClose(to: naive(a, b.transposed()), within: 1e-12))
      let c = a.transposed().contiguous().transposed()
      #expect(c.matmul(b.transposed()).isClose(to: naive(a, b.transposed()), within: 1e-12))
      let d = b.transposed().contiguous()
      #expect(a.matmul(d).isClose(to: naive(a, d), within: 1e-12))
    }
  }

  @Test("batches broadcast, each matrix being the product of its own")
  func batches() {
    let cases: [(Shape, Shape, Shape)] = [
      ([2, 3, 4], [2, 4, 5], [2, 3, 5]), ([2, 3, 4], [4, 5], [2, 3, 5]),
      ([3, 4], [6, 4, 5], [6, 3, 5]), ([2, 1, 3, 4], [3, 4, 5], [2, 3, 3, 5]),
      ([40, 3, 4], [1, 4, 2], [40, 3, 2]), ([0, 3, 4], [4, 2], [0, 3, 2]),
    ]
    for (left, right, expected) in cases {
      let a = make(left, seed: 1)
      let b = make(right, seed: 2)
      let product = a.matmul(b)
      #expect(product.shape == expected)
      let lead = Shape(Array(expected.array.dropLast(2)))
      let x = a.broadcast(to: Shape(lead.array + a.shape.array.suffix(2)))
        .reshaped([lead.count] + a.shape.array.suffix(2))
      let y = b.broadcast(to: Shape(lead.array + b.shape.array.suffix(2)))
        .reshaped([lead.count] + b.shape.array.suffix(2))
      let flat = product.reshaped([lead.count] + expected.array.suffix(2))
      for index in 0..<lead.count {
        #expect(
          flat[index].isClose(to: naive(x[index], y[index]), within: 1e-13), "\(left) \(right)")
      }
    }
    let a = make([3, 2, 4], seed: 3).transposed(0, 1)
    let b = make([2, 5, 4], seed: 4).transposed()
    for index in 0..<2 {
      #expect(a.matmul(b)[index].isClose(to: naive(a[index], b[index]), within: 1e-13))
    }
  }

  @Test("vectors are rows on the left and columns on the right")
  func vectors() {
    let a = NDArray([1.0, 2, 3])
    let m = NDArray([1.0, 0, 2, 0, 1, 3], shape: [2, 3])
    #expect(a.matmul(a).item() == 14 && a.matmul(a).rank == 0)
    #expect(m.matmul(a).doubles() == [7, 11])
    #expect(NDArray([1.0, 2]).matmul(m).doubles() == [1, 2, 8])
    #expect(m.unsqueezed(0).broadcast(to: [4, 2, 3]).matmul(a).shape == [4, 2])
  }

  @Test("integers multiply exactly; no inner elements give zeros")
  func special() {
    let a = NDArray([1 << 40, 3, -2, 5], shape: [2, 2])
    let product = a.matmul(a)
    #expect(product.dtype == .int64)
    #expect(product.scalars(as: Int.self)[1] == 3 * (1 << 40) + 15)
    #expect(NDArray.ones([2, 0]).matmul(.ones([0, 3])).doubles() == [0, 0, 0, 0, 0, 0])
    #expect(NDArray([1, 2]).matmul(NDArray([0.5, 0.5])).item() == 1.5)
  }

  @Test("traps with both shapes where inner axes differ")
  func traps() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = NDArray.zeros([3, 4]).matmul(.zeros([5, 2]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("matmul: lhs [3, 4] and rhs [5, 2]: inner axes 4 and 5 differ"))
    await #expect(processExitsWith: .failure) {
      _ = NDArray.zeros([2, 3, 4]).matmul(.zeros([3, 4, 2]))
    }
  }
}
