import Arrays
import Compute

/// A data set cut into a part to learn from and a part to be judged by.
public struct Split: Sendable {
  /// The samples to learn from.
  public let train: Dataset
  /// The samples to be judged by.
  public let test: Dataset

  /// Creates a split of two data sets.
  ///
  /// - Precondition: their samples have the same shape.
  public init(train: Dataset, test: Dataset) {
    require(
      train.features.shape.array.dropFirst() == test.features.shape.array.dropFirst(),
      "split: train \(train.features.shape) and test \(test.features.shape) differ in features")
    self.train = train
    self.test = test
  }

  /// Both parts with features of mean 0 and deviation 1 on the training part.
  ///
  /// What the test part holds has no influence: the ``Standardizer`` is fitted to the training part alone.
  public func standardized() -> (train: Dataset, test: Dataset) {
    let scaler = Standardizer(fitting: train.features)
    return (
      train.replacingFeatures(scaler.transform(train.features)),
      test.replacingFeatures(scaler.transform(test.features))
    )
  }

  /// Both parts with features scaled so that those of the training part fill `range`.
  ///
  /// Features of the test part may lie outside: the ``MinMaxScaler`` is fitted to the training part alone.
  public func scaled(to range: ClosedRange<Double>) -> (train: Dataset, test: Dataset) {
    let scaler = MinMaxScaler(fitting: train.features, to: range)
    return (
      train.replacingFeatures(scaler.transform(train.features)),
      test.replacingFeatures(scaler.transform(test.features))
    )
  }
}

extension Dataset {
  /// Cuts the samples in two at random.
  ///
  /// - Parameters:
  ///   - test: The share of the samples in the test part; that part has `⌈test · count⌉` samples, as in
  ///     scikit-learn's `train_test_split`.
  ///   - stratified: Whether each class has the same share in both parts, to within one sample.
  ///   - seed: The seed; equal seeds give equal parts.
  /// - Returns: Both parts, each in random order.
  /// - Precondition: `test` is above 0 and below 1, and both parts get a sample; a stratified split needs
  ///   classes.
  /// - Complexity: O(samples · features).
  public func split(test: Double, stratified: Bool = false, seed: UInt64) -> Split {
    require(test > 0 && test < 1, "split: expected a test share in 0..<1, found \(test)")
    // Products such as 0.1 · 30 come out a little above the whole number that is meant.
    let testCount = Int((test * Double(count) - 1e-9).rounded(.up))
    require(
      testCount >= 1 && testCount < count,
      "split: a test share of \(test) leaves one part of \(count) samples empty")
    let rows = RowPartition.split(
      count: count, testCount: testCount, classes: stratified ? classes : nil, seed: seed)
    return Split(train: selecting(rows.train), test: selecting(rows.test))
  }

  /// Cuts the samples into `count` parts at random, each the test part of one split.
  ///
  /// - Parameters:
  ///   - count: The number of splits.
  ///   - stratified: Whether each class is spread evenly over the parts.
  ///   - seed: The seed; equal seeds give equal parts.
  /// - Returns: The splits; every sample is in one test part, and part sizes differ by at most one.
  /// - Precondition: `count` is at least 2 and at most the number of samples; stratified folds need
  ///   classes.
  public func folds(_ count: Int, stratified: Bool = false, seed: UInt64) -> [Split] {
    require(
      count >= 2 && count <= self.count,
      "folds: expected 2...\(self.count) folds, found \(count)")
    return RowPartition.folds(
      count, count: self.count, classes: stratified ? classes : nil, seed: seed
    ).map { Split(train: selecting($0.train), test: selecting($0.test)) }
  }
}
