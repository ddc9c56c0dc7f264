/// Channels by the names that ``Channel/name`` gives them.
extension Channel {
  /// The channel of a factory by its name; nil where no factory has this name and takes so many parameters.
  ///
  /// A `depolarizing` channel of one or two qubits has its weight of the mixed state as parameter.
  ///
  /// - Throws: ``ChannelError`` where the factory does.
  package static func named(
    _ name: String, parameters: [Double], qubitCount: Int
  ) throws(ChannelError) -> Channel? {
    let first = parameters.first ?? 0
    let channel: Channel
    switch (name, parameters.count) {
    case ("bitFlip", 1): channel = try .bitFlip(first)
    case ("phaseFlip", 1): channel = try .phaseFlip(first)
    case ("bitPhaseFlip", 1): channel = try .bitPhaseFlip(first)
    case ("pauli", 3):
      channel = try .pauli(x: first, y: parameters[1], z: parameters[2])
    case ("depolarizing", 1):
      guard 1...2 ~= qubitCount else { return nil }
      channel = try .depolarizing(mixing: first, qubits: qubitCount)
    case ("amplitudeDamping", 1): channel = try .amplitudeDamping(first)
    case ("generalizedAmplitudeDamping", 2):
      channel = try .generalizedAmplitudeDamping(first, excited: parameters[1])
    case ("phaseDamping", 1): channel = try .phaseDamping(first)
    case ("thermalRelaxation", 4):
      channel = try .thermalRelaxation(
        t1: first, t2: parameters[1], time: parameters[2], excited: parameters[3])
    case ("reset", 2): channel = try .reset(toZero: first, toOne: parameters[1])
    default: return nil
    }
    return channel
  }
}
