import Figures
import Testing

@Suite("Ticks and their labels") struct TicksTests {
  private func ticks(
    _ domain: ClosedRange<Double>, _ count: Int, _ scale: Axis.Scale = .linear,
    isWhole: Bool = false
  ) -> Ticks {
    Ticks.nice(over: domain, axis: Axis("", scale: scale), count: count, isWhole: isWhole)
  }

  @Test("are round numbers with the decimals that tell them apart")
  func areRound() {
    #expect(ticks(0...1, 5).labels == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(ticks(-3...7, 5).labels == ["−2", "0", "2", "4", "6"])
    #expect(ticks(0.913...0.957, 4).labels == ["0.92", "0.94"])
    #expect(ticks(0...30, 6).labels == ["0", "5", "10", "15", "20", "25", "30"])
  }

  @Test("take a common power of ten out of large and small numbers")
  func takePowersOut() {
    #expect(ticks(0...3e6, 3).labels == ["0", "1", "2", "3"])
    #expect(ticks(0...3e6, 3).exponent == 6)
    #expect(ticks(0...2.5e-4, 3).labels == ["0", "100", "200"])
    #expect(ticks(0...2.5e-4, 3).exponent == -6)
    #expect(ticks(0...90_000, 2).exponent == 0)
  }

  @Test("are whole where only whole numbers make sense")
  func areWhole() {
    #expect(ticks(1...3, 10, isWhole: true).labels == ["1", "2", "3"])
    #expect(ticks(1...3, 4).labels == ["1.0", "1.5", "2.0", "2.5", "3.0"])
  }

  @Test("are powers of ten on a logarithmic axis, and fewer of them over many decades")
  func areDecades() {
    let few = ticks(0.02...300, 5, .logarithmic)
    #expect(few.labels == ["0.1", "1", "10", "100"])
    #expect(few.minor.contains { abs($0 - 0.02) < 1e-12 })
    #expect(few.minor.allSatisfy { $0 >= 0.02 - 1e-12 && $0 <= 300 + 1e-9 })
    #expect(
      ticks(1e-9...1e9, 6, .logarithmic).labels
        == [
          "10⁻⁸", "10⁻⁴", "1", "10⁴", "10⁸",
        ].map { $0 == "10⁴" ? "10000" : $0 })
    #expect(ticks(2...8, 5, .logarithmic).labels == ["2", "5"])
    #expect(ticks(6.1...6.3, 3, .logarithmic).positions.count >= 2)
  }

  @Test("lie in the domain, at least two and not many more than wished for", arguments: 1...9)
  func areFew(_ count: Int) {
    var stream = SplitMix(state: UInt64(count))
    for _ in 0..<300 {
      let low = stream.next() * 2000 - 1000
      let length = stream.next() * stream.next() * 500 + 1e-3
      let found = ticks(low...low + length, count)
      #expect(found.positions.count >= 2 && found.positions.count <= max(count, 3) + 3)
      #expect(Set(found.labels).count == found.labels.count, "\(found.labels)")
      for position in found.positions {
        #expect(position >= low - 1e-6 * length && position <= low + length * (1 + 1e-6))
      }
    }
  }

  @Test("show numbers compactly")
  func compactNumbers() {
    let cases: [(Double, String)] = [
      (0, "0"), (1, "1"), (-0.5, "−0.5"), (1234.6, "1235"), (0.00123456, "0.00123"),
      (1e-5, "10⁻⁵"), (-2.5e8, "−2.5·10⁸"), (.nan, "NaN"), (-.infinity, "−∞"), (99_999, "10⁵"),
      (31_415, "31415"),
    ]
    for (value, text) in cases { #expect(NumberText.compact(value) == text) }
    #expect(NumberText.fixed(-0.0001, decimals: 2) == "0.00")
    #expect(NumberText.fixed(-1.25, decimals: 1) == "−1.2")
  }
}

/// Uniform numbers in `0..<1`, the same in every run.
struct SplitMix {
  var state: UInt64

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}
