import Arrays
import Autograd
import Circuits
import Compute
import Datasets
import HybridModels
import Optimizers
import Testing

@Suite("Kernel gradients") struct KernelGradientTests {
  /// Central differences of double precision numbers of size one with h = 1e-5: h² f‴/6 and ε/h.
  private static let step = 1e-5
  private static let tolerance = 1e-8
  /// The same for sums of 36 terms with coefficients up to 6.
  private static let sumTolerance = 5e-7

  /// Σ cᵢⱼ Kᵢⱼ² with c not symmetric, so that both triangles of the gradient matter.
  private static func loss(_ gram: Tensor) -> Tensor {
    let n = gram.shape[0]
    let factors = NDArray(
      (0..<(n * n)).map { 0.3 + Double($0 % 7) - Double($0 % 3) }, shape: [n, n])
    return (Tensor(factors) * gram * gram).sum()
  }

  @Test("of the Gram matrix agree with central differences")
  func differences() throws {
    let x = KernelTests.samples(6, 3, seed: 11)
    let weights = KernelTests.samples(1, 18, seed: 12).reshaped([2, 3, 3])
    let parameter = Parameter(weights)
    let kernel = try FidelityKernel(KernelTests.trainable, weights: parameter)
    let inputs = Tensor(x, requiresGradient: true)
    Self.loss(try kernel.gram(inputs)).backward()
    let toInputs = try #require(inputs.gradient).doubles()
    let toWeights = try #require(parameter.gradient).doubles()
    #expect(toWeights.map(\.magnitude).max() ?? 0 > 0.1)

    func value(_ x: [Double], _ weights: [Double]) throws -> Double {
      let parameter = Parameter(NDArray(weights, shape: [2, 3, 3]))
      let kernel = try FidelityKernel(KernelTests.trainable, weights: parameter)
      return Self.loss(try kernel.gram(Tensor(NDArray(x, shape: [6, 3])))).item()
    }
    func slope(_ values: [Double], _ index: Int, _ f: ([Double]) throws -> Double) rethrows
      -> Double
    {
      var (above, below) = (values, values)
      above[index] += Self.step
      below[index] -= Self.step
      return (try f(above) - f(below)) / (2 * Self.step)
    }
    for index in toInputs.indices {
      let expected = try slope(x.doubles(), index) { try value($0, weights.doubles()) }
      #expect(abs(toInputs[index] - expected) < Self.sumTolerance, "input \(index)")
    }
    for index in toWeights.indices {
      let expected = try slope(weights.doubles(), index) { try value(x.doubles(), $0) }
      #expect(abs(toWeights[index] - expected) < Self.sumTolerance, "weight \(index)")
    }
  }

  @Test("of the alignment agree with central differences in the weights")
  func alignmentDifferences() throws {
    let x = Tensor(KernelTests.samples(8, 3, seed: 13))
    let classes = [0, 1, 2, 0, 1, 2, 0, 0]
    let start = KernelTests.samples(1, 18, seed: 14).doubles()
    func alignment(_ parameter: Parameter) throws -> Tensor {
      let kernel = try FidelityKernel(KernelTests.trainable, weights: parameter)
      return KernelAlignment.value(try kernel.gram(x), classes: classes, classCount: 3)
    }
    let parameter = Parameter(NDArray(start))
    try alignment(parameter).backward()
    let found = try #require(parameter.gradient).doubles()
    for index in start.indices {
      var (above, below) = (start, start)
      above[index] += Self.step
      below[index] -= Self.step
      let expected =
        (try alignment(Parameter(NDArray(above))).item()
          - alignment(Parameter(NDArray(below))).item()) / (2 * Self.step)
      #expect(abs(found[index] - expected) < Self.tolerance, "weight \(index)")
    }
  }

  @Test("keep the type of what they are for, and kernels without weights have none of those")
  func types() throws {
    let kernel = try FidelityKernel(ZZFeatureMap(qubits: 2).circuit)
    let x = Tensor(KernelTests.samples(4, 2, seed: 15).cast(to: .float32), requiresGradient: true)
    let gram = try kernel.gram(x)
    #expect(gram.dtype == .float64)
    Self.loss(gram).backward()
    #expect(x.gradient?.dtype == .float32)
  }

  @Test("the alignment of ideal, opposite and unit kernels is known")
  func knownAlignments() {
    let ideal = KernelAlignment.ideal(classes: [0, 1, 1], classCount: 2)
    #expect(ideal.doubles() == [1, -1, -1, -1, 1, 1, -1, 1, 1])
    let three = KernelAlignment.ideal(classes: [0, 2], classCount: 3)
    #expect(three.doubles() == [1, -0.5, -0.5, 1])
    func value(_ gram: NDArray) -> Double {
      KernelAlignment.value(Tensor(gram), classes: [0, 1, 1], classCount: 2).item()
    }
    #expect(abs(value(ideal) - 1) < 1e-15)
    #expect(abs(value(-ideal) + 1) < 1e-15)
    // ⟨I, t⟩ = 3, |I| = √3, |t| = 3.
    #expect(abs(value(NDArray.eye(3, dtype: .float64)) - 1 / 3.0.squareRoot()) < 1e-15)
  }

  @Test("training for alignment raises it, and held-out accuracy on average")
  func training() throws {
    var gains: [Double] = []
    for seed in UInt64(1)...5 {
      let (train, test) = Dataset.twoMoons(count: 160, noise: 0.15, seed: seed)
        .split(test: 0.5, stratified: true, seed: seed).scaled(to: 0 ... .pi)
      let circuit = Circuit(qubits: 2) { DataReuploading(depth: 3) }
      let weights = Parameter(
        KernelTests.samples(1, circuit.weightCount, seed: seed).reshaped([circuit.weightCount]))
      let kernel = try FidelityKernel(circuit, weights: weights)
      let classifier = SupportVectorClassifier(kernel: kernel)
      let before = try classifier.fit(train).score(test)
      let alignments = try kernel.align(
        to: train, with: Adam([weights], learningRate: 0.1), epochs: 60, seed: seed)
      let after = try classifier.fit(train).score(test)
      let (first, last) = (alignments[0], alignments[alignments.count - 1])
      #expect(last > first + 0.1)
      gains.append(after - before)
    }
    #expect(gains.reduce(0, +) / 5 > 0.02)
  }
}
