import ComplexModule
import RealModule

extension NDArray: CustomStringConvertible {
  /// The elements in nested brackets, long axes shortened, and what kind of numbers they are.
  public var description: String {
    let texts: [String]
    switch dtype {
    case .bool: texts = scalars(as: Bool.self).map { "\($0)" }
    case .int64: texts = scalars(as: Int.self).map { "\($0)" }
    case .float32: texts = scalars(as: Float.self).map { "\($0)" }
    case .float64: texts = scalars(as: Double.self).map { "\($0)" }
    case .complex64: texts = scalars(as: Complex<Float>.self).map { "\($0.real)+\($0.imaginary)i" }
    case .complex128:
      texts = scalars(as: Complex<Double>.self).map { "\($0.real)+\($0.imaginary)i" }
    }
    return Self.text(texts[...], shape.array[...]) + (dtype == .float32 ? "" : " \(dtype)")
  }

  private static func text(_ elements: ArraySlice<String>, _ lengths: ArraySlice<Int>) -> String {
    guard let length = lengths.first else { return elements.first ?? "" }
    let block = length == 0 ? 0 : elements.count / length
    let shown = length > 12 ? Array(0..<5) + [-1] + Array((length - 5)..<length) : Array(0..<length)
    let parts = shown.map { index -> String in
      if index < 0 { return "…" }
      let start = elements.startIndex + index * block
      return text(elements[start..<(start + block)], lengths.dropFirst())
    }
    return "[" + parts.joined(separator: lengths.count > 1 ? ",\n " : ", ") + "]"
  }
}
