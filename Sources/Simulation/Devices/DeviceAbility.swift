/// Something that a circuit, a measurement or a gradient may ask of a device.
public enum DeviceAbility: String, Hashable, Sendable, CaseIterable {
  /// Outputs that are exact but for rounding; without it they are means over random draws.
  case exactOutputs
  /// Gates that are not Clifford.
  case anyGate
  /// Noise channels, in the circuit or from a noise model.
  case noise
  /// Measurements and resets within a circuit whose outcomes no condition reads.
  case midCircuitMeasurement
  /// Circuits that start from inputs as amplitudes, or from given ones.
  case initialStates
  /// Amplitudes as outputs.
  case amplitudes
  /// Gradients of all weights and inputs by one sweep back through the circuit.
  case reverseSweep

  /// What is able or unable, as messages say it.
  var text: String {
    switch self {
    case .exactOutputs: "exact outputs"
    case .anyGate: "gates that are not Clifford"
    case .noise: "noise channels"
    case .midCircuitMeasurement: "measurements and resets within a circuit"
    case .initialStates: "starts from amplitudes"
    case .amplitudes: "amplitudes as outputs"
    case .reverseSweep: "gradients by a backward sweep"
    }
  }
}

/// A request that a device cannot fulfil, and the devices of this library that can.
public struct DeviceRefusal: Hashable, Sendable, CustomStringConvertible {
  /// The device's name.
  public let device: String
  /// What it lacks.
  public let ability: DeviceAbility
  /// Where that was asked for: `instruction 3, t on qubit 0`; empty where the request itself says it.
  public let place: String

  /// Creates a refusal.
  public init(device: String, ability: DeviceAbility, place: String = "") {
    self.device = device
    self.ability = ability
    self.place = place
  }

  /// The names of the devices of this library that are able.
  public var able: [String] {
    BuiltInDevice.allCases.filter { $0.abilities.contains(ability) }.map(\.rawValue)
  }

  /// A sentence that says which devices can.
  public var description: String {
    let place = place.isEmpty ? "" : "\(place): "
    return "\(place)the device '\(device)' has no \(ability.text); these have: "
      + able.joined(separator: ", ")
  }
}

/// The devices of this library, and what each can do: the one place that says it.
enum BuiltInDevice: String, CaseIterable {
  case statevector, density, trajectories, stabilizer

  var abilities: Set<DeviceAbility> {
    switch self {
    case .statevector: [.exactOutputs, .anyGate, .initialStates, .amplitudes, .reverseSweep]
    case .density:
      [.exactOutputs, .anyGate, .noise, .midCircuitMeasurement, .initialStates, .reverseSweep]
    case .trajectories: [.anyGate, .noise, .midCircuitMeasurement, .initialStates, .reverseSweep]
    case .stabilizer: [.exactOutputs]
    }
  }
}
