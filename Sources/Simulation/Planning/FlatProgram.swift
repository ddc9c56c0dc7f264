import CQuantumKernels
import Circuits

/// A compiled program as bytes, for a reader on another processor; see Tests/Neon.
///
/// The records of CQuantumKernels.h have the same layout on every 64-bit little-endian system. Where the header
/// points to an array its bytes are zero, and the reader writes the address of its own copy.
package struct FlatProgram {
  /// How a state is kept in memory: in a tile, or by itself in a precision.
  package typealias Layout = (precision: Precision?, isOrdered: Bool)

  /// The bytes of a record that the reader checks against its own.
  package static var recordSizes: [Int] {
    unsafe [
      MemoryLayout<hq_program>.size, MemoryLayout<hq_operation>.stride,
      MemoryLayout<hq_sweep>.stride,
    ]
  }

  /// The hq_program.
  package private(set) var header: [UInt8] = []
  /// The arrays the header points to: where in it, and their bytes.
  package private(set) var arrays: [(offset: Int, bytes: [UInt8])] = []
  /// The hq_sweep records of a large state.
  package private(set) var passes: [UInt8] = []

  /// Compiles a plan and flattens its program.
  package init(_ plan: Plan, layout: Layout) {
    let program = plan.program(
      Program.Layout(
        lanes: layout.precision.map { .qubits($0) } ?? .samples, isOrdered: layout.isOrdered))
    withExtendedLifetime(program) { copy(program) }
  }

  private mutating func copy(_ program: Program) {
    let passes = unsafe UnsafeRawBufferPointer(
      start: program.passes, count: program.passCount * MemoryLayout<hq_sweep>.stride)
    self.passes = unsafe Array(passes)
    unsafe withUnsafeBytes(of: program.header) { header in
      self.header = unsafe Array(header)
      // Every array that the program owns, wherever the header points to it: also one that is new.
      for offset in stride(from: 0, to: header.count, by: MemoryLayout<UInt>.stride) {
        let word = unsafe header.load(fromByteOffset: offset, as: UInt.self)
        for index in unsafe program.storage.indices {
          let array = unsafe program.storage[index]
          if UInt(bitPattern: array.baseAddress) == word {
            arrays.append((offset, unsafe Array(array)))
            for byte in 0..<MemoryLayout<UInt>.size { self.header[offset + byte] = 0 }
          }
        }
      }
    }
  }
}
