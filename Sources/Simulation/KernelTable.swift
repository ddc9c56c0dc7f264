import CQuantumKernels

/// The number format of amplitudes.
public enum Precision: String, Hashable, Sendable, CaseIterable {
  /// 32-bit floating point: 8 bytes an amplitude.
  case single
  /// 64-bit floating point: 16 bytes an amplitude.
  case double

  /// Bytes of one amplitude.
  public var bytesPerAmplitude: Int { self == .single ? 8 : 16 }

  /// Its place in the tables of kernels.
  var index: Int { self == .single ? 0 : 1 }
}

/// A number format that states are kept in: `Float` or `Double`.
public protocol StateScalar: BinaryFloatingPoint, Sendable {
  /// The precision this type stands for.
  static var precision: Precision { get }
}

extension Float: StateScalar {
  /// Single precision.
  public static var precision: Precision { .single }
}

extension Double: StateScalar {
  /// Double precision.
  public static var precision: Precision { .double }
}

/// The state-vector kernels of one instruction set.
///
/// All tables compute the same; the last of ``all`` is the fastest that this machine can run. Engines
/// hold one as a value, so that tests can run them side by side.
@safe public struct KernelTable: @unchecked Sendable {
  // The tables are filled once and never change.
  private let table: UnsafePointer<hq_table>

  /// The tables this machine can run, slowest first: "baseline", then "avx2" and "avx512" where they are.
  public static let all: [KernelTable] = (0..<hq_table_count()).compactMap { index in
    guard let table = unsafe hq_table_at(index) else { return nil }
    return unsafe KernelTable(table: table)
  }

  /// The fastest table this machine can run.
  public static let best: KernelTable = all[all.count - 1]

  /// The name of the instruction set.
  public var name: String { unsafe String(cString: table.pointee.name) }

  /// The kernels of a precision.
  func kernels(_ precision: Precision) -> hq_kernels {
    unsafe precision == .single ? table.pointee.precision.0 : table.pointee.precision.1
  }

  /// Does a part of a real matrix on an array; see `hq_transfer`.
  func transfer(
    _ transfer: inout hq_transfer, _ values: UnsafeMutablePointer<Double>, part: Int, of parts: Int
  ) {
    unsafe table.pointee.transfer(&transfer, values, UInt64(part), UInt64(parts))
  }

  /// Does a part of the way back through a real matrix; see `hq_table`.
  func reverseTransfer(
    _ transposed: inout hq_transfer, _ before: UnsafePointer<Double>,
    _ costate: UnsafeMutablePointer<Double>, _ gradient: UnsafeMutablePointer<Double>, part: Int,
    of parts: Int
  ) {
    unsafe table.pointee.reverseTransfer(
      &transposed, before, costate, gradient, UInt64(part), UInt64(parts))
  }

  /// How many numbers a line holds: 16 in single precision, 8 in double.
  static func lanes(_ precision: Precision) -> Int { precision == .single ? 16 : 8 }
}
