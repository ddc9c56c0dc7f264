import Arrays
import Datasets
import Testing

@Suite("Generated data") struct SyntheticDataTests {
  private static let tolerance = 1e-15

  private func compare(_ points: [PlaneGeometry.Point], with oracle: DatasetOracle.Points) {
    #expect(points.map(\.group) == oracle.classes)
    for (point, theirs) in zip(points, oracle.points) {
      for (a, b) in zip(point.place, theirs) { #expect(abs(a - b) <= Self.tolerance) }
    }
  }

  @Test("moons and circles lie where scikit-learn's do")
  func matchesScikitLearn() throws {
    let oracle = try DatasetOracle.read()
    for moons in oracle.moons { compare(PlaneGeometry.moons(moons.points.count), with: moons) }
    for (circles, factor) in zip(oracle.circles, [0.8, 0.5, 0]) {
      compare(PlaneGeometry.circles(circles.points.count, factor: factor), with: circles)
    }
  }

  @Test("without noise every sample is a point of the geometry, each once")
  func shufflesPoints() {
    let data = Dataset.twoMoons(count: 31, seed: 4, dtype: .float64)
    let flat = data.features.scalars(as: Double.self)
    let found = data.classes.enumerated().map { row, group in
      PlaneGeometry.Point(place: [flat[2 * row], flat[2 * row + 1]], group: group)
    }
    let expected = PlaneGeometry.moons(31)
    #expect(Set(found) == Set(expected))
    #expect(found != expected)
    #expect(data.classNames == ["0", "1"])
  }

  @Test("noise has the deviation asked for, and depends on the seed")
  func addsNoise() {
    let count = 4000
    let data = Dataset.blobs(
      count: count, centers: [[3, -1], [-5, 8]], deviation: 0.5, seed: 11, dtype: .float64)
    let flat = data.features.scalars(as: Double.self)
    for (group, center) in [[3.0, -1.0], [-5.0, 8.0]].enumerated() {
      let rows = data.classes.indices.filter { data.classes[$0] == group }
      #expect(rows.count == count / 2)
      for axis in 0..<2 {
        let values = rows.map { flat[2 * $0 + axis] }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance =
          values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        // Five deviations of the mean and of the variance of 2000 normal numbers.
        #expect(abs(mean - center[axis]) < 5 * 0.5 / 2000.0.squareRoot())
        #expect(abs(variance - 0.25) < 5 * 0.25 * (2 / 2000.0).squareRoot())
      }
    }
    func moons(_ seed: UInt64) -> [Float] {
      Dataset.twoMoons(count: 20, noise: 0.1, seed: seed).features.scalars(as: Float.self)
    }
    #expect(moons(1) == moons(1))
    #expect(moons(1) != moons(2))
  }

  @Test("samples are spread evenly over the classes")
  func isEven() {
    let data = Dataset.blobs(count: 11, centers: [[0], [1], [2]], seed: 1)
    let counts = data.classes.reduce(into: [0, 0, 0]) { $0[$1] += 1 }
    #expect(counts == [4, 4, 3])
    #expect(Dataset.circles(count: 9, seed: 1).classes.count { $0 == 0 } == 4)
  }

  @Test("traps on centres of different dimension and on negative noise")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = Dataset.blobs(count: 4, centers: [[0, 1], [1]], seed: 1)
    }
    await #expect(processExitsWith: .failure) { _ = Dataset.twoMoons(count: 4, noise: -1, seed: 1) }
  }
}

@Suite("Dataset") struct DatasetTests {
  @Test("selects rows with their labels, in the order given")
  func selects() {
    let data = Dataset(
      features: NDArray([1.0, 2, 3, 4, 5, 6], shape: [3, 2]),
      labels: NDArray([0, 1, 2], shape: [3]), featureNames: ["a", "b"],
      classNames: ["x", "y", "z"])
    let chosen = data.selecting([2, 0, 2])
    #expect(chosen.features.scalars(as: Double.self) == [5, 6, 1, 2, 5, 6])
    #expect(chosen.classes == [2, 0, 2])
    #expect(chosen.classNames == ["x", "y", "z"])
    #expect(data.replacingFeatures(NDArray([1.0, 2, 3], shape: [3, 1])).featureNames.isEmpty)
  }

  @Test("selects rows of a view as of a copy, and of more than two axes")
  func selectsFromViews() {
    let images = NDArray((0..<24).map(Double.init), shape: [3, 2, 4])
    let view = images.transposed(1, 2)
    let targets = NDArray([0.5, 0, 1.5, 0, 2.5, 0], shape: [6]).slice(axis: 0, 0..<6, step: 2)
    let data = Dataset(features: view, labels: targets)
    #expect(!data.isClassification)
    #expect(data.selecting([1]).features.shape == [1, 4, 2])
    #expect(
      data.selecting([1]).features.scalars(as: Double.self) == [8, 12, 9, 13, 10, 14, 11, 15])
    #expect(data.selecting([2, 1]).labels.scalars(as: Double.self) == [2.5, 1.5])
    #expect(data.selecting([]).features.shape == [0, 4, 2])
  }

  @Test("traps on shapes that differ and on classes out of range")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = Dataset(
        features: NDArray([1.0, 2], shape: [2, 1]), labels: NDArray([0, 1, 0], shape: [3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset(
        features: NDArray([1.0, 2], shape: [2, 1]), labels: NDArray([0, 2], shape: [2]),
        classNames: ["a", "b"])
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset(
        features: NDArray([1.0, 2], shape: [2, 1]), labels: NDArray([0, 1], shape: [2])
      ).selecting([2])
    }
  }
}
