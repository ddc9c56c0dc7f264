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
  public init<Element: ArrayElement>(_ elements: [Element], shape: Shape? = nil) {
    let shape = shape ?? [elements.count]
    precondition(
      shape.count == elements.count,
      "shape \(shape) has \(shape.count) elements: found \(elements.count)")
    self = unsafe .make(shape, Element.dtype) { target in
      let typed = unsafe target.bindMemory(to: Element.self, capacity: elements.count)
      for (index, element) in elements.enumerated() { unsafe typed[index] = element }
    }
  }

  /// Creates an array of one number and no axes.
  public init<Element: ArrayElement>(_ value: Element) { self.init([value], shape: .scalar) }

  /// An array of zeros.
  public static func zeros(_ shape: Shape, dtype: DType = .float32) -> NDArray {
    NDArray(
      storage: AlignedBuffer(byteCount: shape.count * dtype.byteCount, zeroed: true), offset: 0,
      shape: shape, strides: shape.contiguousStrides, dtype: dtype)
  }

  /// An array of ones.
  public static func ones(_ shape: Shape, dtype: DType = .float32) -> NDArray {
    full(shape, 1, dtype: dtype)
  }

  /// An array of one number everywhere, stored once.
  public static func full(_ shape: Shape, _ value: Double, dtype: DType = .float32) -> NDArray {
    NDArray(value).cast(to: dtype).broadcast(to: shape).copied()
  }

  /// The integers of a range.
  public static func arange(_ range: Range<Int>) -> NDArray { NDArray(Array(range)) }

  /// `count` numbers at equal distances from `first` to `last`, both included.
  public static func linspace(
    _ first: Double, _ last: Double, count: Int, dtype: DType = .float32
  ) -> NDArray {
    precondition(count >= 1, "linspace: at least one number, found \(count)")
    let step = count > 1 ? (last - first) / Double(count - 1) : 0
    return NDArray((0..<count).map { first + Double($0) * step }).cast(to: dtype)
  }

  /// The identity matrix of size `n`.
  public static func eye(_ n: Int, dtype: DType = .float32) -> NDArray {
    NDArray((0..<(n * n)).map { $0 % (n + 1) == 0 ? 1.0 : 0.0 }, shape: [n, n]).cast(to: dtype)
  }

  /// The elements, row by row, as numbers of type `Element`.
  ///
  /// - Precondition: `Element` is the Swift type of the array's kind of number.
  public func scalars<Element: ArrayElement>(as _: Element.Type) -> [Element] {
    precondition(
      Element.dtype == dtype, "elements of \(dtype) are not \(Element.self): cast the array first")
    return unsafe contiguous().withElements(as: Element.self) { unsafe Array($0) }
  }

  /// The elements of a real array, row by row, in double precision.
  public func doubles() -> [Double] { cast(to: .float64).scalars(as: Double.self) }

  /// The only element of a real array, in double precision.
  ///
  /// - Precondition: The array has one element.
  public func item() -> Double {
    precondition(count == 1, "item: an array of shape \(shape) has \(count) elements, expected 1")
    switch dtype {
    case .float32: return unsafe Double(pointer.load(as: Float.self))
    case .float64: return unsafe pointer.load(as: Double.self)
    default: return doubles()[0]
    }
  }
}
