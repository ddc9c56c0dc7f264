import Arrays
import Autograd
import Foundation
import Optimizers
import Testing

@Suite("Optimizer states") struct OptimizerStateTests {
  private static let kinds: [@Sendable ([Parameter]) -> any Optimizer] = [
    { Adam($0, learningRate: 0.1) }, { Adam($0, learningRate: 0.1, amsgrad: true) },
    { AdamW($0, learningRate: .cosine(from: 0.1, steps: 10)) }, { SGD($0, learningRate: 0.1) },
    { SGD($0, learningRate: 0.1, momentum: 0.9, dampening: 0.3) },
  ]

  private static func parameters(_ values: [Double]) -> [Parameter] {
    [
      Parameter(NDArray(Array(values.prefix(3)))),
      Parameter(NDArray(values.dropFirst(3).map { Float($0) })),
    ]
  }

  /// The second parameter has no gradient at first.
  private static func step(_ optimizer: any Optimizer, _ number: Int) {
    for (place, parameter) in optimizer.parameters.enumerated() where number > 1 || place == 0 {
      parameter.gradient = parameter.array * 0.7 + Double(number)
    }
    optimizer.step()
  }

  @Test("let another optimizer go on to the same bits", arguments: kinds.indices)
  func resume(_ kind: Int) throws {
    let whole = Self.kinds[kind](Self.parameters([1, -2, 0.3, 4, 5]))
    for number in 0..<8 { Self.step(whole, number) }
    let first = Self.kinds[kind](Self.parameters([1, -2, 0.3, 4, 5]))
    for number in 0..<3 { Self.step(first, number) }
    // Through text, as checkpoints are.
    let text = try JSONEncoder().encode(first.state)
    let state = try JSONDecoder().decode(OptimizerState.self, from: text)
    #expect(state == first.state && state.stepCount == 3)
    let second = Self.kinds[kind](first.parameters.map { Parameter($0.array) })
    try second.restore(state)
    for number in 3..<8 { Self.step(second, number) }
    for (one, other) in zip(whole.parameters, second.parameters) {
      #expect(one.array.doubles() == other.array.doubles())
    }
    #expect(second.stepCount == 8 && second.state == whole.state)
  }

  @Test("are refused where they do not fit")
  func faults() throws {
    let adam = Adam(Self.parameters([1, 2, 3, 4, 5]))
    Self.step(adam, 2)
    let state = adam.state
    let other = Adam([Parameter(NDArray([1.0]))])
    #expect(throws: OptimizerStateError.parameterCount(found: 2, expected: 1)) {
      try other.restore(state)
    }
    let sgd = SGD(Self.parameters([1, 2, 3, 4, 5]), momentum: 0.9)
    #expect(throws: OptimizerStateError.numberCount(parameter: 0, found: 6, expected: 3)) {
      try sgd.restore(state)
    }
    #expect(sgd.stepCount == 0)
  }
}
