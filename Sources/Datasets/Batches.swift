public import Arrays
import Compute

/// A few samples, handed to a model together.
public struct Batch: Sendable {
  /// The features, of shape `[samples, …]`.
  public let features: NDArray
  /// The classes or targets, of shape `[samples]` or `[samples, …]`.
  public let labels: NDArray
  /// The rows of the data set that the samples come from.
  public let rows: [Int]

  /// The number of samples.
  public var count: Int { rows.count }
}

/// The batches of one pass over a data set.
///
/// A batch is gathered when it is asked for; the sequence can be run through again and gives the same.
public struct Batches: Sequence, Sendable {
  private let dataset: Dataset
  private let order: [Int]
  private let size: Int
  /// The number of batches.
  public let count: Int

  fileprivate init(_ dataset: Dataset, order: [Int], size: Int, count: Int) {
    self.dataset = dataset
    self.order = order
    self.size = size
    self.count = count
  }

  /// Gives the batches in turn.
  public struct Iterator: IteratorProtocol {
    fileprivate let batches: Batches
    fileprivate var number = 0

    /// Gathers the next batch; nil after the last.
    public mutating func next() -> Batch? {
      guard number < batches.count else { return nil }
      let start = number * batches.size
      number += 1
      let rows = Array(batches.order[start..<Swift.min(start + batches.size, batches.order.count)])
      return Batch(
        features: batches.dataset.features.rows(rows), labels: batches.dataset.labels.rows(rows),
        rows: rows)
    }
  }

  /// An iterator that begins with the first batch.
  public func makeIterator() -> Iterator { Iterator(batches: self) }

  /// The number of batches, exactly.
  public var underestimatedCount: Int { count }
}

extension Dataset {
  /// The batches of one pass over the samples.
  ///
  /// The order depends on `seed` and `epoch` alone (a counter-based stream keyed by both), so that an
  /// epoch can be repeated without those before it.
  ///
  /// - Parameters:
  ///   - size: The number of samples of a batch; the last one has what is left.
  ///   - seed: The seed of the order; nil gives the order of the rows, for evaluation.
  ///   - epoch: The number of the pass, which changes the order.
  ///   - dropLast: Whether a last batch of fewer than `size` samples is left out.
  /// - Returns: The batches, which together hold each sample once.
  /// - Precondition: `size` is positive and `epoch` not negative.
  public func batches(
    of size: Int, seed: UInt64? = nil, epoch: Int = 0, dropLast: Bool = false
  ) -> Batches {
    require(size > 0, "batches: expected a positive size, found \(size)")
    require(epoch >= 0, "batches: expected an epoch of 0 or more, found \(epoch)")
    var order = Array(0..<count)
    if let seed {
      var stream = RandomStream(seed: seed, purpose: .shuffle, index: UInt64(epoch))
      order = RowPartition.shuffled(order, using: &stream)
    }
    let whole = count / size
    let hasRest = !count.isMultiple(of: size) && !dropLast
    return Batches(self, order: order, size: size, count: whole + (hasRest ? 1 : 0))
  }
}
