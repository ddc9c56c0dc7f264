import Hilbert

/// What a noise file holds.
struct NoiseContent: NoiseObject {
  let channels: [KnownKeys<ChannelRule>]?
  let readout: [KnownKeys<ReadoutRule>]?

  var knownKeys: Set<String> { ["channels", "readout"] }

  func model() throws -> NoiseModel {
    var model = NoiseModel()
    for (place, rule) in (channels ?? []).enumerated() {
      do {
        try rule.value.add(to: &model)
      } catch let error as ChannelError {
        throw NoiseFault(text: "channels[\(place)]: \(error)")
      } catch let fault as NoiseFault {
        throw NoiseFault(text: "channels[\(place)]: \(fault.text)")
      }
    }
    for (place, rule) in (readout ?? []).enumerated() {
      do {
        try rule.value.add(to: &model)
      } catch let error as ChannelError {
        throw NoiseFault(text: "readout[\(place)]: \(error)")
      } catch let fault as NoiseFault {
        throw NoiseFault(text: "readout[\(place)]: \(fault.text)")
      }
    }
    return model
  }
}

/// How measured bits are misread.
struct ReadoutRule: NoiseObject {
  let oneAsZero: Double?
  let zeroAsOne: Double?
  let on: [Int]?

  var knownKeys: Set<String> { ["oneAsZero", "zeroAsOne", "on"] }

  func add(to model: inout NoiseModel) throws {
    try requireQubits(on)
    guard oneAsZero != nil || zeroAsOne != nil else {
      throw NoiseFault(text: "found no probability, expected 'oneAsZero' or 'zeroAsOne'")
    }
    model.addReadoutError(
      try ReadoutError(oneAsZero: oneAsZero ?? 0, zeroAsOne: zeroAsOne ?? 0), on: on.map(Set.init))
  }
}

/// A channel, and the gates and qubits that it follows.
struct ChannelRule: NoiseObject {
  let channel: String
  let after: [String]?
  let afterGatesOn: Int?
  let on: [Int]?
  let qubits: Int?
  let probability: Double?
  let rate: Double?
  let mixing: Double?
  let errorProbability: Double?
  let excited: Double?
  let x: Double?
  let y: Double?
  let z: Double?
  let t1: Double?
  let t2: Double?
  let time: Double?
  let toZero: Double?
  let toOne: Double?
  /// Kraus operators: matrices of [re, im], row by row.
  let operators: [[[[Double]]]]?

  /// The keys of each channel, besides those that say where it acts.
  private static let keys: [String: Set<String>] = [
    "bitFlip": ["probability"], "phaseFlip": ["probability"], "bitPhaseFlip": ["probability"],
    "pauli": ["x", "y", "z"], "depolarizing": ["mixing", "errorProbability", "qubits"],
    "amplitudeDamping": ["rate"], "phaseDamping": ["rate"],
    "generalizedAmplitudeDamping": ["rate", "excited"],
    "thermalRelaxation": ["t1", "t2", "time", "excited"], "reset": ["toZero", "toOne"],
    "kraus": ["operators"],
  ]

  /// Those of the channel; all of them where there is no such channel, which is told later.
  var knownKeys: Set<String> {
    let all = Self.keys.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    return (Self.keys[channel] ?? all).union(["channel", "after", "afterGatesOn", "on"])
  }

  func add(to model: inout NoiseModel) throws {
    var gates: [Gate]?
    if let after {
      gates = try after.map { name in
        guard let gate = Gate.named(name) else {
          throw NoiseFault(text: "found gate '\(name)', expected a name that qsim gates lists")
        }
        return gate
      }
    }
    try requireQubits(on)
    if let afterGatesOn, afterGatesOn < 1 {
      throw NoiseFault(text: "found 'afterGatesOn' \(afterGatesOn), expected at least 1")
    }
    model.add(try made(), after: gates, touching: afterGatesOn, on: on.map(Set.init))
  }

  private func need(_ value: Double?, _ key: String) throws -> Double {
    guard let value else { throw NoiseFault(text: "found no '\(key)' of \(channel), expected one") }
    return value
  }

  private func made() throws -> Channel {
    switch channel {
    case "bitFlip": return try .bitFlip(need(probability, "probability"))
    case "phaseFlip": return try .phaseFlip(need(probability, "probability"))
    case "bitPhaseFlip": return try .bitPhaseFlip(need(probability, "probability"))
    case "pauli": return try .pauli(x: x ?? 0, y: y ?? 0, z: z ?? 0)
    case "depolarizing":
      guard let errorProbability else {
        return try .depolarizing(mixing: need(mixing, "mixing"), qubits: qubits ?? 1)
      }
      guard mixing == nil else {
        throw NoiseFault(text: "found 'mixing' and 'errorProbability', expected one of them")
      }
      return try .depolarizing(errorProbability: errorProbability, qubits: qubits ?? 1)
    case "amplitudeDamping": return try .amplitudeDamping(need(rate, "rate"))
    case "generalizedAmplitudeDamping":
      return try .generalizedAmplitudeDamping(need(rate, "rate"), excited: excited ?? 0)
    case "phaseDamping": return try .phaseDamping(need(rate, "rate"))
    case "thermalRelaxation":
      return try .thermalRelaxation(
        t1: need(t1, "t1"), t2: need(t2, "t2"), time: need(time, "time"), excited: excited ?? 0)
    case "reset": return try .reset(toZero: toZero ?? 0, toOne: toOne ?? 0)
    case "kraus": return try Channel(kraus: try matrices())
    default:
      let names = Self.keys.keys.sorted().joined(separator: ", ")
      throw NoiseFault(text: "found channel '\(channel)', expected one of \(names)")
    }
  }

  private func matrices() throws -> [ComplexMatrix] {
    guard let operators else {
      throw NoiseFault(text: "found no 'operators' of kraus, expected matrices of [re, im]")
    }
    return try operators.map { rows in
      let width = rows.first?.count ?? 0
      guard width > 0, rows.allSatisfy({ $0.count == width && $0.allSatisfy { $0.count == 2 } })
      else { throw NoiseFault(text: "found an operator that is no matrix of [re, im]") }
      return ComplexMatrix(rows.map { row in row.map { Complex($0[0], $0[1]) } })
    }
  }
}

/// Checks the numbers of qubits; those beyond a circuit's are qubits of the machine that it does not use.
private func requireQubits(_ on: [Int]?) throws(NoiseFault) {
  if let qubit = on?.first(where: { $0 < 0 }) {
    throw NoiseFault(text: "found qubit \(qubit), expected an index from 0")
  }
}
