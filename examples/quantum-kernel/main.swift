import Foundation
import Hilbert

// Support vector machines on quantum kernels, trained for alignment, beside Gaussian ones.

/// The Gram matrix with samples sorted by class.
func gramChart(_ gram: NDArray, of dataset: Dataset, _ title: String) -> Chart {
  let order = dataset.classes.indices.sorted {
    (dataset.classes[$0], $0) < (dataset.classes[$1], $1)
  }
  let sorted = gram.selecting(axis: 0, indices: order).selecting(axis: 1, indices: order)
  let grid = Chart.Grid(rows: order.count, columns: order.count, values: sorted.doubles())
  return Chart.heatMap(
    grid, title: title, x: "sample", y: "sample", range: 0...1, label: "fidelity")
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

/// The test accuracy of a quantum kernel before and after training, and of a Gaussian one; costs and γ
/// are found by cross-validation on the same folds.
func compare(_ name: String, _ data: Dataset, depth: Int, seed: UInt64) throws {
  let (train, test) = data.split(test: 0.5, stratified: true, seed: seed).scaled(to: 0 ... .pi)
  let folds = train.folds(5, stratified: true, seed: seed)
  let costs = [0.1, 1, 10, 100]
  let circuit = Circuit(qubits: train.featureCount) { DataReuploading(depth: depth) }
  var stream = RandomStream(seed: seed, purpose: .initialization)
  let weights = Parameter(
    Tensor.uniform([circuit.weightCount], in: -1...1, dtype: .float64, using: &stream))
  let kernel = try FidelityKernel(circuit, weights: weights)
  let gram = try kernel.matrix(train.features)
  let start = try SupportVectorSearch(kernels: [kernel], costs: costs, folds: folds).best.fit(train)
  let alignments = try kernel.align(
    to: train, with: Adam([weights], learningRate: 0.05), epochs: 200, seed: seed)
  let quantum = try SupportVectorSearch(kernels: [kernel], costs: costs, folds: folds).best.fit(
    train)
  let gaussian = try SupportVectorSearch(
    gammas: [0.01, 0.1, 1, 10], costs: costs, folds: folds
  ).best.fit(train)
  let numbers = [
    alignments[0], alignments[alignments.count - 1], try start.score(test),
    try quantum.score(test), try gaussian.score(test),
  ].map { String(format: "%.3f", $0) }
  print(
    "\(name), seed \(seed): alignment \(numbers[0]) -> \(numbers[1]), test accuracy of the quantum",
    "kernel \(numbers[2]) -> \(numbers[3]), of the Gaussian one \(numbers[4])")
  guard seed == 1 else { return }
  let fileName = name.replacing(" ", with: "-")
  try Figure(title: "\(name): fidelities of training samples", columns: 2) {
    gramChart(gram, of: train, "before training")
    gramChart(try kernel.matrix(train.features), of: train, "after training")
  }.write(to: "output/quantum-kernel-gram-\(fileName).svg")
  guard train.featureCount == 2 else { return }
  try Figure(title: "\(name): decision regions and test samples", columns: 2) {
    try regions(quantum, test, "quantum kernel")
    try regions(gaussian, test, "Gaussian kernel")
  }.write(to: "output/quantum-kernel-regions-\(fileName).svg")
}

try FileManager.default.createDirectory(atPath: "output", withIntermediateDirectories: true)
let table = try Dataset.csv("examples/data/breast-cancer.csv", label: "diagnosis")
let names = ["mean_radius", "mean_texture", "mean_concave_points", "worst_area"]
let columns = names.compactMap { table.featureNames.firstIndex(of: $0) }
let cancer = table.replacingFeatures(table.features.selecting(axis: 1, indices: columns))
for seed in UInt64(1)...5 {
  try compare("two moons", .twoMoons(count: 200, noise: 0.2, seed: seed), depth: 4, seed: seed)
  try compare("breast cancer", cancer, depth: 3, seed: seed)
}
