import Arrays
import ComplexModule
import Compute
import Foundation
import RealModule
import Testing

@Suite("Reductions")
struct ReductionTests {
  /// The elements that fall together when `axes` are reduced, by a loop over all places.
  static func groups(_ array: NDArray, _ axes: [Int]) -> [[Double]] {
    let lengths = array.shape.array
    let kept = lengths.indices.filter { !axes.contains($0) }
    var result = [[Double]](repeating: [], count: kept.reduce(1) { $0 * lengths[$1] })
    for (place, value) in array.doubles().enumerated() {
      var rest = place
      var coordinates = lengths
      for axis in lengths.indices.reversed() {
        coordinates[axis] = rest % lengths[axis]
        rest /= lengths[axis]
      }
      result[kept.reduce(0) { $0 * lengths[$1] + coordinates[$1] }].append(value)
    }
    return result
  }

  static let subsets: [[Int]] = [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]]

  @Test("over any axes of any layout agree with plain loops", arguments: subsets)
  func axes(_ axes: [Int]) {
    let base = NDArray(numbers(Double.self, 60, in: -2...2), shape: [3, 4, 5])
    let views = [
      base, base.transposed(0, 2), base.permuted([1, 2, 0]), base.slice(axis: 1, 0..<4, step: 2),
      base[0].unsqueezed(0).broadcast(to: [2, 4, 5]), base.slice(axis: 0, 0..<1),
    ]
    for x in views {
      let groups = Self.groups(x, axes)
      let sum = x.sum(axes: axes)
      #expect(
        sum.isClose(to: NDArray(groups.map { $0.reduce(0, +) }, shape: sum.shape), within: 1e-13))
      #expect(x.maximum(axes: axes).doubles() == groups.map { $0.max() })
      #expect(x.minimum(axes: axes).doubles() == groups.map { $0.min() })
      let means = groups.map { $0.reduce(0, +) / Double($0.count) }
      #expect(x.mean(axes: axes).isClose(to: NDArray(means, shape: sum.shape), within: 1e-13))
      let variances = zip(groups, means).map { group, mean in
        group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(group.count)
      }
      let variance = x.variance(axes: axes, unbiased: false)
      #expect(variance.isClose(to: NDArray(variances, shape: sum.shape), within: 1e-13))
      let products = NDArray(groups.map { $0.reduce(1, *) }, shape: sum.shape)
      #expect(x.product(axes: axes).isClose(to: products, within: 1e-9))
      let positive = x.isGreater(than: -1)
      #expect(
        positive.all(axes: axes).scalars(as: Bool.self) == groups.map { $0.allSatisfy { $0 > -1 } })
      #expect(
        x.isGreater(than: 1).any(axes: axes).scalars(as: Bool.self)
          == groups.map { $0.contains { $0 > 1 } })
      let keeping = x.sum(axes: axes, keepingAxes: true)
      #expect(keeping.rank == 3 && axes.allSatisfy { keeping.shape[$0] == 1 })
      #expect(keeping.doubles() == sum.doubles())
    }
  }

  @Test("places of the largest and smallest", arguments: [0, 1, 2, -1])
  func places(_ axis: Int) {
    let x = NDArray(numbers(Float.self, 60, in: -2...2), shape: [3, 4, 5])
    let groups = Self.groups(x, [axis < 0 ? axis + 3 : axis])
    let largest = x.argmax(axis: axis)
    #expect(largest.dtype == .int64)
    #expect(
      largest.scalars(as: Int.self)
        == groups.map { group in group.firstIndex { $0 == group.max() } })
    #expect(
      x.argmin(axis: axis).scalars(as: Int.self)
        == groups.map { group in group.firstIndex { $0 == group.min() } })
    #expect(x.argmax(axis: axis, keepingAxes: true).rank == 3)
  }

  @Test("integers, truth values and complex numbers keep their kind")
  func types() {
    let x = NDArray([3, 1, 2, 9, -4, 0], shape: [2, 3])
    #expect(x.sum().dtype == .int64 && x.sum().item() == 11)
    #expect(x.maximum(axes: [1]).scalars(as: Int.self) == [3, 9] && x.mean().dtype == .float32)
    #expect(NDArray([true, true, false]).sum().item() == 2)
    let z = NDArray(
      [Complex(1.0, 2), Complex(3, -1), Complex(0, 1), Complex(1, 1)], shape: [2, 2])
    #expect(z.sum(axes: [0]).scalars(as: Complex<Double>.self) == [Complex(1, 3), Complex(4, 0)])
    #expect(z.mean().scalars(as: Complex<Double>.self) == [Complex(1.25, 0.75)])
    #expect(z.variance(unbiased: false).dtype == .float64)
  }

  @Test("long sums of float32 are as good as sums in double, and repeat exactly")
  func long() {
    let x = numbers(Float.self, 300_001, in: 0...1)
    let exact = x.reduce(0.0) { $0 + Double($1) }
    let array = NDArray(x)
    let sum = array.sum().item()
    #expect(sum == Double(Float(exact)))
    for _ in 0..<5 { #expect(array.sum().item() == sum) }
    let columns = array[0..<300_000].reshaped([100_000, 3]).sum(axes: [0]).doubles()
    for column in 0..<3 {
      let part = Swift.stride(from: column, to: 300_000, by: 3).reduce(0.0) { $0 + Double(x[$1]) }
      #expect(columns[column] == Double(Float(part)))
    }
  }

  @Test("of nothing")
  func empty() async {
    #expect(NDArray.zeros([0, 3]).sum(axes: [0]).doubles() == [0, 0, 0])
    #expect(
      NDArray.zeros([0, 3]).sum().item() == 0 && NDArray.zeros([3, 0]).sum(axes: [0]).count == 0)
    #expect(NDArray.zeros([2, 0]).all().item() == 1 && NDArray([true]).any(axes: []).count == 1)
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([0, 3]).maximum(axes: [0]) }
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([2, 3]).sum(axes: [0, 0]) }
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([2, 3]).sum(axes: [2]) }
  }

  @Test("summing to a shape undoes broadcasting")
  func sumToShape() {
    let shapes: [Shape] = [[3], [2, 3], [2, 1], [1, 3], [], [1]]
    for shape in shapes {
      let stretched = NDArray.ones(shape, dtype: .float64).broadcast(to: [4, 2, 3])
      let sum = stretched.sumToShape(shape)
      #expect(sum.shape == shape)
      #expect(sum.isEqual(to: 24 / Double(shape.count)).allTrue(), "\(shape)")
    }
  }

  @Test("softmax along any axis sums to one, and its logarithm agrees", arguments: [0, 1, -1])
  func softmax(_ axis: Int) {
    let x = NDArray(numbers(Double.self, 60, in: -5...5), shape: [3, 4, 5])
    let y = x.softmax(axis: axis)
    #expect(y.sum(axes: [axis]).isClose(to: .ones(y.sum(axes: [axis]).shape), within: 1e-15 * 8))
    #expect(x.logSoftmax(axis: axis).exponential().isClose(to: y, within: 1e-14))
    let powers = x.exponential()
    #expect((powers / powers.sum(axes: [axis], keepingAxes: true)).isClose(to: y, within: 1e-14))
  }

  @Test("slopes of softmax are those of differences")
  func slopes() {
    let x = NDArray(numbers(Double.self, 12, in: -2...2), shape: [3, 4])
    let u = NDArray(numbers(Double.self, 12, in: -1...1, seed: 2), shape: [3, 4])
    // Central differences of step h err by h², and by rounding over h.
    let h = 1e-5
    let soft = u.timesSoftmaxSlope(ofResult: x.softmax())
    let log = u.timesLogSoftmaxSlope(ofResult: x.logSoftmax())
    for place in 0..<12 {
      var step = [Double](repeating: 0, count: 12)
      step[place] = h
      let shift = NDArray(step, shape: [3, 4])
      let softDifference = (u * ((x + shift).softmax() - (x - shift).softmax())).sum().item()
      let logDifference = (u * ((x + shift).logSoftmax() - (x - shift).logSoftmax())).sum().item()
      #expect(abs(soft.doubles()[place] - softDifference / (2 * h)) < 1e-9)
      #expect(abs(log.doubles()[place] - logDifference / (2 * h)) < 1e-9)
    }
  }
}
