package import CArrayKernels
import Compute

/// The array kernels of one instruction set; all tables compute the same.
@safe package struct ArrayKernelTable: @unchecked Sendable {
  // The tables are filled once and never change.
  private let table: UnsafePointer<hk_table>

  /// The tables this machine can run, slowest first.
  package static let all: [ArrayKernelTable] = (0..<hk_table_count()).compactMap { index in
    guard let table = unsafe hk_table_at(index) else { return nil }
    return unsafe ArrayKernelTable(table: table)
  }

  /// The fastest table.
  package static let best: ArrayKernelTable = all[all.count - 1]

  /// The name of the instruction set.
  package var name: String { unsafe String(cString: table.pointee.name) }

  /// The kernels for a real type of floating point; those of a complex type's parts.
  ///
  /// - Precondition: The type is of floating point or complex.
  package func kernels(_ dtype: DType) -> hk_kernels {
    switch dtype.realType {
    case .float32: return unsafe table.pointee.precision.0
    case .float64: return unsafe table.pointee.precision.1
    default: preconditionFailure("no kernels for numbers of type \(dtype)")
    }
  }
}

extension DType {
  /// The fastest kernels for this type.
  var kernels: hk_kernels { ArrayKernelTable.best.kernels(self) }
}

/// How long elementwise work is shared among threads: in parts of a size that depends on nothing else.
enum ElementwiseParts {
  /// The elements of a part; up to that many stay on the caller's thread.
  static let size = 1 << 15

  /// Calls `body` with the bounds of each part.
  static func forEach(_ count: Int, _ body: (Int, Int) -> Void) {
    guard count > size else {
      body(0, count)
      return
    }
    let parts = (count + size - 1) / size
    LoopPolicy.automatic.forEach(count: parts) { part in
      body(part * size, min(size, count - part * size))
    }
  }
}
