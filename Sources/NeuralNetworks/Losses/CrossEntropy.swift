public import Arrays
public import Autograd
import Compute

/// The cross-entropy of classes under the softmax of `logits`: `−log softmax(z)[y]` for each sample.
///
/// torch's `cross_entropy`: the logits are not probabilities and need not be normalised. With label
/// smoothing ε the target is `(1 − ε)` on the class y and `ε/C` on all C classes. A class equal to
/// `ignoredClass` gives no loss, and the mean is over the other samples.
///
/// - Parameters:
///   - logits: Of shape `[samples, classes]`.
///   - labels: The class of each sample, int64 of shape `[samples]`.
///   - reduction: The mean by default.
///   - labelSmoothing: The ε, in `0...1`.
///   - ignoredClass: The class that marks samples without a label.
/// - Returns: A number; with ``Reduction/none`` a loss for each sample, 0 where it is ignored.
/// - Precondition: every class is in `0..<classes` or is `ignoredClass`.
public func crossEntropy(
  _ logits: Tensor, _ labels: NDArray, reduction: Reduction = .mean, labelSmoothing: Double = 0,
  ignoredClass: Int = -100
) -> Tensor {
  require(
    logits.rank == 2 && labels.shape == [logits.shape[0]],
    "crossEntropy: expected logits [samples, classes] and labels [samples], found "
      + "\(logits.shape) and \(labels.shape)")
  require(
    labels.dtype == .int64, "crossEntropy: expected int64 labels, found \(labels.dtype)")
  checkSmoothing(labelSmoothing)
  let classCount = logits.shape[1]
  var classes = labels.scalars(as: Int.self)
  var counts: [Double]?
  for (sample, label) in classes.enumerated() where !(0..<classCount).contains(label) {
    require(
      label == ignoredClass,
      "crossEntropy: expected a class in 0..<\(classCount), found \(label) for sample \(sample)")
    if counts == nil { counts = Array(repeating: 1, count: classes.count) }
    counts?[sample] = 0
    classes[sample] = 0
  }
  let logProbabilities = logits.logSoftmax(axis: 1)
  let picked = logProbabilities.gather(
    axis: 1, indices: Tensor(NDArray(classes, shape: [classes.count, 1])))
  var losses = -picked.squeeze(axis: 1)
  if labelSmoothing > 0 {
    losses =
      losses * (1 - labelSmoothing)
      - logProbabilities.sum(axes: [1]) * (labelSmoothing / Double(classCount))
  }
  guard let counts else { return reduction.apply(to: losses) }
  losses = losses * Tensor(NDArray(counts).cast(to: logits.dtype))
  return reduction == .mean ? losses.sum() / counts.reduce(0, +) : reduction.apply(to: losses)
}

/// The cross-entropy of classes held in a tensor; see the form that takes an array.
public func crossEntropy(
  _ logits: Tensor, _ labels: Tensor, reduction: Reduction = .mean, labelSmoothing: Double = 0,
  ignoredClass: Int = -100
) -> Tensor {
  crossEntropy(
    logits, labels.array, reduction: reduction, labelSmoothing: labelSmoothing,
    ignoredClass: ignoredClass)
}

/// The cross-entropy of probabilities under the softmax of `logits`: `−Σ_c p[c] log softmax(z)[c]`.
///
/// - Parameters:
///   - logits: Of shape `[samples, classes]`.
///   - probabilities: The target distributions, of the same shape; gradients reach them too.
///   - reduction: The mean over the samples by default.
///   - labelSmoothing: The ε in `0...1` that mixes the uniform distribution in.
/// - Returns: A number; with ``Reduction/none`` a loss for each sample.
public func crossEntropy(
  _ logits: Tensor, probabilities: Tensor, reduction: Reduction = .mean,
  labelSmoothing: Double = 0
) -> Tensor {
  require(
    logits.rank == 2 && probabilities.shape == logits.shape,
    "crossEntropy: expected logits and probabilities [samples, classes], found \(logits.shape) and "
      + "\(probabilities.shape)")
  checkSmoothing(labelSmoothing)
  var target = probabilities
  if labelSmoothing > 0 {
    target = target * (1 - labelSmoothing) + labelSmoothing / Double(logits.shape[1])
  }
  return reduction.apply(to: -(target * logits.logSoftmax(axis: 1)).sum(axes: [1]))
}

private func checkSmoothing(_ labelSmoothing: Double) {
  require(
    (0...1).contains(labelSmoothing),
    "crossEntropy: expected a label smoothing in 0...1, found \(labelSmoothing)")
}
