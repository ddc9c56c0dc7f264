public import Arrays
import Compute
public import Datasets

/// A support vector machine on a kernel, quantum or not, for two classes or more.
///
/// ```swift
/// let classifier = SupportVectorClassifier(kernel: kernel, cost: 10)
/// let fitted = try classifier.fit(train)
/// print(try fitted.score(test))
/// ```
public struct SupportVectorClassifier {
  /// The similarity of samples.
  public let kernel: any Kernel
  /// C, the price of a training sample on the wrong side.
  public let cost: Double
  /// How far from optimal the solution may be, in the gradient of the dual.
  public let tolerance: Double

  /// Creates a classifier; settings are checked when it is fitted.
  public init(kernel: any Kernel, cost: Double = 1, tolerance: Double = 1e-3) {
    self.kernel = kernel
    self.cost = cost
    self.tolerance = tolerance
  }

  /// Trains on a data set with classes.
  ///
  /// - Returns: What predicts; later training of the kernel does not change it.
  /// - Throws: ``SupportVectorError`` if a setting is refused, there are fewer than two classes, or the
  ///   kernel cannot be computed.
  /// - Precondition: The labels are classes.
  public func fit(_ dataset: Dataset) throws(SupportVectorError) -> FittedSupportVectorClassifier {
    let gram: NDArray
    do throws(KernelError) {
      gram = try kernel.matrix(dataset.features)
    } catch {
      throw .kernel(error)
    }
    let machine = try SupportVectorMachine.trained(
      gram: gram, classes: dataset.classes, cost: cost, tolerance: tolerance)
    return FittedSupportVectorClassifier(
      kernel: kernel.fixed, machine: machine,
      supportVectors: dataset.selecting(machine.supportRows).features)
  }

  /// Trains on each fold and scores on what it leaves out.
  ///
  /// - Returns: The accuracy on the test part of each fold.
  /// - Throws: ``SupportVectorError`` as ``fit(_:)``.
  public func crossValidated(_ folds: [Split]) throws(SupportVectorError) -> [Double] {
    var scores: [Double] = []
    for fold in folds { scores.append(try fit(fold.train).score(fold.test)) }
    return scores
  }
}

/// A trained support vector machine with its kernel and support vectors.
public struct FittedSupportVectorClassifier: Sendable {
  /// The kernel, as it was when the machine was trained.
  public let kernel: any Kernel & Sendable
  /// The decision functions.
  public let machine: SupportVectorMachine
  /// The training samples that count, `[support vectors, features]`.
  public let supportVectors: NDArray

  /// The decision functions of samples.
  ///
  /// - Parameter features: `[n, features]`.
  /// - Returns: float64 of shape `[n, pairs of classes]`, in the order of
  ///   ``SupportVectorMachine/pairs``; with two classes, positive for the second.
  /// - Throws: ``SupportVectorError`` if the kernel cannot be computed.
  public func decisionFunction(_ features: NDArray) throws(SupportVectorError) -> NDArray {
    let decisions = try decisions(features)
    return NDArray(decisions.flatMap { $0 }, shape: [decisions.count, machine.pairs.count])
  }

  /// The class of each sample.
  ///
  /// - Parameter features: `[n, features]`.
  /// - Returns: A class of the training data for each row.
  /// - Throws: ``SupportVectorError`` if the kernel cannot be computed.
  public func predict(_ features: NDArray) throws(SupportVectorError) -> [Int] {
    try decisions(features).map(machine.vote)
  }

  /// The share of samples whose class is predicted.
  ///
  /// - Throws: ``SupportVectorError`` if the kernel cannot be computed.
  /// - Precondition: The data set has samples, with classes.
  public func score(_ dataset: Dataset) throws(SupportVectorError) -> Double {
    require(dataset.count > 0, "score: expected samples, found none")
    let right = zip(try predict(dataset.features), dataset.classes).count { $0 == $1 }
    return Double(right) / Double(dataset.count)
  }

  private func decisions(_ features: NDArray) throws(SupportVectorError) -> [[Double]] {
    let values: [Double]
    do throws(KernelError) {
      values = try kernel.matrix(features, supportVectors).doubles()
    } catch {
      throw .kernel(error)
    }
    let count = machine.supportRows.count
    return (0..<features.shape[0]).map { row in
      machine.decisions(Array(values[(row * count)..<((row + 1) * count)]))
    }
  }
}
