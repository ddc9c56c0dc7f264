import Compute

/// The lengths of an array's axes, at most eight; the last axis varies fastest.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The most axes.
  public static let rankLimit = 8

  /// The number of axes; 0 for a single number.
  public private(set) var rank: Int
  /// The number of elements: the product of the lengths.
  public private(set) var count: Int
  private var lengths: AxisNumbers

  /// The shape of a single number.
  public static let scalar = Shape([])

  /// Creates a shape from the lengths of its axes.
  ///
  /// - Precondition: There are at most eight, none negative, and their product fits 63 bits.
  public init(_ lengths: [Int]) {
    require(
      lengths.count <= Self.rankLimit, "a shape has at most 8 axes: found \(lengths.count)")
    self.init(rank: lengths.count) { lengths[$0] }
  }

  /// Creates a shape from the lengths of its axes.
  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// Creates a shape of `rank` axes from a function that gives the length of each.
  @inline(__always)
  package init(rank: Int, _ length: (Int) -> Int) {
    var lengths = AxisNumbers()
    for axis in 0..<rank { lengths[axis] = length(axis) }
    self.rank = rank
    self.lengths = lengths
    count = Self.product(rank, lengths)
  }

  private static func product(_ rank: Int, _ lengths: AxisNumbers) -> Int {
    var product = 1
    var isEmpty = false
    for axis in 0..<rank {
      let length = lengths[axis]
      require(length >= 0, "the length of an axis is not negative: found \(length)")
      if length == 0 { isEmpty = true }
      let (next, overflow) = product.multipliedReportingOverflow(by: max(length, 1))
      require(!overflow, "a shape has fewer than 2^63 elements")
      product = next
    }
    return isEmpty ? 0 : product
  }

  /// The length of an axis; negative numbers count from the last axis.
  ///
  /// - Precondition: The axis is in `-rank..<rank`, and a new length is not negative.
  public subscript(_ axis: Int) -> Int {
    get { lengths[resolved(axis)] }
    set {
      lengths[resolved(axis)] = newValue
      count = Self.product(rank, lengths)
    }
  }

  /// The lengths as an array.
  public var array: [Int] { (0..<rank).map { lengths[$0] } }

  /// The lengths in brackets.
  public var description: String { "\(array)" }

  /// An axis counted from the first one.
  ///
  /// - Precondition: It is in `-rank..<rank`.
  package func resolved(_ axis: Int) -> Int {
    require(
      axis >= -rank && axis < rank, "axis \(axis) of shape \(self): expected \(-rank)..<\(rank)")
    return axis < 0 ? axis + rank : axis
  }

  /// Calls `body` with the address of the lengths.
  @inline(__always)
  package func withLengths<Result>(_ body: (UnsafePointer<Int64>) -> Result) -> Result {
    unsafe lengths.withPointer { unsafe body($0) }
  }

  /// The distances between neighbours along each axis of a contiguous array, in elements.
  package var contiguousStrides: AxisNumbers {
    var strides = AxisNumbers()
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
    if self == other || other.rank == 0 { return self }
    let rank = max(self.rank, other.rank)
    return Shape(rank: rank) { axis in
      let inA = axis - (rank - self.rank)
      let inB = axis - (rank - other.rank)
      let a = inA >= 0 ? lengths[inA] : 1
      let b = inB >= 0 ? other.lengths[inB] : 1
      require(
        a == b || a == 1 || b == 1,
        "\(operation): shapes \(self) and \(other) do not match: axis \(axis - rank) has \(a) and \(b)"
      )
      return a == 1 ? b : a
    }
  }

  /// The shape without some axes, or with them at length 1.
  package func reduced(over axes: AxisSet, keepingAxes: Bool) -> Shape {
    if keepingAxes { return Shape(rank: rank) { axes.contains($0) ? 1 : lengths[$0] } }
    var kept = AxisNumbers()
    var count = 0
    for axis in 0..<rank where !axes.contains(axis) {
      kept[count] = lengths[axis]
      count += 1
    }
    return Shape(rank: count) { kept[$0] }
  }
}

/// A set of axes, as bits.
package struct AxisSet: Equatable, Sendable {
  private var bits: UInt8 = 0

  /// The axes `axes` of an array of shape `shape`; all of them for nil.
  ///
  /// - Precondition: Each is an axis of the shape, and none is repeated.
  package init(_ axes: [Int]?, of shape: Shape) {
    guard let axes else {
      bits = UInt8(truncatingIfNeeded: (1 << shape.rank) - 1)
      return
    }
    for axis in axes {
      let bit: UInt8 = 1 << UInt8(shape.resolved(axis))
      require(bits & bit == 0, "axes \(axes) of shape \(shape): one is repeated")
      bits |= bit
    }
  }

  package var isEmpty: Bool { bits == 0 }
  package var count: Int { bits.nonzeroBitCount }

  @inline(__always)
  package func contains(_ axis: Int) -> Bool { bits >> UInt8(axis) & 1 == 1 }
}
