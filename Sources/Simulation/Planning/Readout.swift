/// How the outputs of a measurement are read off its moments, the linear ones that engines compute.
///
/// The outputs are the moments themselves or, of variances and covariances, smooth functions of them:
/// ⟨(AB + BA)/2⟩ - ⟨A⟩⟨B⟩. Methods that estimate or differentiate moments, by shifted angles say, stay right for them
/// by the chain rule, which is applied here alone.
package struct Readout: Hashable, Sendable {
  /// An output: `product` less `left` times `right`, each the number of a moment.
  private struct Difference: Hashable, Sendable {
    let product: Int
    let left: Int
    let right: Int
  }

  /// The outputs; nil where they are the moments.
  private let differences: [Difference]?
  /// The numbers of a sample.
  private let outputCount: Int
  private let momentCount: Int

  /// Whether the outputs are the moments.
  package var isIdentity: Bool { differences == nil }

  /// The readout of a measurement; see ``Measurement/moments`` for the order of the moments.
  package init(_ measurement: Measurement) {
    outputCount = measurement.outputCount
    switch measurement {
    case .variances(let observables):
      let count = observables.count
      differences = (0..<count).map { Difference(product: count + $0, left: $0, right: $0) }
      momentCount = 2 * count
    case .covariances(let observables):
      let count = observables.count
      differences = (0..<(count * count)).map { output in
        let (row, column) = (output / count, output % count)
        return Difference(
          product: count + Self.pairNumber(row, column), left: row, right: column)
      }
      momentCount = count + count * (count + 1) / 2
    case .expectations, .probabilities, .amplitudes:
      differences = nil
      momentCount = outputCount
    }
  }

  /// The number of a pair of observables among the products of covariances: by the larger one, then the smaller.
  static func pairNumber(_ first: Int, _ second: Int) -> Int {
    let (low, high) = (min(first, second), max(first, second))
    return high * (high + 1) / 2 + low
  }

  /// The outputs of samples whose moments are given, row by row.
  package func outputs<Scalar: StateScalar>(of moments: [Scalar]) -> [Scalar] {
    guard let differences else { return moments }
    return stride(from: 0, to: moments.count, by: max(momentCount, 1)).flatMap { start in
      differences.map { difference in
        moments[start + difference.product]
          - moments[start + difference.left] * moments[start + difference.right]
      }
    }
  }

  /// From d loss / d outputs to d loss / d moments.
  ///
  /// - Parameters:
  ///   - cotangents: `[samples, copies, outputs]`.
  ///   - moments: `[samples, moments]`.
  ///   - copies: The cotangents of each sample.
  /// - Returns: `[samples, copies, moments]`.
  package func pulledBack<Scalar: StateScalar>(
    _ cotangents: [Scalar], at moments: [Scalar], copies: Int = 1
  ) -> [Scalar] {
    guard let differences else { return cotangents }
    let rows = outputCount == 0 ? 0 : cotangents.count / outputCount
    var result = [Scalar](repeating: 0, count: rows * momentCount)
    for row in 0..<rows {
      let (target, source) = (row * momentCount, row / copies * momentCount)
      for (output, difference) in differences.enumerated() {
        let cotangent = cotangents[row * outputCount + output]
        result[target + difference.product] += cotangent
        result[target + difference.left] -= cotangent * moments[source + difference.right]
        result[target + difference.right] -= cotangent * moments[source + difference.left]
      }
    }
    return result
  }
}
