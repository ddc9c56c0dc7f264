import Arrays
import ComplexModule
import Compute
import RealModule
import Testing

@Suite("Access by index, joining")
struct IndexingTests {
  private let x = NDArray((0..<12).map { Double($0) }, shape: [3, 4])

  @Test("gather takes out[i][j] = x[index[i][j]][j], on any layout")
  func gather() {
    let rows = NDArray([2, 0, 1, 1, 0, 2], shape: [2, 3])
    #expect(x.gathered(axis: 0, indices: rows).doubles() == [8, 1, 6, 4, 1, 10])
    let columns = NDArray([3, 0, 0, 1, 2, 2], shape: [3, 2])
    #expect(x.gathered(axis: 1, indices: columns).doubles() == [3, 0, 4, 5, 10, 10])
    #expect(x.gathered(axis: -1, indices: columns).doubles() == [3, 0, 4, 5, 10, 10])
    let t = x.transposed()
    #expect(
      t.gathered(axis: 1, indices: rows.transposed()).doubles()
        == x.gathered(axis: 0, indices: rows).transposed().doubles())
    #expect(
      NDArray([true, false]).gathered(axis: 0, indices: NDArray([1, 1])).doubles() == [0, 0])
    let z = NDArray([Complex(1.0, 2), Complex(3, 4)]).gathered(axis: 0, indices: NDArray([1, 0]))
    #expect(z.realPart().doubles() == [3, 1] && z.imaginaryPart().doubles() == [4, 2])
    #expect(x.gathered(axis: 0, indices: NDArray([Int](), shape: [0, 4])).count == 0)
  }

  @Test(
    "scatter-add is the transpose of gather: <gather x, y> = <x, scatter y>",
    arguments: [DType.float32, .float64, .int64, .complex64, .complex128])
  func scatter(_ type: DType) {
    let index = NDArray([2, 0, 1, 1, 2, 2], shape: [2, 3])
    let y = NDArray([1, 2, 3, 4, 5, 6], shape: [2, 3]).cast(to: type)
    let array = x.cast(to: type)
    let scattered = NDArray.zeros([3, 4], dtype: type).scatterAdded(
      axis: 0, indices: index, source: y)
    let left = (array.gathered(axis: 0, indices: index) * y).sum()
    #expect(left.isEqual(to: (array * scattered).sum()).allTrue())
    #expect(scattered.realPart().doubles() == [0, 2, 0, 0, 4, 0, 3, 0, 1, 5, 6, 0])
  }

  @Test("scatter-add adds up in place of each index and leaves its argument alone")
  func accumulate() {
    let zeros = NDArray.zeros([3], dtype: .float64)
    let sums = zeros.scatterAdded(
      axis: 0, indices: NDArray([1, 1, 2]), source: NDArray([1.0, 2, 4]))
    #expect(sums.doubles() == [0, 3, 4] && zeros.doubles() == [0, 0, 0])
  }

  @Test("rows picked, and added to")
  func select() {
    #expect(
      x.selecting(indices: [2, 0, 2]).doubles()
        == x.selecting(indices: NDArray([2, 0, 2])).doubles())
    #expect(x.selecting(indices: [2, 0]).doubles() == [8, 9, 10, 11, 0, 1, 2, 3])
    #expect(x.selecting(axis: 1, indices: [3, 3]).doubles() == [3, 3, 7, 7, 11, 11])
    let added = NDArray.zeros([3, 2], dtype: .float64).adding(
      at: NDArray([1, 1]), NDArray([1.0, 2, 3, 4], shape: [2, 2]))
    #expect(added.doubles() == [0, 0, 4, 6, 0, 0])
  }

  @Test("concatenation and stacking along any axis")
  func joining() {
    let a = NDArray([1.0, 2, 3, 4], shape: [2, 2])
    let b = NDArray([5, 6], shape: [2, 1])
    #expect(NDArray.concatenate([a, b], axis: 1).doubles() == [1, 2, 5, 3, 4, 6])
    #expect(
      NDArray.concatenate([a, a.transposed()], axis: 0).doubles() == [1, 2, 3, 4, 1, 3, 2, 4])
    #expect(NDArray.concatenate([a, b], axis: -1).dtype == .float64)
    for axis in [0, 1, 2, -1] {
      let stacked = NDArray.stack([a, a + 1], axis: axis)
      let place = axis < 0 ? 2 : axis
      #expect(stacked.shape[place] == 2 && stacked.rank == 3)
      #expect(stacked.select(axis: place, 1).doubles() == (a + 1).doubles())
    }
  }

  @Test("traps name the index and its bounds")
  func traps() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = NDArray.zeros([3]).gathered(axis: 0, indices: NDArray([0, 3]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("gather: index 3 along axis 0 of shape [3], expected 0..<3"))
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([3]).selecting(indices: [-1]) }
    await #expect(processExitsWith: .failure) {
      _ = NDArray.zeros([3]).scatterAdded(
        axis: 0, indices: NDArray([4]), source: NDArray.zeros([1]))
    }
    await #expect(processExitsWith: .failure) {
      _ = NDArray.concatenate([NDArray.zeros([2, 2]), NDArray.zeros([3, 3])], axis: 0)
    }
  }
}
