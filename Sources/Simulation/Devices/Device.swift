public import Circuits
import Compute

/// What circuits run on: an engine of this library, or hardware behind the same few calls.
///
/// A device says what it can do and makes engines for circuits; what it cannot do it refuses with a
/// ``SimulationError/device(_:)`` that names the devices that can. A layer takes any device, and the way its
/// gradients are taken follows from what the device can do.
///
/// ```swift
/// let layer = QuantumLayer(circuit, measuring: .z(0), on: .densityMatrix(noise: noise))
/// ```
public protocol Device: Sendable {
  /// The name, for people and for `qsim run --method`.
  var name: String { get }
  /// What it can do.
  var abilities: Set<DeviceAbility> { get }
  /// The most qubits whose state fits the device's memory in a precision.
  func qubitLimit(_ precision: Precision) -> Int
  /// Makes a circuit and what is measured at its end ready, to be run with any weights and inputs.
  ///
  /// - Throws: ``SimulationError/device(_:)`` if the circuit asks for what the device cannot do, further
  ///   ``SimulationError`` if circuit and measurement do not fit each other or the device's memory.
  func engine(
    for circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> any CircuitEngine
}

extension Device {
  /// Checks that the device has an ability; `place` says where it is asked for.
  ///
  /// - Throws: ``SimulationError/device(_:)``.
  public func requireAbility(
    _ ability: DeviceAbility, at place: @autoclosure () -> String = ""
  ) throws(SimulationError) {
    guard abilities.contains(ability) else {
      throw .device(DeviceRefusal(device: name, ability: ability, place: place()))
    }
  }

  /// Checks that the device can do what a circuit and its measurement ask for.
  ///
  /// - Throws: ``SimulationError/device(_:)`` for the first thing that it cannot.
  public func requireAbilities(
    for circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) {
    if let (place, text) = circuit.firstConditional {
      throw .conditionInMixture(place: place, text: text)
    }
    if circuit.initialState != nil { try requireAbility(.initialStates) }
    if case .amplitudes = measurement { try requireAbility(.amplitudes) }
    if let (place, channel) = circuit.firstChannel {
      try requireAbility(.noise, at: "instruction \(place), \(channel.name)")
    }
    if let (place, text) = circuit.firstDynamic {
      try requireAbility(.midCircuitMeasurement, at: "instruction \(place), \(text)")
    }
  }
}

extension MemoryBudget {
  /// How often `bytes` can be doubled within the limit.
  func doublings(of bytes: Int, atMost limit: Int) -> Int {
    var count = 0
    while count < limit, bytes <= self.limit >> (count + 1) { count += 1 }
    return count
  }
}
