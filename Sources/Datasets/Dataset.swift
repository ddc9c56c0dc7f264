public import Arrays
import Compute

/// Samples with their labels: what a model learns from.
///
/// A classification data set holds the classes as numbers `0..<classNames.count`; a regression data set
/// holds targets and no class names.
public struct Dataset: Sendable {
  /// The features, of shape `[samples, …]`, usually `[samples, features]`; float32 or float64.
  public let features: NDArray
  /// The classes, int64 of shape `[samples]`, or the targets, floating, of shape `[samples]` or
  /// `[samples, outputs]`.
  public let labels: NDArray
  /// The names of the columns of ``features``; empty where they have none.
  public let featureNames: [String]
  /// The names of the classes; empty for regression.
  public let classNames: [String]

  /// Creates a data set.
  ///
  /// - Parameters:
  ///   - features: Of shape `[samples, …]`; float32 or float64.
  ///   - labels: int64 classes of shape `[samples]`, or floating targets of shape `[samples, …]`.
  ///   - featureNames: The names of the feature columns, or none.
  ///   - classNames: The names of the classes; where none are given for int64 labels, the numbers from 0
  ///     to the largest label.
  /// - Precondition: features and labels have the same number of rows; features have at least two axes;
  ///   every class is in `0..<classNames.count`.
  public init(
    features: NDArray, labels: NDArray, featureNames: [String] = [], classNames: [String] = []
  ) {
    let isFloating = features.dtype.isFloatingPoint
    require(
      isFloating, "data set: expected float32 or float64 features, found \(features.dtype)")
    require(
      features.rank >= 2,
      "data set: expected features of shape [samples, features], found \(features.shape)")
    require(
      labels.rank >= 1 && labels.shape[0] == features.shape[0],
      "data set: features \(features.shape) and labels \(labels.shape) differ in samples")
    require(
      featureNames.isEmpty || featureNames.count == features.shape[1],
      "data set: expected \(features.shape[1]) feature names, found \(featureNames.count)")
    self.features = features
    self.labels = labels
    self.featureNames = featureNames
    guard labels.dtype == .int64 else {
      require(
        classNames.isEmpty, "data set: targets of type \(labels.dtype) have no class names")
      self.classNames = []
      return
    }
    require(
      labels.rank == 1,
      "data set: expected classes of shape [samples], found \(labels.shape)"
    )
    let classes = labels.scalars(as: Int.self)
    let count = classNames.isEmpty ? (classes.max() ?? -1) + 1 : classNames.count
    for (row, group) in classes.enumerated() {
      require(
        0..<count ~= group, "data set: row \(row): expected a class in 0..<\(count), found \(group)"
      )
    }
    self.classNames = classNames.isEmpty ? (0..<count).map(String.init) : classNames
  }

  /// The number of samples.
  public var count: Int { features.shape[0] }

  /// The number of features of a sample: the length of the second axis.
  public var featureCount: Int { features.shape[1] }

  /// The number of classes; 0 for regression.
  public var classCount: Int { classNames.count }

  /// Whether labels are classes rather than targets.
  public var isClassification: Bool { labels.dtype == .int64 }

  /// The class of each sample.
  ///
  /// - Precondition: the labels are classes.
  public var classes: [Int] {
    require(isClassification, "data set: expected classes, found targets of \(labels.dtype)")
    return labels.scalars(as: Int.self)
  }

  /// The samples of the rows listed, in that order; a row may be listed twice.
  ///
  /// - Precondition: every row is in `0..<count`.
  public func selecting(_ rows: [Int]) -> Dataset {
    Dataset(
      features: features.rows(rows), labels: labels.rows(rows), featureNames: featureNames,
      classNames: classNames)
  }

  /// The same samples with other features, such as scaled ones; names stay where their count does.
  ///
  /// - Precondition: `features` has as many rows.
  public func replacingFeatures(_ features: NDArray) -> Dataset {
    let keepsNames = features.rank >= 2 && features.shape[1] == featureNames.count
    return Dataset(
      features: features, labels: labels, featureNames: keepsNames ? featureNames : [],
      classNames: classNames)
  }
}
