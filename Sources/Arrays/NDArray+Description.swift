import ComplexModule
import Foundation
import RealModule

extension NDArray: CustomStringConvertible {
  /// The elements in nested brackets, aligned, as torch prints them: four digits after the point, or
  /// exponents where numbers differ by much; the middle of long axes is left out, and the type follows
  /// where it is not float32.
  public var description: String {
    let shown = ArrayText(self)
    return shown.text() + (dtype == .float32 ? "" : " \(dtype)")
  }
}

/// What is shown of an array, and how.
private struct ArrayText {
  /// Arrays of more elements than this show the ends of their axes alone.
  private static let wholeLimit = 1000
  /// The places shown at each end.
  private static let edge = 3

  private let shape: Shape
  private let isShortened: Bool
  private let words: [String]

  init(_ array: NDArray) {
    shape = array.shape
    isShortened = array.count > Self.wholeLimit
    var shown = array
    if isShortened {
      for axis in 0..<array.rank {
        shown = shown.selecting(axis: axis, indices: Self.places(array.shape[axis]))
      }
    }
    let words = Self.words(shown)
    let width = words.map(\.count).max() ?? 0
    self.words = words.map { String(repeating: " ", count: width - $0.count) + $0 }
  }

  /// The places of an axis that a shortened array shows.
  private static func places(_ length: Int) -> [Int] {
    length > 2 * edge ? Array(0..<edge) + Array((length - edge)..<length) : Array(0..<length)
  }

  private static func words(_ array: NDArray) -> [String] {
    switch array.dtype {
    case .bool: return array.scalars(as: Bool.self).map { "\($0)" }
    case .int64: return array.scalars(as: Int.self).map { "\($0)" }
    case .float32, .float64: return numbers(array.doubles())
    case .complex64, .complex128:
      let imaginary = array.imaginaryPart().doubles()
      let parts = numbers(imaginary.map { $0.magnitude })
      return zip(numbers(array.realPart().doubles()), zip(imaginary, parts)).map { real, part in
        real + (part.0.sign == .minus ? "-" : "+") + part.1 + "i"
      }
    }
  }

  /// Numbers in the one format that suits them all.
  private static func numbers(_ values: [Double]) -> [String] {
    let sizes = values.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
    let largest = sizes.max() ?? 0
    let smallest = sizes.min() ?? 0
    let areWhole = values.allSatisfy { !$0.isFinite || $0 == $0.rounded() }
    let hasExponent = areWhole ? largest >= 1e8 : largest > 1000 * smallest || smallest < 1e-4
    let format = hasExponent ? "%.4e" : areWhole ? "%.0f." : "%.4f"
    return values.map { value in
      value.isNaN
        ? "nan"
        : value.isInfinite ? (value < 0 ? "-inf" : "inf") : String(format: format, value)
    }
  }

  func text() -> String {
    var next = 0
    return text(0, &next)
  }

  private func text(_ axis: Int, _ next: inout Int) -> String {
    if axis == shape.rank {
      next += 1
      return words[next - 1].trimmingPrefix(while: { shape.rank == 0 && $0 == " " }).description
    }
    let count = isShortened ? Self.places(shape[axis]).count : shape[axis]
    var parts: [String] = []
    for place in 0..<count {
      if count < shape[axis] && place == Self.edge { parts.append("...") }
      parts.append(text(axis + 1, &next))
    }
    let isLast = axis == shape.rank - 1
    let lines = isLast ? 0 : shape.rank - axis - 1
    let separator =
      isLast
      ? ", "
      : "," + String(repeating: "\n", count: lines) + String(repeating: " ", count: axis + 1)
    return "[" + parts.joined(separator: separator) + "]"
  }
}
