/// Why a figure could not be written.
public enum FigureError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The directory in which the file should lie does not exist.
  case directoryMissing(path: String, directory: String)
  /// The system refused `step`, for the reason given by the error number of the C library.
  case writeFailed(path: String, step: Step, errorNumber: Int32)

  /// The step of writing a file that failed.
  public enum Step: String, Sendable {
    /// Making the temporary file beside the destination.
    case create
    /// Writing the bytes.
    case write
    /// Bringing the bytes to the disk.
    case synchronize
    /// Giving the temporary file its name.
    case rename
  }

  /// The path, what was attempted and what the system said.
  public var description: String {
    switch self {
    case .directoryMissing(let path, let directory):
      "\(path): cannot write: directory '\(directory)' does not exist"
    case .writeFailed(let path, let step, let errorNumber):
      "\(path): cannot \(step.rawValue): \(SystemText.description(ofError: errorNumber))"
    }
  }
}
