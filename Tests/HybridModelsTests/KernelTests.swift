import Arrays
import Autograd
import Circuits
import ComplexModule
import Compute
import Foundation
import HybridModels
import Simulation
import TestSupport
import Testing

@Suite("Kernels") struct KernelTests {
  /// A few sums of 2⁸ products of rounded numbers.
  static let tolerance = 1e-12

  static let trainable = Circuit(qubits: 3) { DataReuploading(depth: 2) }

  static func samples(_ count: Int, _ features: Int, seed: UInt64) -> NDArray {
    var stream = RandomStream(seed: seed, purpose: .general)
    let values = (0..<(count * features)).map { _ in 6 * stream.nextUniform() - 3 }
    return NDArray(values, shape: [count, features])
  }

  /// |⟨ψ(aᵢ)|ψ(bⱼ)⟩|² by the reference simulator.
  private func reference(
    _ circuit: Circuit, _ a: NDArray, _ b: NDArray, weights: [Double] = []
  ) -> [Double] {
    func states(_ samples: NDArray) -> [[Complex<Double>]] {
      let values = samples.doubles()
      let features = samples.shape[1]
      return (0..<samples.shape[0]).map { row in
        ReferenceSimulator.state(
          of: circuit, weights: weights,
          inputs: Array(values[(row * features)..<((row + 1) * features)]))
      }
    }
    let (first, second) = (states(a), states(b))
    return first.flatMap { one in
      second.map { other in
        zip(one, other).reduce(Complex<Double>.zero) { $0 + $1.0 * $1.1.conjugate }.lengthSquared
      }
    }
  }

  private func difference(_ found: NDArray, _ expected: [Double]) -> Double {
    zip(found.doubles(), expected).map { abs($0 - $1) }.max() ?? 0
  }

  /// Counts about the height of a strip, one sample, and several strips.
  @Test("of fidelity agree with a dense simulator", arguments: [1, 31, 33, 70])
  func fidelity(_ count: Int) throws {
    let circuit = ZZFeatureMap(qubits: 3).circuit
    let a = Self.samples(count, 3, seed: 1)
    let b = Self.samples(37, 3, seed: 2)
    for policy in [LoopPolicy.serial, .threads(3)] {
      let kernel = try FidelityKernel(circuit, policy: policy)
      #expect(difference(try kernel.matrix(a), reference(circuit, a, a)) < Self.tolerance)
      #expect(difference(try kernel.matrix(a, b), reference(circuit, a, b)) < Self.tolerance)
    }
  }

  @Test("of fidelity with weights agree with a dense simulator, and a fixed one keeps its weights")
  func weights() throws {
    let values = Self.samples(1, Self.trainable.weightCount, seed: 3).doubles()
    let parameter = Parameter(NDArray(values, shape: [2, 3, 3]))
    let kernel = try FidelityKernel(Self.trainable, weights: parameter)
    let a = Self.samples(9, 3, seed: 4)
    let expected = reference(Self.trainable, a, a, weights: values)
    #expect(difference(try kernel.matrix(a), expected) < Self.tolerance)
    let fixed = kernel.fixed
    parameter.array = parameter.array * 0.5
    #expect(difference(try fixed.matrix(a), expected) < Self.tolerance)
    #expect(difference(try kernel.matrix(a), expected) > 1e-3)
  }

  @Test("of fidelity are symmetric, one on the diagonal and positive semidefinite")
  func structure() throws {
    let kernel = try FidelityKernel(ZZFeatureMap(qubits: 4).circuit)
    let gram = try kernel.matrix(Self.samples(50, 4, seed: 5))
    #expect(gram.doubles() == gram.transposed().doubles())
    for index in 0..<50 { #expect(abs(gram[index][index].item() - 1) < Self.tolerance) }
    let values = try gram.eigh().values.doubles()
    #expect((values.min() ?? -1) > -Self.tolerance)
  }

  @Test("of the ZZ feature map have Qiskit's values")
  func qiskit() throws {
    let samples = (0..<1600).map { (index: Int) -> Double in
      let (s, i) = (Double(index / 8), Double(index % 8))
      return Double.pi * (1 + sin(0.23 * s + 0.71 * i))
    }
    let gram = try FidelityKernel(ZZFeatureMap(qubits: 8).circuit)
      .matrix(NDArray(samples, shape: [200, 8]))
    #expect(abs(gram[0][1].item() - 0.008252277916646) < Self.tolerance)
    // Forty thousand entries, printed with twelve decimals.
    #expect(abs(gram.sum().item() - 619.347796417161) < 1e-9)
  }

  @Test("are the same whatever the states are cut into", arguments: [2, 3, 7, 60, 100])
  func blocks(_ count: Int) throws {
    let circuit = ZZFeatureMap(qubits: 4).circuit
    let a = Self.samples(60, 4, seed: 6)
    let b = Self.samples(45, 4, seed: 7)
    let whole = try FidelityKernel(circuit)
    let encoding = StateEncoding(
      plan: try Plan(circuit, measuring: .expectations([])), policy: .threads(2),
      budget: .process)
    let square = try encoding.kernelMatrix(a, nil, weights: [], blocks: count)
    let across = try encoding.kernelMatrix(a, b, weights: [], blocks: count)
    #expect(try square.isClose(to: whole.matrix(a), within: Self.tolerance))
    #expect(try across.isClose(to: whole.matrix(a, b), within: Self.tolerance))
  }

  @Test("cut their states into blocks that fit the memory")
  func blockCounts() {
    func count(_ n: Int, _ m: Int, _ states: Int) -> Int {
      // A quarter is left to the engine.
      StateEncoding.blockCount(n, m, free: states * 400 / 3 + 4, stateBytes: 100)
    }
    #expect(count(100, 0, 100) == 1)
    #expect(count(100, 0, 99) == 3)
    #expect(count(60, 40, 100) == 1)
    #expect(count(60, 41, 100) == 2)
    #expect(count(1000, 10, 100) == 20)
    #expect(count(5, 0, 0) == 5)
  }

  @Test("refuse what does not fit, and say why")
  func refusals() throws {
    let circuit = ZZFeatureMap(qubits: 3).circuit
    let kernel = try FidelityKernel(circuit)
    #expect(throws: KernelError.featureCount(found: 4, expected: 3)) {
      try kernel.matrix(Self.samples(2, 4, seed: 1))
    }
    #expect(throws: KernelError.featureCount(found: 2, expected: 3)) {
      try RBFKernel(gamma: 1).matrix(Self.samples(2, 3, seed: 1), Self.samples(2, 2, seed: 1))
    }
    #expect(throws: SimulationError.weightCount(found: 0, expected: 18)) {
      try FidelityKernel(Self.trainable)
    }
    let poor = try FidelityKernel(circuit, budget: MemoryBudget(limit: 100))
    #expect(throws: KernelError.self) { try poor.matrix(Self.samples(5, 3, seed: 1)) }
    #expect(
      "\(KernelError.featureCount(found: 4, expected: 3))"
        == "the kernel reads 3 features of a sample, found 4")
  }

  @Test("of Gauss and the inner product follow their formulas")
  func vectorKernels() throws {
    let a = NDArray([1.0, 2, 0, -1], shape: [2, 2])
    let b = NDArray([0.5, 0, 1, 2, -2, 3], shape: [3, 2])
    #expect(try LinearKernel().matrix(a, b).doubles() == [0.5, 5, 4, 0, -2, -3])
    let gauss = try RBFKernel(gamma: 0.5).matrix(a, b).doubles()
    let distances = [4.25, 0, 10, 1.25, 10, 20]
    for (found, distance) in zip(gauss, distances) {
      #expect(abs(found - exp(-0.5 * distance)) < 1e-15)
    }
    #expect(try RBFKernel(gamma: 3).matrix(a)[1][1].item() == 1)
    #expect(try LinearKernel().matrix(NDArray.zeros([0, 2]), b).shape == [0, 3])
  }
}
