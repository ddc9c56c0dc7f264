import Hilbert

extension SimulationError {
  /// What went wrong as `qsim run` says it: in flags and names of the file, where the error itself speaks to users of
  /// the library.
  var commandText: String {
    switch self {
    case .conditionInMixture(let place, let text):
      "instruction \(place), \(text): means over outcomes keep no classical bits; ask for --shots with --method "
        + "statevector"
    case .tooManyQubits(let found, let limit):
      "found \(found) qubits, expected at most \(limit); \(WideCircuit.remedy("--method stabilizer"))"
    case .tooManyRounds(let place, let text, let limit):
      "instruction \(place), \(text): found more than \(limit) rounds in one shot, expected at most \(limit); "
        + "--max-rounds sets another limit"
    case .gateTooLarge(let gate, let qubits, let limit):
      "\(gate) on \(qubits) qubits: --method density takes gates of at most \(limit)"
    default: description
    }
  }

  /// What went wrong as commands say it that take means alone, and no counts.
  var meanText: String {
    switch self {
    case .conditionInMixture(let place, let text), .dynamicCircuit(let place, let text):
      "instruction \(place), \(text): expected gates and final measurements: means over outcomes keep no classical "
        + "bits; qsim run --shots draws from this file"
    default: commandText
    }
  }

  /// The probabilities that were asked for and are too many, as `--probabilities` says it; nil for other errors.
  func probabilityText(qubitCount: Int) -> String? {
    let bits: Int
    switch self {
    case .tooManyOutcomes(_, let limit): bits = limit
    case .tooManyOutputs(_, let limit): bits = limit.trailingZeroBitCount
    default: return nil
    }
    return "--probabilities: found 2^\(qubitCount), expected at most 2^\(bits); ask for --shots"
  }
}
