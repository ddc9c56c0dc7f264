import Arrays
import Compute
public import Datasets

/// The accuracies of support vector classifiers over a grid of kernels and costs, by cross-validation.
///
/// ```swift
/// let search = try SupportVectorSearch(
///   gammas: [0.1, 1, 10], costs: [1, 10, 100], folds: train.folds(5, stratified: true, seed: 1))
/// let fitted = try search.best.fit(train)
/// ```
public struct SupportVectorSearch {
  /// One point of the grid.
  public struct Entry: Hashable, Sendable {
    /// The position of the kernel in the list that was searched.
    public let kernelIndex: Int
    /// C.
    public let cost: Double
    /// The accuracy on the test part of each fold.
    public let scores: [Double]

    /// The mean accuracy over the folds.
    public var meanScore: Double { scores.reduce(0, +) / Double(scores.count) }
  }

  /// The kernels that were searched.
  public let kernels: [any Kernel]
  /// All points, kernel by kernel.
  public let entries: [Entry]
  /// The point of the best mean accuracy; the first of equal ones.
  public let bestEntry: Entry

  /// Searches all pairs of a kernel and a cost.
  ///
  /// Kernel matrices are computed once a kernel and fold, whatever the number of costs.
  ///
  /// - Throws: ``SupportVectorError`` as ``SupportVectorClassifier/fit(_:)``.
  /// - Precondition: There are a kernel, a cost and a fold at least.
  public init(
    kernels: [any Kernel], costs: [Double], folds: [Split]
  ) throws(SupportVectorError) {
    require(!folds.isEmpty, "search: expected at least one fold, found none")
    var entries: [Entry] = []
    for (index, kernel) in kernels.enumerated() {
      var scores = [[Double]](repeating: [], count: costs.count)
      for fold in folds {
        for (place, score) in try Self.scores(kernel, costs, fold).enumerated() {
          scores[place].append(score)
        }
      }
      entries += zip(costs, scores).map { Entry(kernelIndex: index, cost: $0, scores: $1) }
    }
    guard var best = entries.first else {
      stop("search: expected at least one kernel and one cost, found none")
    }
    for entry in entries where entry.meanScore > best.meanScore { best = entry }
    self.kernels = kernels
    self.entries = entries
    bestEntry = best
  }

  /// Searches Gaussian kernels: all pairs of a γ and a cost.
  ///
  /// - Throws: ``SupportVectorError`` as ``SupportVectorClassifier/fit(_:)``.
  public init(gammas: [Double], costs: [Double], folds: [Split]) throws(SupportVectorError) {
    try self.init(kernels: gammas.map { RBFKernel(gamma: $0) }, costs: costs, folds: folds)
  }

  /// The classifier of the best mean accuracy, not trained yet.
  public var best: SupportVectorClassifier {
    SupportVectorClassifier(kernel: kernels[bestEntry.kernelIndex], cost: bestEntry.cost)
  }

  /// The accuracy of each cost on one fold.
  private static func scores(
    _ kernel: any Kernel, _ costs: [Double], _ fold: Split
  ) throws(SupportVectorError) -> [Double] {
    let gram: NDArray
    let across: [Double]
    do throws(KernelError) {
      gram = try kernel.matrix(fold.train.features)
      across = try kernel.matrix(fold.test.features, fold.train.features).doubles()
    } catch {
      throw .kernel(error)
    }
    let count = fold.train.count
    var scores: [Double] = []
    for cost in costs {
      let machine = try SupportVectorMachine.trained(
        gram: gram, classes: fold.train.classes, cost: cost)
      let right = fold.test.classes.enumerated().count { row, label in
        let kernelRow = machine.supportRows.map { across[row * count + $0] }
        return machine.vote(machine.decisions(kernelRow)) == label
      }
      scores.append(Double(right) / Double(fold.test.count))
    }
    return scores
  }
}
