/// The lengths of an array's axes, at most eight; the last axis varies fastest.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The most axes.
  public static let rankLimit = 8

  /// The number of axes; 0 for a single number.
  public private(set) var rank: Int
  private var lengths: SIMD8<Int>

  /// The shape of a single number.
  public static let scalar = Shape([])

  /// Creates a shape from the lengths of its axes.
  ///
  /// - Precondition: There are at most eight, none negative.
  public init(_ lengths: [Int]) {
    precondition(
      lengths.count <= Self.rankLimit, "a shape has at most 8 axes: found \(lengths.count)")
    rank = lengths.count
    self.lengths = SIMD8(repeating: 0)
    for (axis, length) in lengths.enumerated() {
      precondition(length >= 0, "the length of an axis is not negative: found \(lengths)")
      self.lengths[axis] = length
    }
  }

  /// Creates a shape from the lengths of its axes.
  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// The length of an axis; negative numbers count from the last axis.
  public subscript(_ axis: Int) -> Int {
    get { lengths[resolved(axis)] }
    set {
      precondition(newValue >= 0, "the length of an axis is not negative: found \(newValue)")
      lengths[resolved(axis)] = newValue
    }
  }

  /// The number of elements.
  public var count: Int {
    var product = 1
    for axis in 0..<rank { product *= lengths[axis] }
    return product
  }

  /// The lengths as an array.
  public var array: [Int] { (0..<rank).map { lengths[$0] } }

  /// The lengths in brackets.
  public var description: String { "\(array)" }

  /// An axis counted from the first one.
  ///
  /// - Precondition: It is in `-rank..<rank`.
  package func resolved(_ axis: Int) -> Int {
    precondition(
      axis >= -rank && axis < rank, "axis \(axis) of shape \(self): expected \(-rank)..<\(rank)")
    return axis < 0 ? axis + rank : axis
  }

  /// The distances between neighbours along each axis of a contiguous array.
  package var contiguousStrides: SIMD8<Int> {
    var strides = SIMD8<Int>(repeating: 0)
    var step = 1
    for axis in stride(from: rank - 1, through: 0, by: -1) {
      strides[axis] = step
      step *= max(lengths[axis], 1)
    }
    return strides
  }

  /// The shape that both broadcast to: axes are matched from the last one, and a length of 1 stretches.
  ///
  /// - Precondition: Matched lengths are equal or one of them is 1.
  public func broadcast(with other: Shape, for operation: String = "broadcast") -> Shape {
    if self == other { return self }
    let rank = max(self.rank, other.rank)
    var result = Shape(Array(repeating: 1, count: rank))
    for back in 1...max(rank, 1) where back <= rank {
      let a = back <= self.rank ? self[self.rank - back] : 1
      let b = back <= other.rank ? other[other.rank - back] : 1
      precondition(
        a == b || a == 1 || b == 1,
        "\(operation): shapes \(self) and \(other) do not match: axis -\(back) has \(a) and \(b)")
      result[rank - back] = a == 1 ? b : a
    }
    return result
  }

  /// The shape without some axes, or with them at length 1.
  package func reduced(over axes: [Int], keepingAxes: Bool) -> Shape {
    let dropped = Set(axes.map(resolved))
    precondition(dropped.count == axes.count, "axes \(axes) of shape \(self): one is repeated")
    var lengths: [Int] = []
    for axis in 0..<rank {
      if !dropped.contains(axis) {
        lengths.append(self[axis])
      } else if keepingAxes {
        lengths.append(1)
      }
    }
    return Shape(lengths)
  }
}
