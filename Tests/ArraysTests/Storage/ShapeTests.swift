import Arrays
import Testing

@Suite("Shape")
struct ShapeTests {
  @Test("knows its axes, from either end, and its number of elements")
  func axes() {
    let shape: Shape = [2, 3, 4]
    #expect(shape.rank == 3 && shape.count == 24)
    #expect(shape[0] == 2 && shape[-1] == 4 && shape.array == [2, 3, 4])
    #expect("\(shape)" == "[2, 3, 4]")
    #expect(Shape.scalar.count == 1 && Shape([5, 0, 3]).count == 0)
    var other = shape
    other[1] = 7
    #expect(other == [2, 7, 4] && other.count == 56 && other != shape)
  }

  @Test("broadcasts as torch does")
  func broadcast() {
    let cases: [(Shape, Shape, Shape)] = [
      ([3], [3], [3]), ([2, 3], [3], [2, 3]), ([2, 1], [1, 5], [2, 5]), ([], [4, 2], [4, 2]),
      ([7, 1, 5], [3, 1], [7, 3, 5]), ([0], [1], [0]), ([1, 0], [4, 1], [4, 0]),
    ]
    for (a, b, expected) in cases {
      #expect(a.broadcast(with: b) == expected, "\(a) and \(b)")
      #expect(b.broadcast(with: a) == expected, "\(b) and \(a)")
    }
  }

  @Test("says both shapes and the axis where they do not match")
  func mismatch() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = NDArray.zeros([2, 3, 4]) + NDArray.zeros([2, 5, 4])
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("+: shapes [2, 3, 4] and [2, 5, 4] do not match: axis -2 has 3 and 5"))
  }

  @Test("traps at more than eight axes, a negative length, an axis it has not")
  func traps() async {
    await #expect(processExitsWith: .failure) { _ = Shape([1, 1, 1, 1, 1, 1, 1, 1, 1]) }
    await #expect(processExitsWith: .failure) { _ = Shape([2, -1]) }
    await #expect(processExitsWith: .failure) { _ = Shape([2, 3])[2] }
    await #expect(processExitsWith: .failure) { _ = Shape([1 << 40, 1 << 40]) }
  }
}

@Suite("DType")
struct DTypeTests {
  /// torch.promote_types, row by row in the order of ``DType/allCases``.
  static let table: [DType: [DType]] = [
    .bool: [.bool, .int64, .float32, .float64, .complex64, .complex128],
    .int64: [.int64, .int64, .float32, .float64, .complex64, .complex128],
    .float32: [.float32, .float32, .float32, .float64, .complex64, .complex128],
    .float64: [.float64, .float64, .float64, .float64, .complex128, .complex128],
    .complex64: [.complex64, .complex64, .complex64, .complex128, .complex64, .complex128],
    .complex128: [DType](repeating: .complex128, count: 6),
  ]

  @Test("promotes by torch's table", arguments: DType.allCases)
  func promotion(_ type: DType) {
    let columns: [DType] = [.bool, .int64, .float32, .float64, .complex64, .complex128]
    for (other, expected) in zip(columns, Self.table[type] ?? []) {
      #expect(type.promoted(with: other) == expected, "\(type) with \(other)")
      let sum = NDArray.ones([2], dtype: type) + NDArray.ones([2], dtype: other)
      #expect(sum.dtype == expected, "\(type) + \(other)")
    }
  }

  @Test("a number without axes widens an array only by its kind")
  func scalars() {
    let cases: [(DType, DType, DType)] = [
      (.float32, .float64, .float32), (.float32, .complex128, .complex64),
      (.int64, .float64, .float64), (.int64, .bool, .int64), (.bool, .int64, .int64),
      (.complex64, .float64, .complex64), (.float64, .complex64, .complex128),
    ]
    for (array, scalar, expected) in cases {
      let sum = NDArray.ones([2], dtype: array) + NDArray.ones([], dtype: scalar)
      #expect(sum.dtype == expected, "\(array) + \(scalar)")
      let mirrored = NDArray.ones([], dtype: scalar) + NDArray.ones([2], dtype: array)
      #expect(mirrored.dtype == expected, "\(scalar) + \(array)")
    }
    #expect(
      (NDArray.ones([], dtype: .float32) + NDArray.ones([], dtype: .float64)).dtype == .float64)
  }

  @Test("a literal takes the array's type, and makes integers float32 if it has a fraction")
  func literals() {
    for type in [DType.float32, .float64, .complex64, .complex128] {
      #expect((NDArray.ones([2], dtype: type) * 1.5).dtype == type)
    }
    #expect((NDArray([1, 2]) + 1).dtype == .int64)
    #expect((NDArray([1, 2]) + 0.5).dtype == .float32)
    #expect((NDArray([1, 2]) / 2).dtype == .float32)
    #expect((NDArray([true]) + 1).dtype == .int64)
  }
}
