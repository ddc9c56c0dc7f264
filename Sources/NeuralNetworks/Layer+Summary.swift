import Autograd

extension Layer {
  /// The layer and its parts, a line each, with the shapes of parameters and how many numbers they hold.
  ///
  /// Layers print as their summary:
  ///
  /// ```
  /// Sequential, 275 parameters
  ///   0: Linear (weight [16, 13], bias [16]), 224 parameters
  ///   1: ReLU
  ///   2: Linear (weight [3, 16], bias [3]), 51 parameters
  /// ```
  ///
  /// A parameter that several parts share is shown by each and counted once in the whole.
  public var summary: String { lines(name: nil, indent: "").joined(separator: "\n") }

  /// What a layer prints as: its ``summary``.
  public var description: String { summary }

  private func lines(name: String?, indent: String) -> [String] {
    let parts = parts
    var line = indent + (name.map { "\($0): " } ?? "") + "\(Self.self)"
    let count = parameterCount
    if parts.isEmpty && count > 0 {
      let shapes = namedParameters.map { "\($0.name) \($0.parameter.shape)" }
      line += " (\(shapes.joined(separator: ", ")))"
    }
    if count > 0 { line += count == 1 ? ", 1 parameter" : ", \(count) parameters" }
    return [line] + parts.flatMap { $0.layer.lines(name: $0.name, indent: indent + "  ") }
  }
}
