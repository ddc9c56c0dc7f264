extension ElementaryOperation: CustomStringConvertible {
  /// The operation as text, such as `exp(-i·(w[0])/2·X0)` or `[1=1] swap(0, 2)`.
  public var description: String { text { "w[\($0)]" } }

  /// The operation as text, with names of the caller's for weights.
  package func text(weight: (Int) -> String) -> String {
    let conditions = controls.mask.bitIndices.map { "q\($0)=\((controls.value >> UInt64($0)) & 1)" }
    let angle = angle.text(weight: weight) { "x[\($0)]" }
    let action =
      switch kind {
      case .rotation(let string): "rotation(\(string), \(angle))"
      case .phase: "phase(\(angle))"
      case .pauli(let string): "\(string)"
      case .swap(let first, let second): "swap(\(first), \(second))"
      case .matrix(_, let targets):
        "matrix(\(targets.map(String.init).joined(separator: ", ")))"
      }
    return conditions.isEmpty ? action : "\(action) if \(conditions.joined(separator: ", "))"
  }
}
