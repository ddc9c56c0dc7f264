/// A statement as it stands in a file.
struct StatementSyntax: Hashable {
  indirect enum Kind: Hashable {
    case include(NameSyntax)
    /// `qubit[size] name;`, `qreg name[size];`.
    case qubits(NameSyntax, size: ExpressionSyntax?)
    /// `type name = value;`, `creg name[size];`.
    case variable(TypeSyntax, NameSyntax, value: ExpressionSyntax?, isConstant: Bool)
    /// `input type name;`, `output type name;`.
    case port(TypeSyntax, NameSyntax, isInput: Bool)
    /// `let name = registers;`.
    case alias(NameSyntax, ExpressionSyntax)
    case gate(GateSyntax)
    case subroutine(SubroutineSyntax)
    case application(ApplicationSyntax)
    /// `measure qubits -> bits;`, `measure qubits;`.
    case measurement(ExpressionSyntax, target: ExpressionSyntax?)
    /// `target operator= value;`.
    case assignment(ExpressionSyntax, BinaryOperator?, ExpressionSyntax)
    case reset(ExpressionSyntax)
    /// `barrier qubits;`; without any, of all qubits.
    case barrier([ExpressionSyntax])
    case delay(ExpressionSyntax, [ExpressionSyntax])
    case box([StatementSyntax])
    case condition(ExpressionSyntax, then: [StatementSyntax], otherwise: [StatementSyntax])
    case forLoop(TypeSyntax, NameSyntax, DomainSyntax, body: [StatementSyntax])
    case whileLoop(ExpressionSyntax, body: [StatementSyntax])
    case choice(ExpressionSyntax, cases: [ChoiceSyntax], otherwise: [StatementSyntax]?)
    case breakLoop
    case continueLoop
    case giveBack(ExpressionSyntax?)
    case end
    case expression(ExpressionSyntax)
    case pragma(String)
    /// What the language has and this reader does not.
    case unsupported(String, name: String?)
    /// `nop`, and other statements that do nothing.
    case nothing
  }

  let kind: Kind
  let location: SourceLocation
  var annotations: [String] = []
}

/// A name and its place.
struct NameSyntax: Hashable {
  let text: String
  let location: SourceLocation
}

/// `gate name(parameters) qubits { body }`; without a body `opaque`.
struct GateSyntax: Hashable {
  let name: NameSyntax
  let parameters: [NameSyntax]
  let qubits: [NameSyntax]
  let body: [StatementSyntax]?
}

/// `def name(arguments) -> type { body }`.
struct SubroutineSyntax: Hashable {
  enum Argument: Hashable {
    case qubits(NameSyntax, size: ExpressionSyntax?)
    case value(TypeSyntax, NameSyntax, isMutable: Bool)

    var name: NameSyntax {
      switch self {
      case .qubits(let name, _), .value(_, let name, _): name
      }
    }
  }

  let name: NameSyntax
  let arguments: [Argument]
  let result: TypeSyntax?
  let body: [StatementSyntax]
}

/// `modifiers @ name(parameters) operands;`.
struct ApplicationSyntax: Hashable {
  enum Modifier: Hashable {
    case inverse
    case power(ExpressionSyntax)
    /// `ctrl(count)` or `negctrl(count)`.
    case control(count: ExpressionSyntax?, state: Bool)
  }

  /// The modifiers, the one written first first; the last acts on the gate itself.
  let modifiers: [Modifier]
  let name: NameSyntax
  let parameters: [ExpressionSyntax]
  let operands: [ExpressionSyntax]
}

/// What a `for` loop runs over.
enum DomainSyntax: Hashable {
  case range(RangeSyntax)
  case values(ExpressionSyntax)
}

/// One `case` of a `switch`.
struct ChoiceSyntax: Hashable {
  let values: [ExpressionSyntax]
  let body: [StatementSyntax]
}
