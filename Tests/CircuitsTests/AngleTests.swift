import Circuits
import Testing

@Suite("Angle") struct AngleTests {
  private let angles: [Angle] = [
    0, 1.5, .pi, .weight(0), .input(1), .pi - .input(0), 0.5 * .weight(2) * .input(1) - 3,
    .weight(1) * .weight(1) + 2 * .input(0), (.weight(0) + 1) * (.input(0) - .weight(1)),
  ]
  private let weights = [0.7, -1.3, 0.25]
  private let inputs = [2.5, -0.4]

  private func value(_ angle: Angle) -> Double { angle.value(weights: weights, inputs: inputs) }

  @Test("sums, differences and products have the values they should")
  func arithmetic() {
    for one in angles {
      for other in angles {
        #expect(abs(value(one + other) - (value(one) + value(other))) < rounding)
        #expect(abs(value(one - other) - (value(one) - value(other))) < rounding)
        #expect(abs(value(one * other) - value(one) * value(other)) < rounding)
        #expect(one + other == other + one)
        #expect(one * other == other * one)
        #expect(one - other == -(other - one))
      }
      #expect(one - one == 0)
      #expect(one * 0 == 0)
      #expect(value(one / 4) == value(one) / 4)
      #expect(-(-one) == one)
    }
  }

  @Test("numbers stand on either side")
  func numbers() {
    let number = 0.25
    let angle: Angle = number * .input(0) - number + (1 - .weight(0) * number)
    #expect(angle == 0.25 * .input(0) - 0.25 * .weight(0) + 0.75)
    var sum: Angle = .input(0)
    sum += 1
    sum -= .weight(0)
    #expect(sum == .input(0) + 1 - .weight(0))
    #expect(number + Angle.weight(0) == .weight(0) + number)
    #expect(number - Angle.weight(0) == -(.weight(0) - number))
  }

  @Test("terms are in canonical order, each once, none zero")
  func canonical() {
    let angle: Angle = .input(1) * .weight(0) + 2 * .weight(0) * .input(1) + 1 - .input(0) - 1
    #expect(
      angle.terms.map { [$0.coefficient, Double($0.weights.count), Double($0.inputs.count)] }
        == [[-1, 0, 1], [3, 1, 1]])
    #expect(Set([Angle.weight(0) + .input(0), .input(0) + .weight(0)]).count == 1)
    #expect((Angle.weight(0) - .weight(0)).terms.isEmpty)
    #expect(Angle(0).terms.isEmpty && Angle(-0.0) == 0)
  }

  @Test("constants are told from symbols")
  func constants() {
    #expect(Angle(0).constantValue == 0)
    #expect((Angle.pi / 2).constantValue == .pi / 2)
    #expect(Angle.weight(0).constantValue == nil)
    #expect((Angle.weight(0) + 1).constantValue == nil)
    #expect((Angle.weight(3) * .input(1)).weightCount == 4)
    #expect((Angle.weight(3) * .input(1)).inputCount == 2)
    #expect(!Angle(.nan).isFinite && !(Angle.weight(0) * Double.infinity).isFinite)
  }

  @Test("partial derivatives agree with differences")
  func derivatives() {
    let step = 1e-6
    for angle in angles {
      for index in weights.indices {
        var (up, down) = (weights, weights)
        up[index] += step
        down[index] -= step
        let difference =
          (angle.value(weights: up, inputs: inputs) - angle.value(weights: down, inputs: inputs))
          / (2 * step)
        #expect(abs(value(angle.derivative(withRespectToWeight: index)) - difference) < 1e-8)
      }
      for index in inputs.indices {
        var (up, down) = (inputs, inputs)
        up[index] += step
        down[index] -= step
        let difference =
          (angle.value(weights: weights, inputs: up) - angle.value(weights: weights, inputs: down))
          / (2 * step)
        #expect(abs(value(angle.derivative(withRespectToInput: index)) - difference) < 1e-8)
      }
    }
    #expect(
      (Angle.weight(0) * .weight(0) * .weight(0)).derivative(withRespectToWeight: 0)
        == 3 * .weight(0) * .weight(0))
  }

  @Test("symbols are replaced by angles")
  func substitution() {
    let angle: Angle = .weight(0) * .input(0) + .weight(1)
    let result = angle.substituting(
      weight: { $0 == 0 ? .input(1) + 1 : 2 }, input: { _ in .weight(5) })
    #expect(result == .input(1) * .weight(5) + .weight(5) + 2)
  }

  @Test("the text shows fractions of π by name")
  func text() {
    #expect("\(Angle.pi - .input(0))" == "π - x[0]")
    #expect("\(-0.5 * Angle.weight(2) * .input(1))" == "-0.5*w[2]*x[1]")
    #expect("\(3 * Angle.pi / 4)" == "3π/4")
    #expect("\(-Angle.pi / 2 + .weight(0))" == "-π/2 + w[0]")
    #expect("\(Angle(0))" == "0" && "\(Angle(1))" == "1.0")
  }

  @Test("negative indices and missing values trap")
  func traps() async {
    await #expect(processExitsWith: .failure) { _ = Angle.weight(-1) }
    await #expect(processExitsWith: .failure) { _ = Angle.input(-1) }
    await #expect(processExitsWith: .failure) {
      _ = Angle.weight(2).value(weights: [1, 2], inputs: [])
    }
  }
}
