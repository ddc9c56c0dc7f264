import Arrays
import Autograd
import Optimizers
import TestSupport
import Testing

/// Compared with Tests/Oracles/torch_optimizers.py, step by step.
@Suite("Optimizers against torch") struct OptimizerOracleTests {
  struct Case: Decodable {
    let dtype: String
    let start: [[Double]]
    let steps: [[[Double]]]
    let norms: [Double]?
  }

  /// The same formulas in another order of rounding.
  static let doubleTolerance = 1e-10
  /// Six steps in single precision, relative to the size of the parameters.
  static let singleTolerance = 2e-6

  typealias Make = @Sendable ([Parameter]) -> any Optimizer

  static let cases: [(name: String, make: Make)] = [
    ("sgd", { SGD($0, learningRate: 0.05) }),
    ("sgdDefaults", { SGD($0) }),
    ("sgdMomentum", { SGD($0, learningRate: 0.05, momentum: 0.9) }),
    ("sgdDampening", { SGD($0, learningRate: 0.05, momentum: 0.9, dampening: 0.3) }),
    ("sgdNesterov", { SGD($0, learningRate: 0.05, momentum: 0.8, nesterov: true) }),
    ("sgdDecay", { SGD($0, learningRate: 0.05, momentum: 0.9, weightDecay: 0.1) }),
    ("adamDefaults", { Adam($0) }),
    ("adam", { Adam($0, learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-3) }),
    ("adamDecay", { Adam($0, learningRate: 0.1, weightDecay: 0.2) }),
    ("adamAmsgrad", { Adam($0, learningRate: 0.3, beta1: 0.5, beta2: 0.6, amsgrad: true) }),
    ("adamwDefaults", { AdamW($0) }),
    ("adamw", { AdamW($0, learningRate: 0.1, beta1: 0.8, beta2: 0.95, weightDecay: 0.3) }),
    ("adamwAmsgrad", { AdamW($0, learningRate: 0.3, beta1: 0.5, beta2: 0.6, amsgrad: true) }),
    ("sgdScheduled", { SGD($0, learningRate: .cosine(from: 0.1, steps: 6), momentum: 0.9) }),
    ("adamScheduled", { Adam($0, learningRate: .cosine(from: 0.1, steps: 6)) }),
    (
      "sgdGroups",
      {
        SGD(
          [
            ParameterGroup([$0[0]]),
            ParameterGroup([$0[1]], learningRate: 0.2, weightDecay: 0.05),
          ], learningRate: 0.05, momentum: 0.9)
      }
    ),
    (
      "adamGroups",
      {
        Adam(
          [
            ParameterGroup([$0[0]]), ParameterGroup([$0[1]], learningRate: 0.2, weightDecay: 0.5),
          ], learningRate: 0.05)
      }
    ),
  ]

  static let clippings: [(name: String, clipping: GradientClipping)] = [
    ("sgdClippedNorm", .norm(0.7)),
    ("sgdClippedNormOne", .norm(0.7, order: 1)),
    ("sgdClippedNormMaximum", .norm(0.7, order: .infinity)),
    ("sgdNotClipped", .norm(1e3)),
    ("sgdClippedValue", .value(0.4)),
  ]

  @Test("takes torch's steps in double precision", arguments: cases.indices)
  func doubleSteps(_ index: Int) throws {
    let (name, make) = Self.cases[index]
    let oracle = try OracleFile.decode("torch_optimizers", as: [String: Case].self)
    try Self.compare(name, #require(oracle[name]), make, within: Self.doubleTolerance)
  }

  @Test("takes torch's steps in single precision", arguments: ["sgdMomentum", "adam", "adamw"])
  func singleSteps(_ name: String) throws {
    let oracle = try OracleFile.decode("torch_optimizers_float32", as: [String: Case].self)
    let make = try #require(Self.cases.first { $0.name == name }).make
    try Self.compare(name, #require(oracle[name]), make, within: Self.singleTolerance)
  }

  @Test("bounds gradients as torch does", arguments: clippings.indices)
  func clipping(_ index: Int) throws {
    let (name, clipping) = Self.clippings[index]
    let oracle = try OracleFile.decode("torch_optimizers", as: [String: Case].self)
    try Self.compare(
      name, #require(oracle[name]), { SGD($0, learningRate: 0.05) }, clipping: clipping,
      within: Self.doubleTolerance)
  }

  @Test("has a case here for every case of the oracle")
  func coversTheOracle() throws {
    let oracle = try OracleFile.decode("torch_optimizers", as: [String: Case].self)
    #expect(Set(Self.cases.map(\.name) + Self.clippings.map(\.name)) == Set(oracle.keys))
  }

  private static func compare(
    _ name: String, _ oracle: Case, _ make: Make, clipping: GradientClipping? = nil,
    within tolerance: Double
  ) throws {
    let dtype = try #require(DType(rawValue: oracle.dtype))
    let shapes: [Shape] = [[2, 3], [2]]
    let parameters = zip(oracle.start, shapes).map { values, shape in
      Parameter(NDArray(values, shape: shape).cast(to: dtype))
    }
    let optimizer = make(parameters)
    for (step, expected) in oracle.steps.enumerated() {
      setGradients(parameters)
      let norm = clipping?.apply(to: parameters)
      if let norm, let norms = oracle.norms {
        #expect(abs(norm - norms[step]) <= tolerance * norms[step], "\(name) step \(step)")
      }
      optimizer.step()
      for (parameter, values) in zip(parameters, expected) {
        let size = values.map(abs).max() ?? 1
        for (found, value) in zip(parameter.array.doubles(), values) {
          #expect(abs(found - value) <= tolerance * size, "\(name) step \(step)")
        }
      }
    }
  }

  /// The gradients of `Σ c a²/2 + Σ b_r a_rc + Σ b⁴/4`.
  private static func setGradients(_ parameters: [Parameter]) {
    let a = parameters[0].array.doubles()
    let b = parameters[1].array.doubles()
    let ofA = a.indices.map { Double($0 + 1) * a[$0] + b[$0 / 3] }
    let ofB = b.indices.map { row in
      a[3 * row..<3 * row + 3].reduce(0, +) + b[row] * b[row] * b[row]
    }
    let dtype = parameters[0].dtype
    parameters[0].gradient = NDArray(ofA, shape: [2, 3]).cast(to: dtype)
    parameters[1].gradient = NDArray(ofB).cast(to: dtype)
  }
}
