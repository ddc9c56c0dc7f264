import Compute

/// A trained support vector machine on kernel values: one decision function for each pair of classes.
///
/// For the pair (p, q), p < q, and a sample x, f(x) = Σₛ cₛ k(xₛ, x) - ρ over the support vectors of both
/// classes; it is positive on the side of q. A sample gets the class that wins most pairs, the
/// first of those that win equally many, as in libsvm.
public struct SupportVectorMachine: Hashable, Sendable {
  /// The classes that training samples had, in ascending order.
  public let classes: [Int]
  /// The rows of the training samples that are support vectors.
  public let supportRows: [Int]
  /// For each pair of classes, a coefficient for each support vector, most of them zero.
  public let coefficients: [[Double]]
  /// For each pair of classes, the constant ρ.
  public let offsets: [Double]

  init(classes: [Int], supportRows: [Int], coefficients: [[Double]], offsets: [Double]) {
    self.classes = classes
    self.supportRows = supportRows
    self.coefficients = coefficients
    self.offsets = offsets
  }

  /// The pairs of positions in ``classes`` that the decision functions tell apart, in their order.
  public var pairs: [(Int, Int)] {
    classes.indices.flatMap { p in ((p + 1)..<max(classes.count, p + 1)).map { (p, $0) } }
  }

  /// The decision functions of a sample.
  ///
  /// - Parameter kernelRow: The kernel of the sample with each support vector, in the order of
  ///   ``supportRows``.
  /// - Returns: One number for each of ``pairs``.
  public func decisions(_ kernelRow: [Double]) -> [Double] {
    require(
      kernelRow.count == supportRows.count,
      "support vector machine: found \(kernelRow.count) values, expected \(supportRows.count)")
    return zip(coefficients, offsets).map { coefficients, offset in
      zip(coefficients, kernelRow).reduce(-offset) { $0 + $1.0 * $1.1 }
    }
  }

  /// The class that decision functions vote for.
  public func vote(_ decisions: [Double]) -> Int {
    var votes = [Int](repeating: 0, count: classes.count)
    for ((p, q), decision) in zip(pairs, decisions) { votes[decision < 0 ? p : q] += 1 }
    let most = votes.max() ?? 0
    return classes[votes.firstIndex(of: most) ?? 0]
  }
}

/// Why a support vector machine cannot be trained or used.
public enum SupportVectorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The training samples are of fewer than two classes.
  case classCount(found: Int)
  /// libsvm refuses a setting; its message.
  case setting(String)
  /// A kernel value is infinite or not a number.
  case kernelNotFinite(row: Int, column: Int)
  /// The kernel cannot be computed.
  case kernel(KernelError)

  /// A sentence that says what was found and what was expected.
  public var description: String {
    switch self {
    case .classCount(let found):
      "a support vector machine needs samples of at least two classes, found \(found)"
    case .setting(let message): "support vector machine: \(message)"
    case .kernelNotFinite(let row, let column):
      "the kernel of samples \(row) and \(column) is not finite"
    case .kernel(let error): error.description
    }
  }
}
