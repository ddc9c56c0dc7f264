public import Arrays
import ComplexModule
import Compute

/// Arrays in NumPy's file format `.npy`.
///
/// A file is the magic `\x93NUMPY`, the version, the length of the header, the header (the text of a Python
/// dictionary with `descr`, `fortran_order` and `shape`, padded to a multiple of 64 bytes), and the numbers. Written is
/// version 1.0, row by row and little-endian; read are 1.0, 2.0 and 3.0, in both orders of axes and of bytes.
///
/// Source: NEP 1, "A simple file format for NumPy arrays".
public enum NumPyFile {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The bytes that stand before the numbers of an array.
  public static func header(dtype: DType, shape: [Int]) -> [UInt8] {
    let axes = shape.map { "\($0)," }.joined(separator: " ")
    // Of one axis the comma stays, of more the last one goes.
    let tuple = shape.count > 1 ? String(axes.dropLast()) : axes
    var text = "{'descr': '\(code(of: dtype))', 'fortran_order': False, 'shape': (\(tuple)), }"
    let length = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
    text += String(repeating: " ", count: length - text.utf8.count - 1) + "\n"
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }

  /// An array as the bytes of a file.
  ///
  /// - Complexity: O(elements); the bytes stand beside the array.
  public static func bytes(of array: NDArray) -> [UInt8] {
    let count = array.count * array.dtype.byteCount
    var bytes = header(dtype: array.dtype, shape: (0..<array.rank).map { array.shape[$0] })
    let start = bytes.count
    bytes += [UInt8](repeating: 0, count: count)
    let source = array.contiguous()
    guard count > 0 else { return bytes }
    unsafe bytes.withUnsafeMutableBytes { target in
      guard let base = target.baseAddress else { return }
      unsafe (base + start).copyMemory(from: source.pointer, byteCount: count)
    }
    return bytes
  }

  /// The little-endian bytes of numbers.
  public static func bytes(of numbers: [Double]) -> [UInt8] {
    unsafe numbers.withUnsafeBytes { unsafe Array($0) }
  }

  /// Reads an array from the bytes of a file; `name` is the file's in errors.
  ///
  /// Integers of 1 to 8 bytes become int64, float16 becomes float32. Unsigned integers of 8 bytes are not read.
  ///
  /// - Throws: ``DatasetError`` with ``DatasetError/Reason/notNumPy(_:)`` if the bytes are no such file.
  public static func array(
    reading bytes: [UInt8], file name: String
  ) throws(DatasetError) -> NDArray {
    func fault(_ text: String) -> DatasetError { DatasetError(file: name, reason: .notNumPy(text)) }
    guard bytes.count >= 10, Array(bytes.prefix(6)) == magic else {
      throw fault("found another beginning than that of an .npy file")
    }
    let isShort = bytes[6] == 1
    guard (1...3).contains(bytes[6]) else {
      throw fault("found version \(bytes[6]).\(bytes[7]), expected 1.0 to 3.0")
    }
    guard isShort || bytes.count >= 12 else {
      throw fault("found a header that is cut off or no text")
    }
    let length = (0..<(isShort ? 2 : 4)).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    let start = (isShort ? 10 : 12) + length
    guard start <= bytes.count,
      let header = String(validating: bytes[(start - length)..<start], as: UTF8.self)
    else { throw fault("found a header that is cut off or no text") }
    guard let description = NumPyHeader(header) else {
      throw fault("found a header that says no type and shape")
    }
    guard let reader = ElementReader(description.code) else {
      throw fault(
        "found elements of type '\(description.code)', expected floats, or integers that fit 64 bits with a sign"
      )
    }
    guard description.shape.count <= Shape.rankLimit else {
      throw fault("found \(description.shape.count) axes, expected at most \(Shape.rankLimit)")
    }
    var product = 1
    for axis in description.shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: max(axis, 1))
      guard !overflow, next <= 1 << 48 else { throw fault("found a shape of too many numbers") }
      product = next
    }
    let count = description.shape.contains(0) ? 0 : product
    guard bytes.count - start >= count * reader.size else {
      throw fault(
        "found \(bytes.count - start) bytes of numbers, expected \(count * reader.size)")
    }
    guard description.isColumnMajor, description.shape.count > 1 else {
      return reader.array(bytes, from: start, shape: Shape(description.shape))
    }
    // The first axis runs fastest: read with the axes the other way round.
    let turned = reader.array(bytes, from: start, shape: Shape(description.shape.reversed()))
    return turned.permuted(Array((0..<description.shape.count).reversed())).contiguous()
  }

  private static func code(of dtype: DType) -> String {
    switch dtype {
    case .bool: "|b1"
    case .int64: "<i8"
    case .float32: "<f4"
    case .float64: "<f8"
    case .complex64: "<c8"
    case .complex128: "<c16"
    }
  }
}

/// What the header of a file says.
private struct NumPyHeader {
  let code: String
  let isColumnMajor: Bool
  let shape: [Int]

  init?(_ text: String) {
    guard let code = Self.value(of: "descr", in: text)?.dropFirst().prefix(while: { $0 != "'" }),
      let order = Self.value(of: "fortran_order", in: text),
      let axes = Self.value(of: "shape", in: text), axes.hasPrefix("("),
      let end = axes.firstIndex(of: ")")
    else { return nil }
    self.code = String(code)
    isColumnMajor = order.hasPrefix("True")
    var shape: [Int] = []
    for field in axes[axes.index(after: axes.startIndex)..<end].split(separator: ",") {
      let digits = String(field.filter { $0 != " " })
      if digits.isEmpty { continue }
      guard let axis = Int(digits), axis >= 0 else { return nil }
      shape.append(axis)
    }
    self.shape = shape
  }

  /// The text behind `'key':`.
  private static func value(of key: String, in text: String) -> Substring? {
    guard let range = text.firstRange(of: "'\(key)':") else { return nil }
    return text[range.upperBound...].drop { $0 == " " }
  }
}

/// Reads numbers of one type.
private struct ElementReader {
  let size: Int
  private let kind: Character
  /// Whether the most significant byte of a number stands first.
  private let isBigEndian: Bool

  init?(_ code: String) {
    let letters = Array(code)
    guard letters.count >= 3, "<|=>".contains(letters[0]), let size = Int(String(letters[2...]))
    else {
      return nil
    }
    isBigEndian = letters[0] == ">"
    switch (letters[1], size) {
    case ("f", 2), ("f", 4), ("f", 8), ("b", 1), ("c", 8), ("c", 16): break
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8), ("u", 1), ("u", 2), ("u", 4): break
    default: return nil
    }
    kind = letters[1]
    self.size = size
  }

  func array(_ bytes: [UInt8], from start: Int, shape: Shape) -> NDArray {
    let count = shape.count
    func word(_ place: Int, _ width: Int) -> UInt64 {
      (0..<width).reduce(0) {
        let byte = bytes[place + (isBigEndian ? width - 1 - $1 : $1)]
        return $0 | UInt64(byte) << (8 * UInt64($1))
      }
    }
    func floats(_ count: Int) -> [Float] {
      (0..<count).map { Float(bitPattern: UInt32(word(start + 4 * $0, 4))) }
    }
    func doubles(_ count: Int) -> [Double] {
      (0..<count).map { Double(bitPattern: word(start + 8 * $0, 8)) }
    }
    switch (kind, size) {
    case ("f", 2):
      let halves = (0..<count).map {
        Self.half(UInt16(truncatingIfNeeded: word(start + 2 * $0, 2)))
      }
      return NDArray(halves, shape: shape)
    case ("f", 4): return NDArray(floats(count), shape: shape)
    case ("f", _): return NDArray(doubles(count), shape: shape)
    case ("c", 8):
      let parts = floats(2 * count)
      return NDArray((0..<count).map { Complex(parts[2 * $0], parts[2 * $0 + 1]) }, shape: shape)
    case ("c", _):
      let parts = doubles(2 * count)
      return NDArray((0..<count).map { Complex(parts[2 * $0], parts[2 * $0 + 1]) }, shape: shape)
    case ("b", _):
      return NDArray((0..<count).map { bytes[start + $0] != 0 }, shape: shape)
    default:
      let isSigned = kind == "i"
      let shift = UInt64(64 - 8 * size)
      return NDArray(
        (0..<count).map { index -> Int in
          let bits = word(start + size * index, size)
          return isSigned ? Int(Int64(bitPattern: bits << shift) >> Int64(shift)) : Int(bits)
        }, shape: shape)
    }
  }

  /// A float16 by its bits: a sign, five of the exponent, ten of the fraction.
  private static func half(_ bits: UInt16) -> Float {
    let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Float(bits & 0x3FF))
    let size: Float =
      switch exponent {
      // Below the normal numbers.
      case 0: fraction * 0x1p-24
      case 0x1F: fraction == 0 ? .infinity : .nan
      default: Float(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
      }
    return bits >> 15 == 0 ? size : -size
  }
}
