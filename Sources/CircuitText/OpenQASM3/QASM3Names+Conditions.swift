import Circuits

extension QASM3Names {
  /// A condition as an expression.
  ///
  /// A whole register is compared with its number; bits of several registers are asked one by one.
  func text(_ condition: ClassicalCondition) -> String {
    switch condition {
    case .bit(let bit): return self.bit(bit)
    case .register(let bits, let number): return text(bits, equal: number)
    case .not(let inner): return "!" + operand(inner)
    case .and(let first, let second): return "\(operand(first)) && \(operand(second))"
    case .or(let first, let second): return "\(operand(first)) || \(operand(second))"
    case .exclusiveOr(let first, let second): return "\(operand(first)) != \(operand(second))"
    }
  }

  private func operand(_ condition: ClassicalCondition) -> String {
    switch condition {
    case .bit(let bit): self.bit(bit)
    default: "(\(text(condition)))"
    }
  }

  private func text(_ bits: [Int], equal number: UInt64) -> String {
    // A number with more bits than are named is never equal.
    guard bits.count >= 64 || number >> UInt64(bits.count) == 0 else { return "false" }
    guard !bits.isEmpty else { return "true" }
    if let register = registers.first(where: { Array($0.bits) == bits }) {
      return "\(register.name) == \(number)"
    }
    return bits.enumerated().map { place, bit in
      (place < 64 && number >> UInt64(place) & 1 == 1 ? "" : "!") + self.bit(bit)
    }.joined(separator: " && ")
  }
}
