import CircuitDrawing
import Circuits
import Testing

@Suite("Angles in drawings") struct AngleTextTests {
  @Test("show fractions of π, and other numbers to four digits")
  func numbers() {
    let cases: [(Double, String)] = [
      (0, "0"), (.pi, "π"), (-.pi / 2, "-π/2"), (3 * .pi / 4, "3π/4"), (2 * .pi, "2π"),
      (.pi / 512, "π/512"), (5 * .pi / 3, "5π/3"), (0.5, "0.5"), (-1.234567, "-1.235"),
      (3.1416, "3.142"), (1e-7, "10⁻⁷"), (12_345_678, "1.235·10⁷"), (.pi / 2 + 1e-6, "1.571"),
    ]
    for (value, text) in cases { #expect(AngleText.whole(Angle(value)) == text) }
  }

  @Test("show weights, inputs, products and powers")
  func expressions() {
    let cases: [(Angle, String)] = [
      (.weight(3), "w[3]"), (.pi - .input(0), "π - x[0]"), (-.input(12), "-x[12]"),
      (.pi / 2 * .weight(0) * .input(1) + 0.5, "0.5 + π/2·w[0]·x[1]"),
      (.input(0) * .input(0) * .input(1), "x[0]²·x[1]"),
      (1.5 * .weight(1) - 2 * .weight(0), "-2·w[0] + 1.5·w[1]"),
    ]
    for (angle, text) in cases { #expect(AngleText.whole(angle) == text) }
  }

  @Test("call weights and inputs by their names, as far as there are names")
  func names() {
    let options = DrawingOptions(parameterNames: ["theta", "phi[2]"], inputNames: ["age"])
    let cases: [(Angle, String)] = [
      (.weight(0) * .weight(0), "theta²"), (2 * .weight(1) - .input(0), "-age + 2·phi[2]"),
      (.weight(2) + .input(1), "x[1] + w[2]"),
    ]
    for (angle, text) in cases { #expect(AngleText.whole(angle, options: options) == text) }
  }

  @Test("are cut where the list is long")
  func cuts() {
    let angles: [Angle] = [.weight(10), .weight(11), .weight(12)]
    for (limit, text) in [(40, "w[10], w[11], w[12]"), (14, "w[10], w[11]…"), (8, "w[10]…")] {
      #expect(AngleText.list(angles, options: DrawingOptions(angleLimit: limit)) == text)
    }
  }
}
