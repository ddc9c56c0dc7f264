/// A mean over trajectories, and how far it may be off.
public struct TrajectoryEstimate: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The standard deviation of the mean: that of the trajectories over √count; infinity for one trajectory.
  public let standardError: Double
}

/// The means and the spreads of rows of numbers, added in runs.
///
/// Source: Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
struct RunningMoments {
  private var count = 0
  private var means: [Double]
  /// Σ (value − mean)².
  private var squares: [Double]

  init(width: Int) {
    means = [Double](repeating: 0, count: width)
    squares = means
  }

  /// Adds `rows` rows, which follow each other in `values`.
  mutating func add<Scalar: BinaryFloatingPoint>(_ values: [Scalar], rows: Int) {
    let width = means.count
    guard rows > 0 else { return }
    let share = Double(rows) / Double(count + rows)
    for column in 0..<width {
      var sum = 0.0
      for row in 0..<rows { sum += Double(values[row * width + column]) }
      let mean = sum / Double(rows)
      var spread = 0.0
      for row in 0..<rows {
        let difference = Double(values[row * width + column]) - mean
        spread += difference * difference
      }
      let shift = mean - means[column]
      squares[column] += spread + shift * shift * Double(count) * share
      means[column] += shift * share
    }
    count += rows
  }

  var estimates: [TrajectoryEstimate] {
    zip(means, squares).map { mean, squares in
      // One trajectory tells nothing of its spread.
      let error =
        count > 1 ? (squares / Double(count - 1) / Double(count)).squareRoot() : .infinity
      return TrajectoryEstimate(mean: mean, standardError: error)
    }
  }
}
