import Foundation

extension Schedule {
  /// How the height of the cycles of ``cyclic(from:to:up:down:shape:)`` changes.
  public enum CycleShape: Hashable, Sendable {
    /// All cycles have the same height.
    case triangular
    /// Each cycle is half as high as the one before.
    case triangular2
    /// The height falls by `factor` at each step: torch's `exp_range`.
    case exponentialRange(factor: Double)
  }

  /// Rises and falls between two values: `η₀ + (η₁ − η₀) · x · scale`.
  ///
  /// In a cycle of `up + down` steps, x rises from 0 to 1 over `up` steps and falls to 0 over `down`.
  /// The scale of cycle c (from 1) at step t is 1, 2^(1−c) or γᵗ after the shape. torch's `CyclicLR`
  /// (Smith, "Cyclical learning rates for training neural networks", arXiv:1506.01186).
  ///
  /// - Parameters:
  ///   - low: The value η₀ at the ends of each cycle.
  ///   - high: The value η₁ at the top of the first cycle.
  ///   - up: The steps of the rise; positive.
  ///   - down: The steps of the fall; as many as `up` where it is nil.
  ///   - shape: How the height of the cycles changes.
  /// - Returns: The schedule.
  public static func cyclic(
    from low: Double, to high: Double, up: Int = 2000, down: Int? = nil,
    shape: CycleShape = .triangular
  ) -> Schedule {
    let down = down ?? up
    requirePositive(up, "cyclic schedule: up")
    requirePositive(down, "cyclic schedule: down")
    return Schedule("cyclic from \(low) to \(high), \(up) steps up, \(down) down, \(shape)") {
      step in
      let (cycle, place) = step.quotientAndRemainder(dividingBy: up + down)
      let height =
        place <= up ? Double(place) / Double(up) : Double(up + down - place) / Double(down)
      let scale =
        switch shape {
        case .triangular: 1.0
        case .triangular2: pow(0.5, Double(cycle))
        case .exponentialRange(let factor): pow(factor, Double(step))
        }
      return low + (high - low) * height * scale
    }
  }
}
