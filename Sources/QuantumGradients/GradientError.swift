public import Simulation

/// Why a gradient cannot be taken as asked.
public enum GradientError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The circuit cannot be simulated.
  case simulation(SimulationError)
  /// A step of differences that is not a positive number.
  case badStep(Double)
  /// Amplitudes are asked of shots, which give outcomes alone.
  case amplitudesWithShots

  /// A sentence that says what to do.
  public var description: String {
    switch self {
    case .simulation(let error): error.description
    case .badStep(let step): "a step of differences is positive and finite: found \(step)"
    case .amplitudesWithShots:
      "found amplitudes to be estimated by shots, expected expectations or probabilities: no measurement gives "
        + "amplitudes; take them from exact outputs"
    }
  }
}
