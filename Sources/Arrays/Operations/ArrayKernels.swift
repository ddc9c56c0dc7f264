package import CArrayKernels
import ComplexModule
import Compute
import RealModule

/// The array kernels of one instruction set; all tables compute the same.
@safe package struct ArrayKernelTable: @unchecked Sendable {
  // Tables are filled once and never change.
  /// The kernels.
  package let table: OpaquePointer

  /// The tables this machine can run, slowest first.
  package static let all: [ArrayKernelTable] = (0..<hk_table_count()).compactMap { index in
    guard let table = unsafe hk_table_at(index) else { return nil }
    return unsafe ArrayKernelTable(table: table)
  }

  /// The fastest table.
  package static let best: ArrayKernelTable = all[all.count - 1]

  /// The name of the instruction set.
  package var name: String { unsafe String(cString: hk_table_name(table)) }

  /// Whether numbers of a type have the function.
  func has(_ operation: hk_unary, _ dtype: DType) -> Bool {
    unsafe hk_has_unary(table, operation, dtype.kernelType) != 0
  }

  /// Whether numbers of a type have the function.
  func has(_ operation: hk_binary, _ dtype: DType) -> Bool {
    unsafe hk_has_binary(table, operation, dtype.kernelType) != 0
  }

  /// Whether numbers of a type compare so.
  func has(_ operation: hk_comparison, _ dtype: DType) -> Bool {
    unsafe hk_has_comparison(table, operation, dtype.kernelType) != 0
  }
}

extension DType {
  /// The type's name among the kernels.
  package var kernelType: hk_type {
    switch self {
    case .bool: .bool
    case .int64: .int64
    case .float32: .float32
    case .float64: .float64
    case .complex64: .complex64
    case .complex128: .complex128
    }
  }

  /// Calls `body` with the address of `value` as one number of this type.
  ///
  /// - Precondition: int64 holds the value after dropping its fraction.
  func withNumber<Result>(_ value: Double, _ body: (UnsafeRawPointer) -> Result) -> Result {
    switch self {
    case .bool: return unsafe withUnsafePointer(to: value != 0) { unsafe body($0) }
    case .int64:
      guard let integer = Int(exactly: value.rounded(.towardZero)) else {
        stop("\(value) is no 64-bit integer")
      }
      return unsafe withUnsafePointer(to: integer) { unsafe body($0) }
    case .float32: return unsafe withUnsafePointer(to: Float(value)) { unsafe body($0) }
    case .float64: return unsafe withUnsafePointer(to: value) { unsafe body($0) }
    case .complex64:
      return unsafe withUnsafePointer(to: Complex(Float(value), 0)) { unsafe body($0) }
    case .complex128:
      return unsafe withUnsafePointer(to: Complex(value, 0)) { unsafe body($0) }
    }
  }
}

/// How long elementwise work is shared among threads: in parts of a size that depends on nothing else.
enum ElementwiseParts {
  /// The elements of a part; up to that many stay on the caller's thread.
  static let size = 1 << 15

  /// Calls `body` with the start and the length of each part.
  @inline(__always)
  static func forEach(_ count: Int, _ body: (Int, Int) -> Void) {
    forEachPart(of: count, by: size, body)
  }

  /// Calls `body` with the start and the length of parts of `length` of `count` things.
  @inline(__always)
  static func forEachPart(of count: Int, by length: Int, _ body: (Int, Int) -> Void) {
    if count <= length {
      if count > 0 { body(0, count) }
      return
    }
    LoopPolicy.automatic.forEach(count: (count + length - 1) / length) { part in
      body(part * length, min(length, count - part * length))
    }
  }

  /// Calls `body` with the first row and the number of rows of each part of `count` elements in rows of
  /// `columns`.
  static func forEachRow(_ count: Int, _ columns: Int, _ body: (Int, Int) -> Void) {
    guard columns > 0 else { return }
    forEachPart(of: count / columns, by: max(1, size / columns), body)
  }
}
