import Arrays
import Datasets
import Foundation
import Testing

@Suite("Scalers") struct ScalerTests {
  /// Rounding of numbers near 1e6 with a deviation near 1, and of their mean.
  private static let tolerance = 1e-9

  private static func array(_ rows: [[Double]]) -> NDArray {
    NDArray(rows.flatMap(\.self), shape: [rows.count, rows[0].count])
  }

  private func column(_ array: NDArray, _ index: Int) -> [Double] {
    let width = array.shape[1]
    return array.scalars(as: Double.self).enumerated().filter { $0.offset % width == index }
      .map(\.element)
  }

  private func isClose(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($0), abs($1)) }
  }

  @Test("the standardizer gives scikit-learn's numbers")
  func standardizer() throws {
    let oracle = try DatasetOracle.read().scaling
    let scaler = Standardizer(fitting: Self.array(oracle.fitted))
    for index in oracle.mean.indices {
      #expect(abs(scaler.mean[index] / oracle.mean[index] - 1) < 1e-13)
      #expect(abs(scaler.scale[index] / oracle.scale[index] - 1) < 1e-9)
    }
    let scaled = scaler.transform(Self.array(oracle.others))
    for index in oracle.mean.indices {
      #expect(isClose(column(scaled, index), oracle.standardized[index], Self.tolerance))
    }
  }

  @Test("the min-max scaler gives scikit-learn's numbers")
  func minMax() throws {
    let oracle = try DatasetOracle.read().scaling
    let scaler = MinMaxScaler(fitting: Self.array(oracle.fitted), to: 0 ... .pi)
    #expect(scaler.minimum == oracle.minimum)
    #expect(scaler.maximum == oracle.maximum)
    let scaled = scaler.transform(Self.array(oracle.others))
    for index in oracle.minimum.indices {
      #expect(isClose(column(scaled, index), oracle.ranged[index], Self.tolerance))
    }
  }

  @Test("the inverse undoes the scaling, in both types")
  func inverts() throws {
    let rows = (0..<9).map { [Double($0 * $0) - 3, 2.5, 100 + Double($0 % 4)] }
    let data = Self.array(rows)
    try checkInverse(of: data, data, tolerance: 1e-14)
    let single = NDArray(data.scalars(as: Double.self).map { Float($0) }, shape: data.shape)
    try checkInverse(of: single, data, tolerance: 1e-6)
  }

  private func checkInverse(of features: NDArray, _ expected: NDArray, tolerance: Double) throws {
    let standard = Standardizer(fitting: features)
    let ranged = MinMaxScaler(fitting: features, to: -1...2)
    let results = [
      standard.inverse(standard.transform(features)), ranged.inverse(ranged.transform(features)),
    ]
    for back in results {
      #expect(back.dtype == features.dtype)
      let found =
        back.dtype == .float64
        ? back.scalars(as: Double.self) : back.scalars(as: Float.self).map { Double($0) }
      #expect(isClose(found, expected.scalars(as: Double.self), tolerance))
    }
  }

  @Test("fits to the training part alone")
  func fitsTrainOnly() {
    let data = Dataset(
      features: NDArray((0..<40).map { Double($0 * $0) }, shape: [20, 2]),
      labels: NDArray((0..<20).map { $0 % 2 }, shape: [20]), featureNames: ["a", "b"])
    let split = data.split(test: 0.25, stratified: true, seed: 2)
    let (train, test) = split.standardized()
    for index in 0..<2 {
      let values = column(train.features, index)
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(abs(mean) < 1e-14)
      #expect(abs(variance - 1) < 1e-13)
      let scaler = Standardizer(fitting: split.train.features)
      let expected = column(split.test.features, index).map {
        ($0 - scaler.mean[index]) / scaler.scale[index]
      }
      #expect(column(test.features, index) == expected)
    }
    #expect(train.featureNames == ["a", "b"])
    #expect(test.classes == split.test.classes)
    let (low, _) = split.scaled(to: 0 ... .pi)
    for index in 0..<2 {
      #expect(column(low.features, index).min() == 0)
      #expect(abs((column(low.features, index).max() ?? 0) - .pi) < 1e-15)
    }
  }

  @Test("survives encoding")
  func encodes() throws {
    let scaler = Standardizer(fitting: Self.array([[1, 2], [3, 5]]))
    let data = try JSONEncoder().encode(scaler)
    #expect(try JSONDecoder().decode(Standardizer.self, from: data) == scaler)
  }

  @Test("traps on another number of columns, and without samples")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = Standardizer(fitting: NDArray([1.0, 2], shape: [1, 2]))
        .transform(NDArray([1.0, 2, 3], shape: [1, 3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = Standardizer(fitting: NDArray([1.0, 2], shape: [2]))
    }
  }
}
