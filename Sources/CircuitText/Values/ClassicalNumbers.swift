/// A whole number of a given width in two's complement; arithmetic wraps around.
struct ClassicalInteger: Hashable {
  /// The lowest `width` bits; zero above.
  let pattern: UInt64
  /// From 1 to 64.
  let width: Int
  let isSigned: Bool

  /// Creates the number that `value` is modulo `2^width`.
  init(wrapping value: Int128, width: Int, isSigned: Bool) {
    pattern = UInt64(truncatingIfNeeded: value) & Self.mask(width)
    self.width = width
    self.isSigned = isSigned
  }

  static func signed(_ value: Int64) -> Self {
    Self(wrapping: Int128(value), width: 64, isSigned: true)
  }

  static func unsigned(_ value: UInt64) -> Self {
    Self(wrapping: Int128(value), width: 64, isSigned: false)
  }

  static func mask(_ width: Int) -> UInt64 { width >= 64 ? .max : (1 << UInt64(width)) - 1 }

  var value: Int128 {
    guard isSigned, pattern >> UInt64(width - 1) & 1 == 1 else { return Int128(pattern) }
    return Int128(pattern) - (Int128(1) << width)
  }

  /// Both numbers in the type that operators bring them to, as in C: the wider one, with a sign where both have one
  /// or the wider one holds all values of the other.
  static func matched(_ first: Self, _ second: Self) -> (Self, Self) {
    let width = max(first.width, second.width)
    let isSigned =
      first.isSigned == second.isSigned
      ? first.isSigned
      : first.isSigned ? first.width > second.width : second.width > first.width
    return (
      Self(wrapping: first.value, width: width, isSigned: isSigned),
      Self(wrapping: second.value, width: width, isSigned: isSigned)
    )
  }

  func with(_ value: Int128) -> Self { Self(wrapping: value, width: width, isSigned: isSigned) }
}

/// An angle in steps of `2π / 2^width`, from 0 up to a full turn; arithmetic wraps around.
struct FixedAngle: Hashable {
  /// The number of steps, below `2^width`.
  let steps: UInt64
  /// From 1 to 64.
  let width: Int

  init(steps: UInt64, width: Int) {
    self.steps = steps & ClassicalInteger.mask(width)
    self.width = width
  }

  /// The step nearest to an angle in radians, the even one of two; no step for what is not finite.
  init(radians: Double, width: Int) {
    let turns = radians.isFinite ? radians / (2 * .pi) : 0
    let part = turns - turns.rounded(.down)
    // Scaled by a power of two, which is exact.
    let scaled = Double(sign: .plus, exponent: width, significand: part).rounded(.toNearestOrEven)
    self.init(steps: scaled >= 0x1p64 ? 0 : UInt64(scaled), width: width)
  }

  var radians: Double {
    Double(sign: .plus, exponent: -width, significand: Double(steps)) * (2 * .pi)
  }

  /// The angle in steps of another width, rounded down where they are larger.
  func widened(to other: Int) -> FixedAngle {
    other >= width
      ? FixedAngle(steps: steps << UInt64(other - width), width: other)
      : FixedAngle(steps: steps >> UInt64(width - other), width: other)
  }
}

/// A length of time: seconds, and samples of a device, whose length nobody knows here.
struct TimeSpan: Hashable {
  var seconds: Double
  var samples: Double

  static func + (one: Self, other: Self) -> Self {
    Self(seconds: one.seconds + other.seconds, samples: one.samples + other.samples)
  }

  static func * (one: Self, factor: Double) -> Self {
    Self(seconds: one.seconds * factor, samples: one.samples * factor)
  }
}
