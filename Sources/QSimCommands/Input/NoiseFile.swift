import ArgumentParser
import Foundation
import Hilbert

/// A noise model as a JSON file; docs/qsim.md describes it.
///
/// ```json
/// {
///   "channels": [
///     {"channel": "depolarizing", "mixing": 0.01, "after": ["rx", "h"]},
///     {"channel": "depolarizing", "mixing": 0.02, "qubits": 2, "afterGatesOn": 2},
///     {"channel": "amplitudeDamping", "rate": 0.001, "on": [0, 3]}
///   ],
///   "readout": [{"oneAsZero": 0.03, "zeroAsOne": 0.01}]
/// }
/// ```
struct NoiseFile {
  let path: String
  /// The command that reads it, as messages name it.
  let command: String

  /// Reads the model.
  ///
  /// - Throws: The exit code of a file that cannot be read, or is no noise model.
  func model() throws(ExitCode) -> NoiseModel {
    let file = CircuitFile(path: path, command: command)
    let bytes = try file.bytes()
    do {
      let content = try JSONDecoder().decode(Content.self, from: Data(bytes))
      return try content.model()
    } catch let fault as NoiseFault {
      throw failure(file, fault.text)
    } catch let error as ChannelError {
      throw failure(file, "\(error)")
    } catch let error as DecodingError {
      throw failure(file, Self.text(of: error))
    } catch {
      throw failure(file, "found no JSON object, expected one with 'channels' and 'readout'")
    }
  }

  private func failure(_ file: CircuitFile, _ text: String) -> ExitCode {
    CommandFailure.usage("\(command): --noise: \(file.name): \(text)")
  }

  /// What does not fit, with its path in the file.
  private static func text(of error: DecodingError) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
        .drop { $0 == "." }.description
    }
    switch error {
    case .keyNotFound(let key, let context):
      let path = place(context.codingPath)
      return "\(path.isEmpty ? "" : path + ": ")found no '\(key.stringValue)', expected one"
    case .typeMismatch(_, let context) where !context.codingPath.isEmpty,
      .valueNotFound(_, let context) where !context.codingPath.isEmpty:
      return "\(place(context.codingPath)): found another kind of value than expected"
    default: return "found no JSON object, expected one with 'channels' and 'readout'"
    }
  }
}

/// A fault of a noise file.
private struct NoiseFault: Error {
  let text: String
}

private struct Content: Decodable {
  let channels: [ChannelRule]?
  let readout: [ReadoutRule]?

  func model() throws -> NoiseModel {
    var model = NoiseModel()
    for (place, rule) in (channels ?? []).enumerated() {
      do {
        try rule.add(to: &model)
      } catch let error as ChannelError {
        throw NoiseFault(text: "channels[\(place)]: \(error)")
      } catch let fault as NoiseFault {
        throw NoiseFault(text: "channels[\(place)]: \(fault.text)")
      }
    }
    for rule in readout ?? [] {
      model.addReadoutError(
        try ReadoutError(oneAsZero: rule.oneAsZero ?? 0, zeroAsOne: rule.zeroAsOne ?? 0),
        on: rule.on.map(Set.init))
    }
    return model
  }
}

private struct ReadoutRule: Decodable {
  let oneAsZero: Double?
  let zeroAsOne: Double?
  let on: [Int]?
}

/// A channel, and the gates and qubits that it follows.
private struct ChannelRule: Decodable {
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
    if let qubit = on?.first(where: { $0 < 0 }) {
      throw NoiseFault(text: "found qubit \(qubit), expected an index from 0")
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
      if let errorProbability {
        return try .depolarizing(errorProbability: errorProbability, qubits: qubits ?? 1)
      }
      return try .depolarizing(mixing: need(mixing, "mixing"), qubits: qubits ?? 1)
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
      throw NoiseFault(
        text:
          "found channel '\(channel)', expected bitFlip, phaseFlip, bitPhaseFlip, pauli, depolarizing, "
          + "amplitudeDamping, generalizedAmplitudeDamping, phaseDamping, thermalRelaxation, reset or kraus"
      )
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
