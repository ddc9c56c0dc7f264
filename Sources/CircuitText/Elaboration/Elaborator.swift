import Circuits

/// Runs the statements of an OpenQASM file as far as they are known when the file is read, and gathers what is left: the
/// instructions of a circuit.
///
/// Constants, loops and subroutines are worked out here. Open inputs become weights, and numbers made of them
/// polynomials. What depends on measurements stays a question about the circuit's classical bits
/// (``ClassicalValue/outcomes(_:)``): statements under such a question become conditional instructions, and variables
/// that they change hold a value for either answer. Every bit that a file declares lies in a bit of the circuit, which
/// holds its value at every moment, also while that is known.
struct Elaborator {
  /// A classical variable.
  struct Variable {
    let type: ClassicalType
    var value: ClassicalValue
    /// The first of the circuit's bits that hold the variable; nil for one that is kept as a value alone.
    var home: Int?
    let isConstant: Bool
  }

  /// A function, and what it has been told besides its statements.
  struct Subroutine {
    let syntax: SubroutineSyntax
    let source: SourceText
  }

  var options: ReadingOptions
  var dialect: SyntaxParser.Dialect
  /// The file whose statements are being run.
  var source: SourceText
  /// The names, the innermost last; the first holds those of libraries, the second those of the file.
  var scopes: [Scope] = [Scope(), Scope()]
  var variables: [Variable] = []
  var gates: [GateDefinition] = []
  var subroutines: [Subroutine] = []
  /// The libraries that have been included.
  var libraries: [GateLibrary] = []
  /// What has been run so far.
  var steps = 0
  /// How deeply blocks, calls and expressions stand in each other.
  private(set) var depth = 0
  /// The flags that say what has been left: the program, a subroutine, a loop.
  var flow: Flow
  /// The bits whose value some variable may be made of, other than the one that lies there.
  var readBits: Set<Int> = []
  /// Questions and values that are asked later, and so must not lose the bits that they read.
  var pending: [ClassicalValue] = []

  // What the circuit will hold.
  var qubitCount = 0
  var usesHardwareQubits = false
  var bitCount = 0
  /// Bits of no register that can be used again: for each size, where so many of them begin.
  var freeBits: [Int: [Int]] = [:]
  /// Bits taken by the statement being run, which are free after it if nothing reads them.
  var takenBits: [Int] = []
  var registers: [(register: ClassicalRegister, isOutput: Bool)] = []
  var qubitRegisters: [(name: String, qubits: Range<Int>)] = []
  var hasOutputs = false
  var instructions: [(instruction: Instruction, location: SourceLocation)] = []
  /// How many instructions there are, those inside of others among them.
  var instructionCount = 0
  /// How many instructions the expansions of gates that are kept hold.
  var keptCount = 0
  /// Whether the body of a gate is being run, on qubits of its own.
  var isInGate = false
  /// How many conditions the instructions being gathered stand under.
  var branchDepth = 0
  /// How many loops of the circuit the instructions being gathered stand in: new bits hold what the round before has
  /// left in them there.
  var repeatDepth = 0
  /// The global phase of the gates expanded so far.
  var phase: Angle = 0
  var parameterNames: [String] = []
  /// The names of inputs whose values have been asked for.
  var usedValues: Set<String> = []
  var elementCount = 0
  var notes: [CircuitNote] = []
  var pragmas: [String] = []
  var annotations: [CircuitAnnotation] = []

  init(_ source: SourceText, dialect: SyntaxParser.Dialect, options: ReadingOptions) {
    self.source = source
    self.dialect = dialect
    self.options = options
    variables = [
      Variable(type: .bool, value: .truth(.known(false)), home: nil, isConstant: false)
    ]
    flow = Flow(end: 0)
  }

  // MARK: Faults

  func fault(_ reason: CircuitFault.Reason, at place: SourceLocation) -> CircuitFault {
    source.fault(reason, at: place)
  }

  /// The result of `body`, whose faults are at `place`.
  func located<Result>(
    _ place: SourceLocation, _ body: () throws(ValueFault) -> Result
  ) throws(CircuitFault) -> Result {
    do throws(ValueFault) {
      return try body()
    } catch {
      throw fault(error.reason, at: place)
    }
  }

  /// The result of `body`, whose faults are at `place`.
  func checkedCircuit<Result>(
    _ place: SourceLocation, _ body: () throws(CircuitError) -> Result
  ) throws(CircuitFault) -> Result {
    do throws(CircuitError) {
      return try body()
    } catch {
      throw fault(.circuit(error), at: place)
    }
  }

  mutating func note(_ text: String, at place: SourceLocation) {
    guard notes.count < ReadingLimits.faults else { return }
    let note = CircuitNote(file: source.file, location: place, text: text)
    if !notes.contains(note) { notes.append(note) }
  }

  // MARK: Bounds

  /// Counts steps.
  mutating func step(_ count: Int = 1, at place: SourceLocation) throws(CircuitFault) {
    steps += count
    guard steps <= options.limits.steps else {
      throw fault(.tooManySteps(limit: options.limits.steps), at: place)
    }
  }

  mutating func enter(_ place: SourceLocation) throws(CircuitFault) {
    guard depth < ReadingLimits.depth else {
      throw fault(.nestedTooDeeply(limit: ReadingLimits.depth), at: place)
    }
    depth += 1
  }

  mutating func leave() { depth -= 1 }

  // MARK: Instructions

  /// Adds an instruction to those being gathered.
  mutating func emit(_ instruction: Instruction, at place: SourceLocation) throws(CircuitFault) {
    instructionCount += 1
    // A barrier across thousands of qubits takes the memory of many instructions.
    switch instruction {
    case .barrier(let qubits): instructionCount += qubits.count / 63
    case .assign(_, let condition), .conditional(let condition, _, _), .loop(let condition, _):
      instructionCount += condition.size / 16
    case .gate, .channel, .measure, .reset: break
    }
    guard instructionCount <= options.limits.instructions else {
      throw fault(.tooManyInstructions(limit: options.limits.instructions), at: place)
    }
    instructions.append((instruction, place))
  }

  /// The instructions that `body` makes, which are not added to those being gathered.
  mutating func gathering(
    _ body: (inout Elaborator) throws(CircuitFault) -> Void
  ) throws(CircuitFault) -> [Instruction] {
    let outside = instructions
    instructions = []
    branchDepth += 1
    defer {
      instructions = outside
      branchDepth -= 1
    }
    try body(&self)
    return instructions.map(\.instruction)
  }
}

/// The variables that say whether something has been left.
struct Flow {
  /// Set by `end`.
  let end: Int
  /// Set by `return`; nil outside of subroutines.
  var returned: Int?
  /// What a subroutine gives back.
  var result: Int?
  /// Set by `break` and `continue`; nil outside of loops.
  var broken: Int?
  var continued: Int?
}
