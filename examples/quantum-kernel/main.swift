import Foundation
import Hilbert

// Support vector machines on quantum kernels, trained for alignment, beside Gaussian ones.

/// A circuit that puts the features in three times, with trained rotations in between.
func trainedKernel(on train: Dataset, seed: UInt64) throws -> FidelityKernel {
  let circuit = Circuit(qubits: train.featureCount) { DataReuploading(depth: 3) }
  var stream = RandomStream(seed: seed, purpose: .initialization)
  let weights = Parameter(
    Tensor.uniform([circuit.weightCount], in: -1...1, dtype: .float64, using: &stream))
  let kernel = try FidelityKernel(circuit, weights: weights)
  let before = try kernel.matrix(train.features)
  let alignments = try kernel.align(
    to: train, with: Adam([weights], learningRate: 0.05), epochs: 100, seed: seed)
  print("  alignment \(alignments[0].rounded3) -> \(alignments[alignments.count - 1].rounded3)")
  try Figure(title: "Gram matrices of the training samples, class by class", columns: 2) {
    gramChart(before, of: train, "before training")
    gramChart(try kernel.matrix(train.features), of: train, "after training")
  }.write(to: "output/quantum-kernel-gram-\(train.featureCount)-qubits.svg")
  return kernel
}

/// The Gram matrix with samples sorted by class.
func gramChart(_ gram: NDArray, of dataset: Dataset, _ title: String) -> Chart {
  let order = dataset.classes.indices.sorted {
    (dataset.classes[$0], $0) < (dataset.classes[$1], $1)
  }
  let sorted = gram.selecting(axis: 0, indices: order).selecting(axis: 1, indices: order)
  let grid = Chart.Grid(rows: order.count, columns: order.count, values: sorted.doubles())
  return Chart.heatMap(grid, title: title, x: "sample", y: "sample", range: 0...1, label: "fidelity")
}

/// The decision regions of a classifier of two features, with the test samples.
func regions(
  _ classifier: FittedSupportVectorClassifier, _ test: Dataset, _ title: String
) throws -> Chart {
  let places = test.features.doubles()
  let points = Chart.Points.grouped(
    x: stride(from: 0, to: places.count, by: 2).map { places[$0] },
    y: stride(from: 1, to: places.count, by: 2).map { places[$0] },
    classes: test.classes, names: test.classNames)
  return try Chart.decisionRegions(points, title: title, x: "x", y: "y") { places in
    try classifier.predict(NDArray(places.flatMap { [$0.x, $0.y] }, shape: [places.count, 2]))
  }
}

/// The best cost of a quantum kernel, and γ and cost of a Gaussian one, found on the same folds.
func compare(_ train: Dataset, _ test: Dataset, seed: UInt64) throws
  -> (quantum: FittedSupportVectorClassifier, gaussian: FittedSupportVectorClassifier)
{
  let folds = train.folds(5, stratified: true, seed: seed)
  let costs = [0.1, 1, 10, 100]
  let kernel = try trainedKernel(on: train, seed: seed)
  let quantum = try SupportVectorSearch(kernels: [kernel], costs: costs, folds: folds).best
  let gaussian = try SupportVectorSearch(
    gammas: [0.01, 0.1, 1, 10], costs: costs, folds: folds).best
  let fitted = (try quantum.fit(train), try gaussian.fit(train))
  print("  quantum, C = \(quantum.cost): test accuracy \(try fitted.0.score(test).rounded3)")
  print("  Gaussian, C = \(gaussian.cost): test accuracy \(try fitted.1.score(test).rounded3)")
  return fitted
}

extension Double {
  var rounded3: Double { (self * 1000).rounded() / 1000 }
}

try FileManager.default.createDirectory(atPath: "output", withIntermediateDirectories: true)

print("two moons")
let moons = Dataset.twoMoons(count: 200, noise: 0.2, seed: 1)
  .split(test: 0.5, stratified: true, seed: 1).scaled(to: 0 ... .pi)
let (quantum, gaussian) = try compare(moons.train, moons.test, seed: 1)
try Figure(title: "Two moons", columns: 2) {
  try regions(quantum, moons.test, "quantum kernel")
  try regions(gaussian, moons.test, "Gaussian kernel")
}.write(to: "output/quantum-kernel-moons.svg")

print("Breast Cancer, four features")
let table = try Dataset.csv("examples/data/breast-cancer.csv", label: "diagnosis")
let names = ["mean_radius", "mean_texture", "mean_concave_points", "worst_area"]
let columns = names.compactMap { table.featureNames.firstIndex(of: $0) }
let cancer = table.replacingFeatures(table.features.selecting(axis: 1, indices: columns))
  .split(test: 0.5, stratified: true, seed: 1).scaled(to: 0 ... .pi)
_ = try compare(cancer.train, cancer.test, seed: 1)
