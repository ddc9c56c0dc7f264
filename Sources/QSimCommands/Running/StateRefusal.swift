import ArgumentParser
import Hilbert

/// Why a circuit ends in no one state, and what is to be asked for instead.
struct StateRefusal {
  /// Whether it is noise alone that makes shots differ.
  private let isNoise: Bool
  /// Whether something depends on outcomes, so that there are no means over them.
  private let hasConditions: Bool

  /// The reason of a circuit that is dynamic or noisy.
  init(_ circuit: Circuit) {
    isNoise = !circuit.isDynamic
    hasConditions = circuit.firstConditional != nil
  }

  /// Refuses what `flag` asks for; nil where nothing is asked for.
  func failure(_ flag: String?) -> ExitCode {
    CommandFailure.usage("qsim run: \(flag.map { "\($0): " } ?? "")\(text)")
  }

  private var text: String {
    if isNoise {
      return
        "under noise shots end in different states; ask for --shots, or for means with --method density or "
        + "--method trajectories"
    }
    let middle =
      "the circuit measures in the middle, so that its final state differs from shot to shot; ask for --shots"
    return hasConditions
      ? middle : middle + ", or for means over the outcomes with --method density"
  }
}
