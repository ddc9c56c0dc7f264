import Circuits
import ComplexModule
import TestSupport
import Testing

@Suite("The derivatives of the dense reference") struct DenseDerivativeTests {
  /// Central differences of numbers of size one, at a step of 1e-5.
  private let tolerance = 1e-8

  @Test("agree with differences of it, amplitude by amplitude")
  func agreeWithDifferences() {
    var random = RandomOperations(seed: 5, qubitCount: 3)
    let operations = random.operations(30)
    let weights = [0.3, -1.1, 2.2]
    let inputs = [0.7, -0.4]
    let (state, derivatives) = DenseOperations.runWithDerivatives(
      operations, qubitCount: 3, weights: weights, inputs: inputs)
    func run(_ parameters: [Double]) -> DenseOperations.Vector {
      DenseOperations.run(
        operations, qubitCount: 3, weights: Array(parameters.prefix(3)),
        inputs: Array(parameters.dropFirst(3)))
    }
    #expect(state == run(weights + inputs))
    #expect(derivatives.count == 5)
    for basis in state.indices {
      let real = centralDifferences(of: { run($0)[basis].real }, at: weights + inputs)
      let imaginary = centralDifferences(of: { run($0)[basis].imaginary }, at: weights + inputs)
      for index in derivatives.indices {
        let expected = Complex(real[index], imaginary[index])
        #expect((derivatives[index][basis] - expected).length < tolerance)
      }
    }
  }
}
