/// Reads the statements of OpenQASM 2 and 3 files, one at a time.
///
/// OpenQASM 2: Cross, Bishop, Smolin, Gambetta, arXiv:1707.03429. OpenQASM 3: Cross et al., arXiv:2104.14722,
/// and the specification, version 3.1.
struct SyntaxParser {
  /// Which language is read.
  enum Dialect: Hashable {
    case two
    case three
  }

  /// How deeply parentheses, signs and powers may be nested, and how high an expression may be.
  static let expressionDepthLimit = 100
  /// How deeply blocks may stand in each other.
  static let blockDepthLimit = 64

  private(set) var lexer: Lexer
  private(set) var token: Token
  /// The token before it.
  private var last: Token?
  private var passed: [CircuitFault] = []
  /// How many braces are open.
  private var braceDepth = 0
  var dialect: Dialect
  /// How many blocks the statement being read stands in.
  private(set) var blockDepth = 0
  /// The name that the statement being read declares, as soon as it is known.
  private(set) var declaredName: String?
  /// How many parentheses, signs and powers the expression being read stands in.
  var expressionDepth = 0

  /// Begins to read; the first token is ahead then.
  init(_ source: SourceText, dialect: Dialect) throws(CircuitFault) {
    lexer = Lexer(source)
    self.dialect = dialect
    token = try lexer.next()
  }

  var source: SourceText { lexer.source }

  // MARK: Tokens

  func fault(_ reason: CircuitFault.Reason, at place: SourceLocation? = nil) -> CircuitFault {
    source.fault(reason, at: place ?? token.location)
  }

  func unexpected(_ expected: String) -> CircuitFault {
    fault(.unexpected(found: token.found, expected: expected))
  }

  mutating func advance() throws(CircuitFault) {
    if token.isMark("{") { braceDepth += 1 }
    if token.isMark("}") { braceDepth -= 1 }
    last = token
    token = try lexer.next()
  }

  mutating func take(_ mark: String) throws(CircuitFault) -> Bool {
    guard token.isMark(mark) else { return false }
    try advance()
    return true
  }

  mutating func takeWord(_ word: String) throws(CircuitFault) -> Bool {
    guard token.isWord(word) else { return false }
    try advance()
    return true
  }

  mutating func expect(_ mark: String, _ expected: String) throws(CircuitFault) {
    if try take(mark) { return }
    guard mark == ";", let last, token.location.line > last.location.line else {
      throw unexpected(expected)
    }
    // A semicolon is missed where the statement ends, not where the next one begins, which is read on its own.
    passed.append(
      fault(
        .unexpected(found: "the end of the line", expected: expected),
        at: source.location(behind: last)))
  }

  /// The faults of the statement that has been read which did not end it.
  mutating func takeFaults() -> [CircuitFault] {
    defer { passed = [] }
    return passed
  }

  /// Takes a name that is no word of the language.
  mutating func name(_ expected: String) throws(CircuitFault) -> NameSyntax {
    guard token.kind == .identifier, !isReserved(token.text) else { throw unexpected(expected) }
    let name = NameSyntax(text: token.text, location: token.location)
    try advance()
    return name
  }

  /// Takes the name that a statement declares.
  mutating func declaredName(_ expected: String) throws(CircuitFault) -> NameSyntax {
    let name = try name(expected)
    if blockDepth == 0 { declaredName = name.text }
    return name
  }

  /// The rest of the line behind the current token; the token after it is ahead then.
  mutating func takeRestOfLine() throws(CircuitFault) -> String {
    let text = lexer.restOfLine(after: token)
    token = try lexer.next()
    return text
  }

  // MARK: Blocks and recovery

  /// Reads `{ statements }`.
  mutating func block() throws(CircuitFault) -> [StatementSyntax] {
    try expect("{", "'{'")
    guard blockDepth < Self.blockDepthLimit else {
      throw fault(.nestedTooDeeply(limit: Self.blockDepthLimit))
    }
    blockDepth += 1
    defer { blockDepth -= 1 }
    var statements: [StatementSyntax] = []
    while try !take("}") {
      guard token.kind != .end else { throw unexpected("'}'") }
      statements.append(try statement())
    }
    return statements
  }

  /// Reads a block, or the one statement that stands in place of it.
  mutating func body() throws(CircuitFault) -> [StatementSyntax] {
    if token.isMark("{") { return try block() }
    guard blockDepth < Self.blockDepthLimit else {
      throw fault(.nestedTooDeeply(limit: Self.blockDepthLimit))
    }
    blockDepth += 1
    defer { blockDepth -= 1 }
    return [try statement()]
  }

  /// Forgets what a statement declares, once it has been read.
  mutating func endStatement() {
    declaredName = nil
    braceDepth = 0
  }

  /// Passes over the rest of a statement at fault: to behind its semicolon, or behind its closing brace.
  mutating func recover() {
    blockDepth = 0
    expressionDepth = 0
    declaredName = nil
    // The rest of the blocks that are open belongs to the statement.
    var depth = max(0, braceDepth)
    defer { braceDepth = 0 }
    while true {
      do throws(CircuitFault) {
        switch token.kind {
        case .end: return
        case .mark where token.text == "{": depth += 1
        case .mark where token.text == "}":
          depth -= 1
          if depth <= 0 { return try advance() }
        case .mark where token.text == ";" && depth == 0: return try advance()
        default: break
        }
        try advance()
      } catch {
        // The byte at fault has been passed over; reading goes on behind it.
        continue
      }
    }
  }

  /// Passes over `{ … }`, whatever stands in it.
  mutating func skipBraces() throws(CircuitFault) {
    var depth = 0
    repeat {
      guard token.kind != .end else { throw unexpected("'}'") }
      if token.isMark("{") { depth += 1 }
      if token.isMark("}") { depth -= 1 }
      try advance()
    } while depth > 0
  }

  // MARK: Words

  func isReserved(_ word: String) -> Bool {
    dialect == .two ? Self.words2.contains(word) : Self.words3.contains(word)
  }

  /// The words of OpenQASM 2.
  static let words2: Set<String> = [
    "OPENQASM", "include", "qreg", "creg", "gate", "opaque", "barrier", "measure", "reset", "if",
    "pi", "sin", "cos", "tan", "exp", "ln", "sqrt",
  ]

  /// The words of OpenQASM 3.
  static let words3: Set<String> = [
    "OPENQASM", "include", "defcalgrammar", "def", "cal", "defcal", "gate", "extern", "box", "let",
    "break", "continue", "if", "else", "end", "return", "for", "while", "in", "switch", "case",
    "default", "pragma", "nop", "input", "output", "const", "readonly", "mutable", "qreg", "qubit",
    "creg", "bool", "bit", "int", "uint", "float", "angle", "complex", "array", "void", "duration",
    "stretch", "gphase", "inv", "pow", "ctrl", "negctrl", "durationof", "delay", "reset", "measure",
    "barrier", "true", "false", "pi", "π", "tau", "τ", "euler", "ℇ", "opaque",
  ]
}
