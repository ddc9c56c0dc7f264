public import Arrays
public import Autograd
import Compute
public import Datasets
public import Optimizers

/// How well a kernel matrix agrees with classes: the cosine of the angle between it and the ideal kernel.
///
/// A(K, t) = Σ Kᵢⱼ tᵢⱼ / √(Σ Kᵢⱼ² · Σ tᵢⱼ²), with tᵢⱼ = 1 for samples of the same class and -1 / (c - 1) for
/// others, c the number of classes: y yᵀ for two classes ±1 (Cristianini et al., NIPS 14, 2001).
public enum KernelAlignment {
  /// The ideal kernel t of classes.
  ///
  /// - Parameters:
  ///   - classes: The class of each sample.
  ///   - classCount: The number of classes c.
  /// - Returns: float64 of shape `[samples, samples]`.
  /// - Precondition: There are at least two classes.
  public static func ideal(classes: [Int], classCount: Int) -> NDArray {
    require(
      classCount >= 2, "kernel alignment: expected at least two classes, found \(classCount)")
    let other = -1 / Double(classCount - 1)
    let values = classes.flatMap { one in classes.map { one == $0 ? 1 : other } }
    return NDArray(values, shape: [classes.count, classes.count])
  }

  /// The alignment of a kernel matrix with classes, from -1 to 1.
  ///
  /// - Parameters:
  ///   - gram: `[samples, samples]`.
  ///   - classes: The class of each sample.
  ///   - classCount: The number of classes.
  /// - Returns: A number, differentiable in `gram`.
  /// - Precondition: `gram` has a row and a column for each sample.
  public static func value(_ gram: Tensor, classes: [Int], classCount: Int) -> Tensor {
    require(
      gram.shape == [classes.count, classes.count],
      "kernel alignment: found a matrix \(gram.shape) for \(classes.count) samples")
    let ideal = ideal(classes: classes, classCount: classCount)
    let target = Tensor(ideal.cast(to: gram.dtype))
    let norm = (ideal * ideal).sum().item().squareRoot()
    return (gram * target).sum() / ((gram * gram).sum().sqrt() * norm)
  }
}

extension FidelityKernel {
  /// Trains the weights for alignment with the classes of a data set.
  ///
  /// Each step takes the gradient of the alignment of one batch, and lets the optimizer move against that
  /// of its negative. It trains what the optimizer holds, usually `[kernel.weights]`.
  ///
  /// - Parameters:
  ///   - dataset: The samples, with classes.
  ///   - optimizer: Holds the kernel's weights.
  ///   - epochs: How often to go through the data set.
  ///   - batchSize: The samples of a step; all by default. Alignment needs pairs: small batches are noisy.
  ///   - seed: The seed of the order of samples.
  /// - Returns: The alignment of each step's batch before the step.
  /// - Throws: ``KernelError`` as ``gram(_:)``.
  public func align(
    to dataset: Dataset, with optimizer: any Optimizer, epochs: Int, batchSize: Int? = nil,
    seed: UInt64
  ) throws(KernelError) -> [Double] {
    var alignments: [Double] = []
    for epoch in 0..<epochs {
      let batches = dataset.batches(of: batchSize ?? dataset.count, seed: seed, epoch: epoch)
      for batch in batches {
        optimizer.zeroGradients()
        let alignment = KernelAlignment.value(
          try gram(Tensor(batch.features)), classes: batch.labels.scalars(as: Int.self),
          classCount: dataset.classCount)
        (-alignment).backward()
        optimizer.step()
        alignments.append(alignment.item())
      }
    }
    return alignments
  }
}
