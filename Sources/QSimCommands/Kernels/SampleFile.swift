import ArgumentParser
import Hilbert

/// A file of samples: CSV, or NumPy's format, told apart by its first bytes.
struct SampleFile {
  let path: String
  /// The command that reads it, as messages name it.
  let command: String

  /// Reads the samples.
  ///
  /// - Throws: The exit code of a file that cannot be read, or holds no rows of numbers.
  func table() throws(ExitCode) -> SampleTable {
    let file = CircuitFile(path: path, command: command)
    let bytes = try file.bytes()
    do throws(DatasetError) {
      guard bytes.starts(with: [0x93, 0x4E]) else {
        return try SampleTable(csv: bytes, file: file.name)
      }
      let array = try NumPyFile.array(reading: bytes, file: file.name)
      guard array.rank == 2, !array.dtype.isComplex, array.count > 0 else {
        throw DatasetError(
          file: file.name,
          reason: .notNumPy(
            "found \(array.dtype) of shape \(array.shape), expected real numbers of two axes"))
      }
      let features = array.cast(to: .float64)
      let width = features.shape[1]
      let numbers = features.doubles()
      if let place = numbers.firstIndex(where: { !$0.isFinite }) {
        throw DatasetError(
          file: file.name,
          reason: .notNumPy(
            "found \(numbers[place]) in row \(place / width), column \(place % width), both from 0, expected finite "
              + "numbers"))
      }
      return SampleTable(features: features)
    } catch {
      throw CommandFailure.usage("\(command): \(error)")
    }
  }
}
