import ArgumentParser
import Hilbert

/// A state vector as a file in NumPy's format: complex128 of shape [2^n], qubit 0 the least significant bit.
enum StateFile {
  /// The amplitudes written at a time.
  private static let pieceSize = 1 << 14

  /// Writes 2^n amplitudes whole or not at all, in pieces.
  ///
  /// - Throws: The exit code of results that cannot be written.
  static func write(
    qubitCount: Int, to path: String, of command: String, amplitude: (Int) -> Complex<Double>
  ) throws(ExitCode) {
    let count = 1 << qubitCount
    try ResultFile.write(to: path, of: command) {
      (emit: FileReplacement.Emit) throws(FigureError) in
      try emit(NumPyFile.header(dtype: .complex128, shape: [count]))
      for start in stride(from: 0, to: count, by: pieceSize) {
        var numbers: [Double] = []
        for basis in start..<min(start + pieceSize, count) {
          let value = amplitude(basis)
          numbers.append(value.real)
          numbers.append(value.imaginary)
        }
        try emit(NumPyFile.bytes(of: numbers))
      }
    }
  }
}
