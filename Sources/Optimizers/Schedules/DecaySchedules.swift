import Foundation

extension Schedule {
  /// Falls like a power of the remaining steps: `η₁ + (η₀ − η₁)(1 − min(t, T)/T)^p`, then stays.
  ///
  /// With the end value 0 it is torch's `PolynomialLR`; with another, Keras' `PolynomialDecay`.
  ///
  /// - Parameters:
  ///   - start: The value η₀ at step 0.
  ///   - end: The value η₁ from step T on.
  ///   - steps: The steps T of the fall; positive.
  ///   - power: The exponent p; 1 gives a straight line.
  /// - Returns: The schedule.
  public static func polynomial(
    from start: Double, to end: Double = 0, steps: Int = 5, power: Double = 1
  ) -> Schedule {
    requirePositive(steps, "polynomial schedule: steps")
    return Schedule("polynomial of power \(power) from \(start) to \(end) in \(steps) steps") {
      step in
      let done = Double(min(step, steps)) / Double(steps)
      return end + (start - end) * pow(1 - done, power)
    }
  }

  /// Moves on a straight line: `η₀ + (η₁ − η₀) · min(t, T)/T`, then stays.
  ///
  /// torch's `LinearLR` with the factors multiplied in.
  ///
  /// - Parameters:
  ///   - start: The value η₀ at step 0.
  ///   - end: The value η₁ from step T on.
  ///   - steps: The steps T on the way; positive.
  /// - Returns: The schedule.
  public static func linear(from start: Double, to end: Double, steps: Int) -> Schedule {
    requirePositive(steps, "linear schedule: steps")
    return Schedule("linear from \(start) to \(end) in \(steps) steps") { step in
      start + (end - start) * Double(min(step, steps)) / Double(steps)
    }
  }

  /// Falls along half a cosine: `η₁ + ½(η₀ − η₁)(1 + cos(π t / T))`.
  ///
  /// torch's `CosineAnnealingLR` (Loshchilov and Hutter, "SGDR", arXiv:1608.03983, without restarts).
  /// As there the cosine goes on behind step T and rises again, to η₀ at step 2T; to stay at the end
  /// value instead, follow it by a constant in a ``sequence(_:milestones:)``.
  ///
  /// - Parameters:
  ///   - start: The value η₀ at step 0.
  ///   - end: The value η₁ at step T.
  ///   - steps: The steps T of the fall; positive.
  /// - Returns: The schedule.
  public static func cosine(from start: Double, to end: Double = 0, steps: Int) -> Schedule {
    requirePositive(steps, "cosine schedule: steps")
    return Schedule("cosine from \(start) to \(end) in \(steps) steps") { step in
      end + (start - end) * (1 + cos(Double.pi * Double(step) / Double(steps))) / 2
    }
  }
}
