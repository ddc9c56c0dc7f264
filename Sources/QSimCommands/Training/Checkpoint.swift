import ArgumentParser
import Foundation
import Hilbert

/// What a training needs to go on, as a JSON file; numbers are written so that they are read back to the same bits.
struct Checkpoint {
  struct Content: Codable {
    let schema: String
    /// What both trainings must have in common.
    let settings: [String: String]
    let names: [String]
    let weights: [Double]
    let optimizer: OptimizerState
    let best: TrainingRun.Best?
    let settledSteps: Int
    let steps: [TrainingRun.Step]

    /// What does not fit together, in a file that has been changed since; nil where all does.
    func fault(_ names: [String]) -> String? {
      if self.names != names {
        return "found the parameters \(self.names), expected \(names)"
      }
      if weights.count != names.count {
        return "found \(weights.count) values, expected \(names.count)"
      }
      if optimizer.stepCount != steps.count {
        return "found \(steps.count) steps, expected \(optimizer.stepCount) as of the optimizer"
      }
      if let place = steps.indices.first(where: { steps[$0].step != $0 + 1 }) {
        return "found step \(steps[place].step), expected step \(place + 1)"
      }
      if let best, best.weights.count != names.count || !(0...steps.count).contains(best.step) {
        return "found best values that are no step's of this training"
      }
      let isWhole = weights.allSatisfy(\.isFinite) && settledSteps >= 0
      return isWhole ? nil : "found numbers that no training writes"
    }
  }

  /// The version of the file.
  static let schema = "qsim-checkpoint/1"

  let path: String
  let content: Content

  init(path: String, content: Content) {
    self.path = path
    self.content = content
  }

  /// Reads a checkpoint.
  ///
  /// - Throws: The exit code of a file that cannot be read, or is no checkpoint.
  init(path: String, command: String) throws(ExitCode) {
    let bytes = try CircuitFile(path: path, command: command).bytes()
    do {
      content = try JSONDecoder().decode(Content.self, from: Data(bytes))
    } catch {
      throw CommandFailure.usage(
        "\(command): --resume: \(path): found another content than that of a checkpoint of qsim train"
      )
    }
    guard content.schema == Self.schema else {
      throw CommandFailure.usage(
        "\(command): --resume: \(path): found the version '\(content.schema)', expected '\(Self.schema)'"
      )
    }
    self.path = path
  }

  /// Writes the file whole or not at all.
  ///
  /// - Throws: The exit code of results that cannot be written.
  func write(_ command: String) throws(ExitCode) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    do {
      try ResultFile.write(Array(try encoder.encode(content)) + [10], to: path, of: command)
    } catch let exit as ExitCode {
      throw exit
    } catch {
      throw CommandFailure.unwritable("\(command): \(path): cannot be written: \(error)")
    }
  }

  /// A short text that differs where `text` does, by the FNV-1a hash of 64 bits.
  static func fingerprint(of text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }
}
