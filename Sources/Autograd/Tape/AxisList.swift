import Compute

/// Up to eight axes in one word, so that a record takes no array for them.
struct AxisList: Equatable {
  private var word: UInt64 = 0
  private(set) var count = 0

  init() {}

  /// The axes in the order given.
  ///
  /// - Precondition: At most eight, each in `0..<8`.
  init(_ axes: some Collection<Int>) {
    require(axes.count <= 8, "an array has at most 8 axes: found \(axes.count)")
    for axis in axes {
      word |= UInt64(axis & 15) << UInt64(4 * count)
      count += 1
    }
  }

  subscript(_ index: Int) -> Int { Int(word >> UInt64(4 * index) & 15) }

  /// The axes as an array.
  var array: [Int] { (0..<count).map { self[$0] } }
}
