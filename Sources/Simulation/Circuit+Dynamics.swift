import Circuits

extension Circuit {
  /// Checks that the circuit is one of gates, channels and final measurements.
  ///
  /// - Throws: ``SimulationError/dynamicCircuit(place:text:)`` for the first instruction that needs more.
  func requireFinalMeasurements() throws(SimulationError) {
    if let (place, text) = firstDynamic { throw .dynamicCircuit(place: place, text: text) }
  }

  /// The circuit whose measurements in the middle and resets are channels, without its assignments, which change bits
  /// alone; its state, averaged over the outcomes, is the same.
  ///
  /// A measurement whose outcome nobody reads takes the coherences between 0 and 1 away, as Z with probability
  /// 1/2 does. Final measurements stay, and change nothing.
  ///
  /// - Throws: ``SimulationError/conditionInMixture(place:text:)`` for the first instruction on a condition or loop.
  func asMixture() throws(SimulationError) -> Circuit {
    guard isDynamic else { return self }
    if let (place, text) = firstConditional { throw .conditionInMixture(place: place, text: text) }
    let finals = Set(finalMeasurementPlaces)
    var result = Circuit(qubits: qubitCount, bits: bitCount)
    if let initialState { result.prepare(initialState) }
    do throws(ChannelError) {
      for (place, instruction) in instructions.enumerated() {
        switch instruction {
        case .measure(let qubit, _) where !finals.contains(place):
          result.append(try .phaseFlip(0.5), on: qubit)
        case .reset(let qubit): result.append(try .reset(toZero: 1, toOne: 0), on: qubit)
        case .assign: break
        case .gate, .barrier, .channel, .measure, .conditional, .loop: result.append(instruction)
        }
      }
    } catch {
      throw .noise(error)
    }
    return result
  }
}
