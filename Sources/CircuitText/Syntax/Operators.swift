/// An operator with one operand.
enum UnaryOperator: String, Hashable {
  case negate = "-"
  case plus = "+"
  case not = "!"
  case complement = "~"
}

/// An operator with two operands.
enum BinaryOperator: String, Hashable {
  case or = "||"
  case and = "&&"
  case bitOr = "|"
  case bitXor = "^"
  case bitAnd = "&"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "**"
  case concatenate = "++"

  /// How tightly the operator binds in OpenQASM 3; powers are read apart, since they bind to the right.
  var precedence: Int {
    switch self {
    case .concatenate: 0
    case .or: 1
    case .and: 2
    case .bitOr: 3
    case .bitXor: 4
    case .bitAnd: 5
    case .equal, .notEqual: 6
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 7
    case .shiftLeft, .shiftRight: 8
    case .add, .subtract: 9
    case .multiply, .divide, .remainder: 10
    case .power: 11
    }
  }

  /// The operator that the mark stands for in OpenQASM 3; nil for `**` and for marks that are none.
  static func ofMark(_ token: Token) -> BinaryOperator? {
    guard token.kind == .mark, token.text != "**" else { return nil }
    return BinaryOperator(rawValue: token.text)
  }

  /// The operator of a compound assignment such as `+=`; nil for other marks.
  static func ofAssignment(_ token: Token) -> BinaryOperator? {
    guard token.kind == .mark, token.text.count > 1, token.text.hasSuffix("="),
      let found = BinaryOperator(rawValue: String(token.text.dropLast()))
    else { return nil }
    switch found {
    case .bitOr, .bitXor, .bitAnd, .shiftLeft, .shiftRight, .add, .subtract, .multiply, .divide,
      .remainder, .power:
      return found
    case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .concatenate:
      return nil
    }
  }
}
