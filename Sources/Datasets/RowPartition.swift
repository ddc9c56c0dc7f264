package import Compute

/// Which rows of a data set go where; pure arithmetic on row numbers.
package enum RowPartition {
  /// The rows `0..<count` in an order drawn from `stream`, by Fisher and Yates.
  package static func shuffled(_ rows: [Int], using stream: inout RandomStream) -> [Int] {
    var order = rows
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      // The high word of a product with 64 random bits: uniform to within count / 2⁶⁴.
      let chosen = Int(stream.next().multipliedFullWidth(by: UInt64(last + 1)).high)
      order.swapAt(last, chosen)
    }
    return order
  }

  /// Rows cut in two at random.
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - testCount: The number of rows in the second part.
  ///   - classes: The class of each row; nil cuts without regard to classes. With classes, each class
  ///     sends the share `testCount / count` of its rows to the second part, rounded so that the sum is
  ///     `testCount`: down, and then up for the classes with the largest remainders.
  ///   - seed: The seed; equal arguments give equal parts.
  /// - Returns: The rows of both parts, each in random order.
  package static func split(
    count: Int, testCount: Int, classes: [Int]?, seed: UInt64
  ) -> (train: [Int], test: [Int]) {
    var stream = RandomStream(seed: seed, purpose: .split)
    guard let classes else {
      let order = shuffled(Array(0..<count), using: &stream)
      return (Array(order.dropFirst(testCount)), Array(order.prefix(testCount)))
    }
    let groups = grouped(classes)
    let shares = apportioned(testCount, among: groups.map(\.count))
    var train: [Int] = []
    var test: [Int] = []
    for (group, share) in zip(groups, shares) {
      let order = shuffled(group, using: &stream)
      test += order.prefix(share)
      train += order.dropFirst(share)
    }
    return (shuffled(train, using: &stream), shuffled(test, using: &stream))
  }

  /// Rows cut into `folds` parts at random, whose sizes differ by at most one.
  ///
  /// With `classes` the rows of each class spread over the parts so that their counts, too, differ by at
  /// most one.
  package static func folds(
    _ folds: Int, count: Int, classes: [Int]?, seed: UInt64
  ) -> [(train: [Int], test: [Int])] {
    var stream = RandomStream(seed: seed, purpose: .split)
    let groups = classes.map(grouped) ?? [Array(0..<count)]
    // Dealing the classes one after the other, like cards, keeps both counts even.
    let dealt = groups.flatMap { shuffled($0, using: &stream) }
    var fold = [Int](repeating: 0, count: count)
    for (place, row) in dealt.enumerated() { fold[row] = place % folds }
    let order = shuffled(Array(0..<count), using: &stream)
    return (0..<folds).map { number in
      (order.filter { fold[$0] != number }, order.filter { fold[$0] == number })
    }
  }

  /// The rows of each class, ascending; classes are `0...max`.
  private static func grouped(_ classes: [Int]) -> [[Int]] {
    var groups = [[Int]](repeating: [], count: (classes.max() ?? -1) + 1)
    for (row, group) in classes.enumerated() { groups[group].append(row) }
    return groups
  }

  /// `total` shared out in proportion to `sizes`, by largest remainders; ties go to the first.
  private static func apportioned(_ total: Int, among sizes: [Int]) -> [Int] {
    let sum = sizes.reduce(0, +)
    guard sum > 0 else { return sizes }
    let exact = sizes.map { ($0 * total).quotientAndRemainder(dividingBy: sum) }
    var shares = exact.map(\.quotient)
    let left = total - shares.reduce(0, +)
    let byRemainder = exact.indices.sorted {
      (-exact[$0].remainder, $0) < (-exact[$1].remainder, $1)
    }
    for index in byRemainder.prefix(left) { shares[index] += 1 }
    return shares
  }
}
