import ArgumentParser
import Hilbert

/// The ways to take gradients, as flags name them.
enum GradientMethodName: String, ExpressibleByArgument, CaseIterable {
  case adjoint
  case parameterShift = "parameter-shift"
  case finiteDifference = "finite-difference"
  case spsa
}

/// How a command takes gradients: one group for all that do.
struct GradientFlags: ParsableArguments {
  @Option(
    help:
      "How gradients are taken: adjoint by default, parameter-shift with --shots. spsa is an estimate."
  )
  var method: GradientMethodName?
  @Option(
    parsing: .unconditional,
    help: "The step of differences: 1e-5 for finite-difference, 0.1 for spsa by default.")
  var differenceStep: Double?
  @Option(
    parsing: .unconditional, help: "The directions that spsa takes the mean of, 1 by default.")
  var repetitions: Int?
  @Option(
    parsing: .unconditional,
    help: "Estimate values from so many shots of every Pauli product; exact by default.")
  var shots: Int?
  @Option(parsing: .unconditional, help: "What decides shots, directions and random beginnings.")
  var seed: UInt64 = 0

  /// The method that is used.
  var name: GradientMethodName { method ?? (shots == nil ? .adjoint : .parameterShift) }

  func validate() throws {
    if let shots {
      guard (1...CircuitSampler.shotLimit).contains(shots) else {
        throw ValidationError("found --shots \(shots), expected 1 to \(CircuitSampler.shotLimit).")
      }
      guard name == .parameterShift || name == .spsa else {
        throw ValidationError(
          "found --shots with --method \(name.rawValue), expected parameter-shift or spsa: it needs exact values."
        )
      }
    }
    if let differenceStep {
      guard differenceStep > 0, differenceStep.isFinite else {
        throw ValidationError(
          "found --difference-step \(differenceStep), expected a positive number.")
      }
      guard name == .finiteDifference || name == .spsa else {
        throw ValidationError(
          "found --difference-step with --method \(name.rawValue), expected finite-difference or spsa."
        )
      }
    }
    if let repetitions {
      guard (1...1_000_000).contains(repetitions) else {
        throw ValidationError("found --repetitions \(repetitions), expected 1 to 1000000.")
      }
      guard name == .spsa else {
        throw ValidationError(
          "found --repetitions with --method \(name.rawValue), expected --method spsa.")
      }
    }
  }

  /// A value in -pi to pi for a parameter that has been given none.
  func randomWeight(_ place: Int) -> Double {
    var stream = RandomStream(seed: seed, purpose: .initialization, index: UInt64(place))
    return (2 * stream.nextUniform() - 1) * .pi
  }

  /// The method of the library.
  var gradientMethod: any GradientMethod {
    let shots = shots.map { Shots($0, seed: seed) }
    switch name {
    case .adjoint: return Adjoint()
    case .parameterShift: return ParameterShift(shots: shots)
    case .finiteDifference: return CentralDifferences(step: differenceStep ?? 1e-5)
    case .spsa:
      return SimultaneousPerturbation(
        step: differenceStep ?? 0.1, repetitions: repetitions ?? 1, seed: seed, shots: shots)
    }
  }
}
