import Foundation

/// The marks of an axis: round numbers inside its domain, with their labels.
package struct Ticks: Equatable, Sendable {
  package var positions: [Double]
  package var labels: [String]
  /// Marks without labels between the others.
  package var minor: [Double] = []
  /// The power of ten by which labels are to be multiplied; 0 where they are the numbers.
  package var exponent = 0

  /// About `count` ticks over `domain`.
  ///
  /// - Parameters:
  ///   - domain: The numbers that the axis shows.
  ///   - axis: The axis, for its scale and categories.
  ///   - count: The number of ticks wished for; at least 1.
  ///   - isWhole: Whether only whole numbers make sense (epochs, indices).
  /// - Returns: The ticks, which lie in `domain`.
  package static func nice(over domain: ClosedRange<Double>, axis: Axis, count: Int, isWhole: Bool)
    -> Ticks
  {
    if let categories = axis.categories {
      return Ticks(positions: categories.indices.map(Double.init), labels: categories)
    }
    switch axis.scale {
    case .linear:
      var ticks = linear(over: domain, count: count, isWhole: isWhole)
      // Steps are round, so few of them may miss the domain: one tick alone would not show its scale.
      for more in count..<count + 6 where ticks.positions.count < 2 {
        ticks = linear(over: domain, count: more + 1, isWhole: isWhole)
      }
      return ticks
    case .logarithmic: return logarithmic(over: domain, count: count)
    }
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private static func linear(over domain: ClosedRange<Double>, count: Int, isWhole: Bool) -> Ticks {
    let span = domain.upperBound - domain.lowerBound
    let rough = span / Double(max(count, 1))
    var power = Int(Logarithm.ofTen(rough).rounded(.down))
    let lead = rough / Logarithm.power(of: power)
    var factor = lead <= 1 + 1e-9 ? 1 : lead <= 2 + 1e-9 ? 2 : lead <= 5 + 1e-9 ? 5 : 10
    if factor == 10 {
      factor = 1
      power += 1
    }
    if isWhole && power < 0 {
      factor = 1
      power = 0
    }
    let step = Double(factor) * Logarithm.power(of: power)
    let slack = 1e-9
    let first = Int((domain.lowerBound / step - slack).rounded(.up))
    let last = Int((domain.upperBound / step + slack).rounded(.down))
    guard first <= last else { return Ticks(positions: [], labels: []) }
    // Dividing by a power of ten is exact where multiplying by its inverse is not: 3 / 10, not 3 * 0.1.
    let positions = (first...last).map { index in
      power < 0
        ? Double(index * factor) / Logarithm.power(of: -power)
        : Double(index * factor) * Logarithm.power(of: power)
    }
    let largest = positions.map(\.magnitude).max() ?? 0
    var exponent = 0
    if largest >= 1e5 || (largest > 0 && largest < 1e-3) {
      let leading = Int(Logarithm.ofTen(largest * (1 + slack)).rounded(.down))
      exponent = Int((Double(leading) / 3).rounded(.down)) * 3
    }
    let decimals = max(0, exponent - power)
    let labels = positions.map {
      NumberText.fixed($0 / Logarithm.power(of: exponent), decimals: decimals)
    }
    return Ticks(positions: positions, labels: labels, exponent: exponent)
  }

  /// Powers of ten; with 2 and 5 times them where there are few.
  private static func logarithmic(over domain: ClosedRange<Double>, count: Int) -> Ticks {
    let slack = 1e-9
    let low = Logarithm.ofTen(domain.lowerBound) - slack
    let high = Logarithm.ofTen(domain.upperBound) + slack
    let first = Int(low.rounded(.up))
    let last = Int(high.rounded(.down))
    func isInside(_ value: Double) -> Bool {
      Logarithm.ofTen(value) >= low && Logarithm.ofTen(value) <= high
    }
    if last - first >= 1 {
      let stride = (last - first) / max(count, 1) + 1
      // Multiples of the stride, so that 10⁰ is among them where it can be.
      let exponents = (first...last).filter { $0 % stride == 0 }
      let minor = (first - 1...last).flatMap { exponent in
        stride > 1 || last - first > 6
          ? [] : (2...9).map { Double($0) * Logarithm.power(of: exponent) }
      }
      return Ticks(
        positions: exponents.map { Logarithm.power(of: $0) }, labels: exponents.map(decadeLabel),
        minor: minor.filter(isInside))
    }
    let near = Int(low.rounded(.down))
    for factors in [[1, 2, 5], Array(1...9)] {
      let values = (near...near + 1).flatMap { exponent in
        factors.map { Double($0) * Logarithm.power(of: exponent) }
      }.filter(isInside)
      if values.count >= 2 {
        return Ticks(positions: values, labels: values.map { NumberText.compact($0) })
      }
    }
    var ticks = linear(over: domain, count: count, isWhole: false)
    ticks.labels = ticks.positions.map { NumberText.compact($0, digits: 6) }
    ticks.exponent = 0
    return ticks
  }

  private static func decadeLabel(_ exponent: Int) -> String {
    (-3...4).contains(exponent)
      ? NumberText.fixed(Logarithm.power(of: exponent), decimals: max(0, -exponent))
      : NumberText.powerOfTen(exponent)
  }
}

/// Decimal logarithms and powers.
enum Logarithm {
  static func ofTen(_ value: Double) -> Double { log10(value) }
  static func power(of exponent: Int) -> Double { pow(10, Double(exponent)) }
  static func power(of exponent: Double) -> Double { pow(10, exponent) }
}
