import Arrays
import Autograd
import NeuralNetworks
import TestSupport
import Testing

@Suite("Losses and metrics") struct LossTests {
  struct Case: Decodable {
    let kind: String
    let shape: [Int]
    let input: [Double]
    let value: [Double]
    let gradient: [Double]
    let labels: [Int]?
    let target: [Double]?
    let reduction: String
    let labelSmoothing: Double?
  }
  struct Oracle: Decodable {
    let losses: [Case]
  }

  @Test("losses and their derivatives are torch's")
  func agreesWithTorch() throws {
    let cases = try OracleFile.decode("torch_layers", as: Oracle.self).losses
    #expect(cases.count == 22)
    for (index, one) in cases.enumerated() {
      let shape = Shape(one.shape)
      let input = Tensor(NDArray(one.input, shape: shape), requiresGradient: true)
      let reduction = try #require(Reduction(rawValue: one.reduction))
      let smoothing = one.labelSmoothing ?? 0
      let value: Tensor
      switch one.kind {
      case "crossEntropy":
        value = crossEntropy(
          input, NDArray(try #require(one.labels)), reduction: reduction,
          labelSmoothing: smoothing)
      case "softCrossEntropy":
        value = crossEntropy(
          input, probabilities: Tensor(NDArray(try #require(one.target), shape: shape)),
          reduction: reduction, labelSmoothing: smoothing)
      default:
        #expect(one.kind == "meanSquaredError")
        value = meanSquaredError(
          input, NDArray(try #require(one.target), shape: shape), reduction: reduction)
      }
      value.backward(Tensor(.ones(value.shape, dtype: .float64)))
      let name = "\(one.kind) \(index), \(reduction)"
      LayerOracleTests.expectClose(value.array.doubles(), one.value, name)
      LayerOracleTests.expectClose(input.gradient?.doubles() ?? [], one.gradient, name)
    }
  }

  @Test("the values for a training agree with the functions, in single precision too")
  func lossValues() {
    let output = Tensor([[1, 2, 0.5], [0, -1, 3]] as [[Float]])
    let classes = NDArray([1, 2])
    #expect(Loss.crossEntropy(output, classes).item() == crossEntropy(output, classes).item())
    #expect(
      Loss.crossEntropy(labelSmoothing: 0.2)(output, classes).item()
        == crossEntropy(output, classes, labelSmoothing: 0.2).item())
    let column = Tensor([[1], [4]] as [[Float]])
    #expect(Loss.meanSquaredError(column, NDArray([0, 2] as [Float])).item() == 2.5)
    #expect(Metric.meanAbsoluteError(column.array, NDArray([0, 2] as [Float])) == 1.5)
    #expect(crossEntropy(output, Tensor(classes)).dtype == .float32)
  }

  @Test("accuracy counts the samples whose largest output is that of their class")
  func accuracyCounts() {
    let outputs = NDArray([0.1, 0.9, 0.8, 0.3, 0.5, 0.5], shape: [3, 2])
    #expect(accuracy(outputs, NDArray([1, 1, 0])) == 2.0 / 3)
    #expect(Metric.accuracy(outputs, NDArray([0, 1, 1])) == 0)
    #expect(Metric.accuracy.isBetterWhenHigher)
  }

  @Test("shapes that do not fit and classes out of range trap")
  func refusals() async {
    await #expect(processExitsWith: .failure) {
      _ = crossEntropy(.zeros([2, 3]), NDArray([0, 3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = crossEntropy(.zeros([2, 3]), NDArray([0, 1, 2]))
    }
    await #expect(processExitsWith: .failure) {
      _ = meanSquaredError(.zeros([2, 1]), NDArray.zeros([2]))
    }
  }
}
