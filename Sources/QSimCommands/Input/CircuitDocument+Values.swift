import ArgumentParser
import Hilbert

extension CircuitDocument {
  /// Puts the values of weights in by their names, as the reader of OpenQASM 3 does with inputs.
  ///
  /// - Throws: The exit code of a name that no weight has, or of another number of values than it has numbers.
  mutating func bind(
    _ values: [String: [Double]], _ file: String, _ command: String
  ) throws(ExitCode) {
    guard !values.isEmpty else { return }
    let groups = InputNames(parameterNames)
    let known = Set(groups.groups.map(\.name))
    if let name = values.keys.sorted().first(where: { !known.contains($0) }) {
      throw CommandFailure.usage(
        "\(command): \(file): found a value for '\(name)', expected one of the file's names")
    }
    let weights = try groups.weights(values, command: command) { _ in 0 }
    let open = Set(
      groups.groups.filter { values[$0.name] == nil }.flatMap(\.places)
        + Array(parameterNames.count..<max(parameterNames.count, circuit.weightCount)))
    var next = 0
    let angles = (0..<circuit.weightCount).map { place -> Angle in
      guard open.contains(place) else { return Angle(weights[place]) }
      defer { next += 1 }
      return .weight(next)
    }
    circuit = circuit.substituting(weights: angles, inputCount: circuit.inputCount)
    parameterNames = parameterNames.enumerated().filter { open.contains($0.offset) }.map(\.element)
  }
}
