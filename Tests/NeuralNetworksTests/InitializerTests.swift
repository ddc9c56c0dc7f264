import Arrays
import Compute
import NeuralNetworks
import TestSupport
import Testing

@Suite("Initializer") struct InitializerTests {
  struct Numbers: Decodable {
    let fans: [Int]
    let convolutionFans: [Int]
    let kaimingStandardDeviation: Double
    let kaimingFanOutStandardDeviation: Double
    let kaimingLeakyStandardDeviation: Double
    let xavierStandardDeviation: Double
    let kaimingUniformBound: Double
    let xavierUniformBound: Double
    let linearBound: Double
  }
  struct Oracle: Decodable {
    let initializers: Numbers
  }

  /// 2,400 numbers know their standard deviation to 1.5 % at best; four times that.
  static let sampleTolerance = 0.06
  /// The largest of 2,400 uniform numbers lies within this share of the bound, but for 1 in 10⁵.
  static let boundTolerance = 5e-3

  private func draw(_ initializer: Initializer, _ shape: Shape = [40, 60]) -> [Double] {
    var stream = RandomStream(seed: 5, purpose: .initialization)
    return initializer(shape, dtype: .float64, using: &stream).doubles()
  }

  private func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
  }

  @Test("scales and bounds are torch's")
  func scales() throws {
    let oracle = try OracleFile.decode("torch_layers", as: Oracle.self).initializers
    let deviations: [(Initializer, Double)] = [
      (.kaimingUniform(), oracle.kaimingStandardDeviation),
      (.kaimingNormal(), oracle.kaimingStandardDeviation),
      (.kaimingUniform(fan: .fanOut), oracle.kaimingFanOutStandardDeviation),
      (.kaimingNormal(fan: .fanOut), oracle.kaimingFanOutStandardDeviation),
      (.kaimingUniform(a: 5.0.squareRoot()), oracle.kaimingLeakyStandardDeviation),
      (.xavierUniform(), oracle.xavierStandardDeviation),
      (.xavierNormal(), oracle.xavierStandardDeviation),
      (.xavierNormal(gain: 3), 3 * oracle.xavierStandardDeviation),
      (.normal(mean: 2, standardDeviation: 0.5), 0.5),
    ]
    for (index, (initializer, expected)) in deviations.enumerated() {
      let found = deviation(draw(initializer))
      #expect(abs(found / expected - 1) < Self.sampleTolerance, "case \(index)")
    }
    let bounds: [(Initializer, Double)] = [
      (.kaimingUniform(), oracle.kaimingUniformBound),
      (.xavierUniform(), oracle.xavierUniformBound),
      (.kaimingUniform(a: 5.0.squareRoot()), oracle.linearBound),
      (.uniform(from: -0.3, to: 0.3), 0.3),
    ]
    for (index, (initializer, expected)) in bounds.enumerated() {
      let found = draw(initializer).map(abs).max() ?? 0
      #expect(abs(found / expected - 1) < Self.boundTolerance, "case \(index)")
    }
  }

  @Test("fans count the axes behind the second")
  func fans() throws {
    let oracle = try OracleFile.decode("torch_layers", as: Oracle.self).initializers
    #expect(oracle.fans == [60, 40])
    #expect(oracle.convolutionFans == [30, 80])
    // He's normal has the variance 2/fan: 60 times as many numbers make it visible.
    let found = deviation(draw(.kaimingNormal(), [800, 3, 5, 2]))
    #expect(abs(found / (2.0 / 30).squareRoot() - 1) < 0.02)
  }

  @Test("truncated normal stays within its bounds and keeps its middle")
  func truncated() {
    let values = draw(.truncatedNormal(mean: 1, standardDeviation: 2, from: 0, to: 4))
    #expect(values.allSatisfy { (0...4).contains($0) })
    // The mean of N(1, 4) on [0, 4].
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(mean - 1.7169) < 0.09)
  }

  @Test("orthogonal rows or columns", arguments: [[5, 5], [4, 9], [9, 4], [3, 2, 4]])
  func orthogonal(_ lengths: [Int]) {
    let values = draw(.orthogonal(gain: 2), Shape(lengths))
    let rows = lengths[0]
    let matrix = NDArray(values, shape: [rows, values.count / rows])
    let columns = matrix.shape[1]
    let product =
      rows <= columns ? matrix.matmul(matrix.transposed()) : matrix.transposed().matmul(matrix)
    let expected = NDArray.eye(min(rows, columns), dtype: .float64) * 4
    #expect((product - expected).absoluteValue().doubles().allSatisfy { $0 < 1e-13 })
  }

  @Test("constants")
  func constants() {
    #expect(draw(.zeros, [3]) == [0, 0, 0])
    #expect(draw(.ones, [2]) == [1, 1])
    #expect(draw(.constant(0.5), [2]) == [0.5, 0.5])
  }

  @Test("refuses fans of a vector and bounds that hold nothing")
  func refusals() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(seed: 5, purpose: .initialization)
      _ = Initializer.xavierUniform()([3], using: &stream)
    }
    await #expect(processExitsWith: .failure) { _ = Initializer.truncatedNormal(from: 8, to: 9) }
  }
}
