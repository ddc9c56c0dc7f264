import Arrays
import ComplexModule
import Compute
import RealModule
import Testing

@Suite("NDArray: creation")
struct NDArrayCreationTests {
  @Test("from elements, and back")
  func elements() {
    #expect(NDArray([1, 2, 3] as [Float]).scalars(as: Float.self) == [1, 2, 3])
    #expect(NDArray([1.5, 2], shape: [2, 1]).shape == [2, 1])
    #expect(NDArray([true, false]).scalars(as: Bool.self) == [true, false])
    #expect(NDArray([3, -4]).scalars(as: Int.self) == [3, -4])
    let z = [Complex(1.0, 2.0)]
    #expect(NDArray(z).dtype == .complex128 && NDArray(z).scalars(as: Complex<Double>.self) == z)
    #expect(NDArray(2.5).shape == .scalar && NDArray(2.5).item() == 2.5)
    #expect(NDArray([Float]()).count == 0)
  }

  @Test("from nested elements, row by row, in their type")
  func nested() async {
    let matrix = NDArray([[1, 2, 3], [4, 5, 6]])
    #expect(matrix.shape == [2, 3] && matrix.dtype == .int64)
    #expect(matrix.scalars(as: Int.self) == [1, 2, 3, 4, 5, 6])
    #expect(NDArray([[1.5, 2]]).dtype == .float64)
    #expect(NDArray([[1, 2], [3, 4]] as [[Float]]).scalars(as: Float.self) == [1, 2, 3, 4])
    let cube = NDArray([[[1], [2], [3]], [[4], [5], [6]]])
    #expect(cube.shape == [2, 3, 1] && cube.scalars(as: Int.self) == [1, 2, 3, 4, 5, 6])
    #expect(NDArray([[Int]]()).shape == [0, 0] && NDArray([[[Int]]]()).shape == [0, 0, 0])
    #expect(NDArray([[], []] as [[Float]]).shape == [2, 0])
    await #expect(processExitsWith: .failure) { _ = NDArray([[1, 2], [3]]) }
    await #expect(processExitsWith: .failure) { _ = NDArray([[[1], [2]], [[3]]]) }
  }

  @Test("filled, counted and spaced")
  func filled() {
    for type in DType.allCases {
      let ones = NDArray.ones([3, 2], dtype: type)
      #expect(ones.dtype == type && ones.isEqual(to: 1).allTrue(), "\(type)")
      #expect(NDArray.zeros([3], dtype: type).isEqual(to: 0).allTrue(), "\(type)")
    }
    #expect(NDArray.arange(2..<5).scalars(as: Int.self) == [2, 3, 4])
    #expect(
      NDArray.arange(from: 0, to: 1, by: 0.25, dtype: .float64).doubles() == [0, 0.25, 0.5, 0.75])
    #expect(NDArray.arange(from: 3, to: 0, by: -1).doubles() == [3, 2, 1])
    let spaced = NDArray.linspace(0, 0.7, count: 8, dtype: .float64).doubles()
    #expect(spaced.count == 8 && spaced[0] == 0 && spaced[7] == 0.7)
    #expect(NDArray.linspace(3, 5, count: 1).doubles() == [3])
    #expect(NDArray.eye(2).doubles() == [1, 0, 0, 1])
    #expect(NDArray.eye(3, dtype: .int64).sum().item() == 3)
  }

  @Test("traps where elements and shape do not fit, and where there is no one element")
  func traps() async {
    await #expect(processExitsWith: .failure) { _ = NDArray([1.0, 2], shape: [3]) }
    await #expect(processExitsWith: .failure) { _ = NDArray([1.0, 2]).item() }
    await #expect(processExitsWith: .failure) { _ = NDArray([1.0]).scalars(as: Float.self) }
  }
}

@Suite("NDArray: views")
struct NDArrayViewTests {
  private let x = NDArray((0..<24).map { Double($0) }, shape: [2, 3, 4])

  private func at(_ array: NDArray, _ places: Int...) -> Double {
    places.reduce(array) { $0[$1] }.item()
  }

  @Test("share storage, and show the elements they stand for")
  func sharing() {
    for view in [
      x.reshaped([4, 6]), x.permuted([2, 0, 1]), x.transposed(), x[1], x.slice(axis: 2, 1..<3),
      x.unsqueezed(1), x.broadcast(to: [5, 2, 3, 4]),
    ] {
      #expect(view.storage === x.storage)
    }
    #expect(x.copied().storage !== x.storage)
  }

  @Test("permutation and transposition move axes")
  func permutation() {
    let p = x.permuted([2, 0, 1])
    let t = x.transposed(0, 2)
    #expect(p.shape == [4, 2, 3] && t.shape == [4, 3, 2])
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<4 {
          #expect(at(p, k, i, j) == at(x, i, j, k))
          #expect(at(t, k, j, i) == at(x, i, j, k))
        }
      }
    }
    #expect(p.permuted([1, 2, 0]).doubles() == x.doubles())
    #expect(x.transposed().transposed().isContiguous)
    #expect(p.contiguous().doubles() == p.doubles() && !p.isContiguous)
  }

  @Test("slices, selections and steps")
  func slices() {
    #expect(x.slice(axis: 1, 1..<3).shape == [2, 2, 4])
    #expect(x.slice(axis: -1, 0..<4, step: 2).doubles() == (0..<12).map { Double(2 * $0) })
    #expect(x.slice(axis: 2, 1..<4, step: 2)[0][0].doubles() == [1, 3])
    #expect(x.select(axis: 1, 2).doubles() == [8, 9, 10, 11, 20, 21, 22, 23])
    #expect(x[0..<1].shape == [1, 3, 4] && at(x, 1, 2, 3) == 23)
    #expect(x.slice(axis: 0, 1..<1).count == 0)
    #expect(
      x.slice(axis: 1, 1..<3).slice(axis: 1, 1..<2).doubles() == x.select(axis: 1, 2).doubles())
  }

  @Test("reshapes infer a length, and copy where a view cannot do")
  func reshapes() {
    #expect(x.reshaped([-1, 6]).shape == [4, 6] && x.reshaped([24]).doubles() == x.doubles())
    let t = x.transposed().reshaped([-1])
    #expect(t.doubles() == x.transposed().contiguous().doubles() && t.storage !== x.storage)
    #expect(NDArray.zeros([0, 3]).reshaped([3, 0]).shape == [3, 0])
  }

  @Test("stretched axes repeat, squeezed ones go")
  func stretching() {
    let row = NDArray([1.0, 2, 3])
    #expect(row.broadcast(to: [2, 3]).doubles() == [1, 2, 3, 1, 2, 3])
    #expect(row.unsqueezed(-1).broadcast(to: [3, 2]).doubles() == [1, 1, 2, 2, 3, 3])
    #expect(row.unsqueezed(0).squeezed(0).shape == [3] && row.unsqueezed(-1).shape == [3, 1])
  }

  @Test("placing undoes slicing")
  func placing() {
    let part = x.slice(axis: 1, 1..<2).slice(axis: 2, 1..<4, step: 2)
    let placed = part.placed(in: [2, 3, 4], at: [(0, 1), (1, 1), (1, 2)])
    #expect(placed.slice(axis: 1, 1..<2).slice(axis: 2, 1..<4, step: 2).doubles() == part.doubles())
    #expect(placed.sum().item() == part.sum().item())
    let empty = NDArray.zeros([0, 4]).placed(in: [2, 4], at: [(0, 1), (0, 1)])
    #expect(empty.doubles() == [Double](repeating: 0, count: 8))
  }

  @Test("trap where they do not fit")
  func traps() async {
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([2, 3]).reshaped([4]) }
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([2, 3]).permuted([0, 0]) }
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([2, 3])[2] }
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([2, 3]).slice(axis: 1, 2..<4) }
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([2, 3]).squeezed(0) }
    await #expect(processExitsWith: .failure) { _ = NDArray.zeros([2, 3]).broadcast(to: [2, 4]) }
  }
}

@Suite("NDArray: changes in place")
struct NDArrayInPlaceTests {
  @Test("never show in another value")
  func values() {
    var a = NDArray([1.0, 2, 3])
    let b = a
    a.addInPlace(NDArray([1.0, 1, 1]))
    #expect(a.doubles() == [2, 3, 4] && b.doubles() == [1, 2, 3])
    var c = NDArray.zeros([2, 2], dtype: .float64)
    let view = c[0]
    c.addToRows(NDArray([5.0, 6]))
    #expect(c.doubles() == [5, 6, 5, 6] && view.doubles() == [0, 0])
  }

  @Test("reuse storage that nobody else holds")
  func reuse() {
    var a = NDArray([1.0, 2, 3])
    let place = ObjectIdentifier(a.storage)
    a.addInPlace(NDArray([1.0, 1, 1]))
    a.addToRows(NDArray([1.0, 1, 1]))
    a.makeUnique()
    #expect(ObjectIdentifier(a.storage) == place && a.doubles() == [3, 4, 5])
  }

  @Test("add what has another type or shape as the operator does")
  func general() {
    var a = NDArray([1.0, 2] as [Float])
    a.addInPlace(NDArray([0.5, 0.5]))
    #expect(a.dtype == .float64 && a.doubles() == [1.5, 2.5])
    var b = NDArray([1.0, 2])
    b.addToRows(NDArray([1.0]))
    #expect(b.doubles() == [2, 3])
    var z = NDArray([Complex(1.0, 1.0)])
    z.addInPlace(NDArray([Complex(2.0, 3.0)]))
    #expect(z.scalars(as: Complex<Double>.self) == [Complex(3, 4)])
  }
}
