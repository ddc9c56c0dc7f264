/// An expression as it stands in a file.
struct ExpressionSyntax: Hashable {
  indirect enum Kind: Hashable {
    case literal(ClassicalValue)
    case name(String)
    case hardwareQubit(Int)
    case unary(UnaryOperator, ExpressionSyntax)
    /// Operators of one precedence, from left to right; a chain of any length is one level deep.
    case chain(ExpressionSyntax, [Link])
    case power(ExpressionSyntax, ExpressionSyntax)
    case call(String, [ExpressionSyntax])
    case cast(TypeSyntax, ExpressionSyntax)
    case subscripted(ExpressionSyntax, [IndexSyntax])
    /// `{a, b, c}`.
    case list([ExpressionSyntax])
    /// `measure qubits`.
    case measurement(ExpressionSyntax)
    /// `durationof({ … })`.
    case durationOfBlock
  }

  struct Link: Hashable {
    let operation: BinaryOperator
    let location: SourceLocation
    let operand: ExpressionSyntax
  }

  let kind: Kind
  let location: SourceLocation
  /// How deeply expressions stand in this one: 1 for a name or a number.
  let height: Int

  init(_ kind: Kind, at location: SourceLocation) {
    self.kind = kind
    self.location = location
    height = 1 + Self.parts(of: kind).reduce(0) { max($0, $1.height) }
  }

  /// A leaf or a node whose height the caller knows, so that its parts need not be looked at.
  init(leaf kind: Kind, at location: SourceLocation) {
    self.kind = kind
    self.location = location
    height = 1
  }

  static func parts(of kind: Kind) -> [ExpressionSyntax] {
    switch kind {
    case .literal, .name, .hardwareQubit, .durationOfBlock: []
    case .unary(_, let operand), .cast(_, let operand), .measurement(let operand): [operand]
    case .chain(let first, let links): [first] + links.map(\.operand)
    case .power(let base, let exponent): [base, exponent]
    case .call(_, let list), .list(let list): list
    case .subscripted(let base, let indices): [base] + indices.flatMap(\.parts)
    }
  }
}

/// What stands between the brackets behind a value.
enum IndexSyntax: Hashable {
  /// `[i]`.
  case element(ExpressionSyntax)
  /// `[first:last]` or `[first:step:last]`; what is left out is nil.
  case range(RangeSyntax)
  /// `[{a, b}]`.
  case set([ExpressionSyntax])

  var parts: [ExpressionSyntax] {
    switch self {
    case .element(let index): [index]
    case .range(let range): [range.first, range.step, range.last].compactMap { $0 }
    case .set(let list): list
    }
  }
}

/// `first:last` or `first:step:last`, both ends taken in.
struct RangeSyntax: Hashable {
  let first: ExpressionSyntax?
  let step: ExpressionSyntax?
  let last: ExpressionSyntax?
  let location: SourceLocation
}

/// A classical type as it stands in a file.
indirect enum TypeSyntax: Hashable {
  /// A type of one value and its width, where that is given.
  case scalar(ScalarKind, width: ExpressionSyntax?)
  /// `complex[float[64]]`.
  case complex
  /// `array[type, extents]`; for parameters of subroutines `#dim = n`, without extents.
  case array(TypeSyntax, extents: [ExpressionSyntax], dimensions: ExpressionSyntax?)

  enum ScalarKind: String, Hashable {
    case bit, bool, int, uint, float, angle, duration, stretch
  }
}
