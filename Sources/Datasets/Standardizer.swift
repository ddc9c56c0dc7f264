public import Arrays
import Compute

/// Brings each feature to mean 0 and deviation 1: `(x - mean) / scale`.
///
/// The deviation is that of the population (divided by n), as scikit-learn's `StandardScaler` takes it. A
/// column that is constant, to within rounding, is only centred: its scale is 1.
public struct Standardizer: Hashable, Sendable, Codable {
  /// The mean of each column.
  public let mean: [Double]
  /// The deviation of each column; 1 for a constant one.
  public let scale: [Double]

  /// Fits the means and deviations to `features`.
  ///
  /// - Parameter features: Of shape `[samples, features]`, float32 or float64.
  /// - Precondition: there is a sample.
  public init(fitting features: NDArray) {
    let table = ColumnTable(features, purpose: "standardizer")
    require(table.rows > 0, "standardizer: expected at least one sample, found \(table.shape)")
    let count = Double(table.rows)
    var means: [Double] = []
    var scales: [Double] = []
    for column in 0..<table.columns {
      let values = table.column(column)
      let mean = values.reduce(0, +) / count
      let deviations = values.map { $0 - mean }
      // The second term undoes what rounding of the mean adds (Chan, Golub, LeVeque 1983).
      let bias = deviations.reduce(0, +)
      let squares = deviations.reduce(0) { $0 + $1 * $1 }
      let variance = Swift.max(0, (squares - bias * bias / count) / count)
      // What n roundings of a constant column can add up to.
      let rounding = count * mean * Double.ulpOfOne
      let isConstant = variance <= count * Double.ulpOfOne * variance + rounding * rounding
      means.append(mean)
      scales.append(isConstant ? 1 : variance.squareRoot())
    }
    self.mean = means
    self.scale = scales
  }

  /// The features scaled, in the type of `features`.
  ///
  /// - Precondition: `features` has the shape `[samples, mean.count]`.
  public func transform(_ features: NDArray) -> NDArray {
    ColumnTable(features, columns: mean.count, purpose: "standardizer").mapped { column, value in
      (value - mean[column]) / scale[column]
    }
  }

  /// The features before scaling: what ``transform(_:)`` gave, turned back.
  ///
  /// - Precondition: `features` has the shape `[samples, mean.count]`.
  public func inverse(_ features: NDArray) -> NDArray {
    ColumnTable(features, columns: mean.count, purpose: "standardizer").mapped { column, value in
      value * scale[column] + mean[column]
    }
  }
}

/// Brings each feature to a range: its least value to the lower bound, its greatest to the upper.
///
/// A constant column goes to the lower bound.
public struct MinMaxScaler: Hashable, Sendable, Codable {
  /// The least value of each column.
  public let minimum: [Double]
  /// The greatest value of each column.
  public let maximum: [Double]
  /// The range that the features fill.
  public let range: ClosedRange<Double>

  /// Fits the bounds to `features`.
  ///
  /// - Parameters:
  ///   - features: Of shape `[samples, features]`, float32 or float64.
  ///   - range: The range to fill.
  /// - Precondition: there is a sample, and the bounds of `range` are finite.
  public init(fitting features: NDArray, to range: ClosedRange<Double> = 0...1) {
    require(
      range.lowerBound.isFinite && range.upperBound.isFinite,
      "min-max scaler: expected finite bounds, found \(range)")
    let table = ColumnTable(features, purpose: "min-max scaler")
    require(
      table.rows > 0, "min-max scaler: expected at least one sample, found \(table.shape)")
    let columns = (0..<table.columns).map(table.column)
    minimum = columns.map { $0.reduce(.infinity, Swift.min) }
    maximum = columns.map { $0.reduce(-.infinity, Swift.max) }
    self.range = range
  }

  private func width(_ column: Int) -> Double {
    let width = maximum[column] - minimum[column]
    return width > 0 ? width : 1
  }

  private var span: Double { range.upperBound - range.lowerBound }

  /// The features scaled, in the type of `features`; those beyond the fitted ones leave the range.
  ///
  /// - Precondition: `features` has the shape `[samples, minimum.count]`.
  public func transform(_ features: NDArray) -> NDArray {
    ColumnTable(features, columns: minimum.count, purpose: "min-max scaler").mapped {
      (column, value) in
      range.lowerBound + (value - minimum[column]) / width(column) * span
    }
  }

  /// The features before scaling: what ``transform(_:)`` gave, turned back.
  ///
  /// - Precondition: `features` has the shape `[samples, minimum.count]`, and the range a positive length.
  public func inverse(_ features: NDArray) -> NDArray {
    require(span > 0, "min-max scaler: a range of length 0 cannot be inverted")
    return ColumnTable(features, columns: minimum.count, purpose: "min-max scaler").mapped {
      (column, value) in
      minimum[column] + (value - range.lowerBound) / span * width(column)
    }
  }
}
