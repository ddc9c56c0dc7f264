import CArrayKernels
public import ComplexModule
import Compute
import RealModule

/// A Swift type that arrays hold.
public protocol ArrayElement: Sendable {
  /// The kind of number it stands for.
  static var dtype: DType { get }
}

extension Bool: ArrayElement {
  /// Truth values.
  public static var dtype: DType { .bool }
}
extension Int: ArrayElement {
  /// 64-bit integers.
  public static var dtype: DType { .int64 }
}
extension Float: ArrayElement {
  /// 32-bit floating point.
  public static var dtype: DType { .float32 }
}
extension Double: ArrayElement {
  /// 64-bit floating point.
  public static var dtype: DType { .float64 }
}
extension Complex: ArrayElement where RealType: ArrayElement {
  /// Complex numbers of two parts of `RealType`.
  public static var dtype: DType { RealType.dtype.complexType }
}

extension NDArray {
  /// Creates an array from its elements, row by row.
  ///
  /// - Precondition: There are as many elements as the shape asks for.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init<Element: ArrayElement>(_ elements: [Element], shape: Shape? = nil) {
    let shape = shape ?? [elements.count]
    require(
      shape.count == elements.count,
      "shape \(shape) has \(shape.count) elements: found \(elements.count)")
    self = unsafe .make(shape, Element.dtype) { target in
      unsafe elements.withUnsafeBytes { source in
        guard let first = source.baseAddress else { return }
        unsafe target.copyMemory(from: first, byteCount: source.count)
      }
    }
  }

  /// Creates the matrix of given rows: `NDArray([[1, 2], [3, 4]])`.
  ///
  /// - Precondition: The rows have one length.
  public init<Element: ArrayElement>(_ rows: [[Element]]) {
    let width = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() {
      require(
        row.count == width, "row \(index) has \(row.count) elements, row 0 has \(width)")
    }
    self.init(Array(rows.joined()), shape: [rows.count, width])
  }

  /// Creates the array of three axes of given matrices, `NDArray([[[1], [2]], [[3], [4]]])`.
  ///
  /// - Precondition: The matrices have one number of rows, and all rows one length.
  public init<Element: ArrayElement>(_ matrices: [[[Element]]]) {
    let height = matrices.first?.count ?? 0
    for (index, matrix) in matrices.enumerated() {
      require(
        matrix.count == height, "matrix \(index) has \(matrix.count) rows, matrix 0 has \(height)")
    }
    let rows = NDArray(Array(matrices.joined()))
    self = rows.reshaped([matrices.count, height, rows.shape[1]])
  }

  /// Creates an array of one number and no axes.
  public init<Element: ArrayElement>(_ value: Element) {
    self = unsafe .make(.scalar, Element.dtype) { target in
      unsafe target.initializeMemory(as: Element.self, to: value)
    }
  }

  /// An array of zeros.
  public static func zeros(_ shape: Shape, dtype: DType = .float32) -> NDArray {
    NDArray(
      storage: AlignedBuffer(byteCount: byteCount(shape, dtype), zeroed: true), offset: 0,
      shape: shape, dtype: dtype)
  }

  /// An array of ones.
  public static func ones(_ shape: Shape, dtype: DType = .float32) -> NDArray {
    full(shape, 1, dtype: dtype)
  }

  /// An array of one number everywhere.
  ///
  /// - Precondition: For int64, `value` is an integer of 64 bits after dropping its fraction.
  public static func full(_ shape: Shape, _ value: Double, dtype: DType = .float32) -> NDArray {
    unsafe .make(shape, dtype) { target in
      unsafe dtype.withNumber(value) { number in
        unsafe hk_fill(Int32(dtype.byteCount), number, target, Int64(shape.count))
      }
    }
  }

  /// The integers of a range, as int64.
  public static func arange(_ range: Range<Int>) -> NDArray { NDArray(Array(range)) }

  /// The numbers from `first` on, by `step`, before `end`: `first + i·step`, as torch's arange.
  ///
  /// - Precondition: `step` is not 0 and leads from `first` towards `end`.
  public static func arange(
    from first: Double = 0, to end: Double, by step: Double = 1, dtype: DType = .float32
  ) -> NDArray {
    let count = ((end - first) / step).rounded(.up)
    require(
      step != 0 && count >= 0 && count < 0x1p62,
      "arange: from \(first) to \(end) by \(step) does not lead there")
    return NDArray((0..<Int(count)).map { first + Double($0) * step }).cast(to: dtype)
  }

  /// `count` numbers at equal distances from `first` to `last`, both included.
  ///
  /// - Precondition: `count` is at least 1.
  public static func linspace(
    _ first: Double, _ last: Double, count: Int, dtype: DType = .float32
  ) -> NDArray {
    require(count >= 1, "linspace: at least one number, found \(count)")
    let step = count > 1 ? (last - first) / Double(count - 1) : 0
    // The second half counts from the end, so that `last` is exact.
    let values = (0..<count).map { index in
      index < (count + 1) / 2
        ? first + Double(index) * step : last - Double(count - 1 - index) * step
    }
    return NDArray(values).cast(to: dtype)
  }

  /// The identity matrix of size `n`.
  public static func eye(_ n: Int, dtype: DType = .float32) -> NDArray {
    let result = zeros([n, n], dtype: dtype)
    let size = dtype.byteCount
    unsafe dtype.withNumber(1) { one in
      for index in 0..<n {
        unsafe (result.pointer + index * (n + 1) * size).copyMemory(from: one, byteCount: size)
      }
    }
    return result
  }

  /// The elements, row by row, as numbers of type `Element`.
  ///
  /// - Precondition: `Element` is the Swift type of the array's kind of number.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func scalars<Element: ArrayElement>(as _: Element.Type) -> [Element] {
    require(
      Element.dtype == dtype, "elements of \(dtype) are not \(Element.self): cast the array first")
    return unsafe contiguous().withElements(as: Element.self) { unsafe Array($0) }
  }

  /// The elements of a real array, row by row, in double precision.
  public func doubles() -> [Double] {
    switch dtype {
    case .float64: return scalars(as: Double.self)
    case .float32:
      return unsafe contiguous().withElements(as: Float.self) { unsafe $0.map(Double.init) }
    default: return cast(to: .float64).scalars(as: Double.self)
    }
  }

  /// The only element of a real array, in double precision.
  ///
  /// - Precondition: The array has one element.
  public func item() -> Double {
    require(count == 1, "item: an array of shape \(shape) has \(count) elements, expected 1")
    switch dtype {
    case .float32: return unsafe Double(pointer.load(as: Float.self))
    case .float64: return unsafe pointer.load(as: Double.self)
    default: return doubles()[0]
    }
  }
}
