import Arrays
import ComplexModule
import Compute
import Foundation
import RealModule
import Testing

@Suite("NDArray") struct NDArrayTests {
  private func random(_ shape: Shape, seed: UInt64 = 1) -> NDArray {
    var stream = RandomStream(seed: seed, purpose: .general)
    return NDArray((0..<shape.count).map { _ in stream.nextNormal() }, shape: shape)
  }

  @Test("promotes types by torch's table")
  func promotion() {
    let order: [DType] = [.bool, .int64, .float32, .float64, .complex64, .complex128]
    for (place, low) in order.enumerated() {
      for high in order[place...] where !(low == .float64 && high == .complex64) {
        #expect(low.promoted(with: high) == high && high.promoted(with: low) == high)
      }
    }
    #expect(DType.float64.promoted(with: .complex64) == .complex128)
    #expect((NDArray([1, 2]) * 0.5).dtype == .float32)
    #expect((NDArray([1.0]) * NDArray([Float(2)])).dtype == .float64)
  }

  @Test("broadcasts as indexing by hand does")
  func broadcasting() {
    let a = random([4, 1, 3])
    let b = random([5, 1], seed: 2)
    let sum = a + b
    #expect(sum.shape == [4, 5, 3])
    for i in 0..<4 {
      for j in 0..<5 {
        for k in 0..<3 {
          let expected = a[i][0].doubles()[k] + b[j].doubles()[0]
          #expect(sum[i][j].doubles()[k] == expected)
        }
      }
    }
    #expect(
      sum.sumToShape([5, 1]).isClose(to: sum.sum(axes: [0, 2]).unsqueezed(1), within: 1e-12))
  }

  @Test("views share storage and never show what is done to others")
  func views() {
    var a = NDArray((0..<24).map { Double($0) }, shape: [2, 3, 4])
    let view = a.permuted([2, 0, 1])
    #expect(view.storage === a.storage)
    #expect(view[1][0].doubles() == [1, 5, 9])
    #expect(a.slice(axis: 2, 1..<4, step: 2)[1].doubles() == [13, 15, 17, 19, 21, 23])
    a.addInPlace(.ones([2, 3, 4], dtype: .float64))
    #expect(view[0][0].doubles() == [0, 4, 8])
    #expect(a[0][0].doubles() == [1, 2, 3, 4])
    #expect(a.reshaped([4, -1]).shape == [4, 6])
    #expect(a.transposed().reshaped([24]).doubles()[1] == 5)
  }

  @Test("multiplies matrices as triple loops do", arguments: [false, true])
  func matmul(_ transposed: Bool) {
    for (m, k, n) in [(1, 1, 1), (3, 4, 5), (7, 1, 2), (16, 33, 8)] {
      let a = transposed ? random([k, m]).transposed() : random([m, k])
      let b = transposed ? random([n, k], seed: 2).transposed() : random([k, n], seed: 2)
      let product = a.matmul(b)
      let x = a.doubles()
      let y = b.doubles()
      for i in 0..<m {
        for j in 0..<n {
          let expected = (0..<k).reduce(0.0) { $0 + x[i * k + $1] * y[$1 * n + j] }
          #expect(abs(product[i].doubles()[j] - expected) < 1e-12)
        }
      }
    }
    let batch = random([2, 1, 3, 4])
    let right = random([5, 4, 2], seed: 3)
    let product = batch.matmul(right)
    #expect(product.shape == [2, 5, 3, 2])
    #expect(product[1][4].isClose(to: batch[1][0].matmul(right[4]), within: 1e-12))
  }

  @Test("multiplies complex matrices")
  func complexMatmul() {
    let a = NDArray.complex(real: random([3, 2]), imaginary: random([3, 2], seed: 2))
    let b = NDArray.complex(real: random([2, 4], seed: 3), imaginary: random([2, 4], seed: 4))
    let product = a.matmul(b)
    let real = a.realPart().matmul(b.realPart()) - a.imaginaryPart().matmul(b.imaginaryPart())
    #expect(product.dtype == .complex128)
    #expect(product.realPart().isClose(to: real, within: 1e-12))
  }

  @Test("transforms as the sum over roots of unity", arguments: [1, 2, 5, 16])
  func fourier(_ count: Int) {
    let x = NDArray.complex(real: random([3, count]), imaginary: random([3, count], seed: 2))
    let found = x.fft().scalars(as: Complex<Double>.self)
    let values = x.scalars(as: Complex<Double>.self)
    for row in 0..<3 {
      for k in 0..<count {
        let expected = (0..<count).reduce(Complex<Double>.zero) { sum, j in
          sum + values[row * count + j]
            * Complex(length: 1, phase: -2 * .pi * Double(j * k) / Double(count))
        }
        #expect((found[row * count + k] - expected).length < 1e-12)
      }
    }
    #expect(x.fft().ifft().isClose(to: x, within: 1e-12))
    #expect(x.fft(axis: 0).ifft(axis: 0).isClose(to: x, within: 1e-12))
  }

  @Test("has eigenvectors that rebuild a symmetric matrix")
  func eigen() throws {
    let a = random([5, 5])
    let symmetric = a + a.transposed()
    let (values, vectors) = try symmetric.eigh()
    let rebuilt = (vectors * values).matmul(vectors.transposed())
    #expect(rebuilt.isClose(to: symmetric, within: 1e-12))
  }

  @Test("gathers and scatters as torch does")
  func indexing() {
    let a = NDArray((0..<6).map { Double($0) }, shape: [2, 3])
    let indices = NDArray([2, 0, 1, 1], shape: [2, 2])
    #expect(a.gathered(axis: 1, indices: indices).doubles() == [2, 0, 4, 4])
    let scattered = NDArray.zeros([2, 3], dtype: .float64).scatterAdded(
      axis: 1, indices: indices, source: NDArray([1.0, 2, 3, 4], shape: [2, 2]))
    #expect(scattered.doubles() == [2, 0, 1, 0, 7, 0])
    #expect(a.selecting(axis: 1, indices: [2, 2, 0]).doubles() == [2, 2, 0, 5, 5, 3])
    #expect(NDArray.stack([a, a], axis: 1).shape == [2, 2, 3])
    #expect(NDArray.concatenate([a, a[0..<1]]).doubles() == [0, 1, 2, 3, 4, 5, 0, 1, 2])
  }

  @Test("compares, selects and reduces")
  func comparisons() {
    let a = NDArray([1.0, .nan, -2, 4])
    #expect(a.isLess(than: 2).scalars(as: Bool.self) == [true, false, true, false])
    #expect(NDArray.select(a.isLess(than: 0), -a, a).doubles()[2] == 2)
    #expect(!a.isFiniteEverywhere && a.maximum().item().isNaN)
    let b = NDArray([3.0, 1, 2, 2], shape: [2, 2])
    #expect(b.argmax(axis: 1).scalars(as: Int.self) == [0, 0])
    #expect(b.minimum(axes: [0]).doubles() == [2, 1])
    #expect(abs(b.variance().item() - 2.0 / 3) < 1e-15)
    #expect(NDArray([true, false, true]).sum().item() == 2)
  }

  @Test("traps with both shapes where they do not fit")
  func traps() async {
    await #expect(processExitsWith: .failure) { _ = NDArray.ones([3, 4]) + NDArray.ones([5]) }
    await #expect(processExitsWith: .failure) {
      _ = NDArray.ones([3, 4]).matmul(.ones([5, 2]))
    }
    await #expect(processExitsWith: .failure) { _ = NDArray.ones([4]).reshaped([3]) }
    await #expect(processExitsWith: .failure) { _ = NDArray.ones([4])[4] }
  }
}
