/// How a circuit file is read: the values of its inputs, where includes are found, and how much it may hold.
public struct ReadingOptions: Hashable, Sendable {
  /// The values of `input` declarations by name; arrays hold their elements row by row.
  ///
  /// An input without a value that is a `float` or an `angle` (or an array of them) becomes weights of the circuit; any
  /// other one must have a value.
  public var values: [String: [Double]]
  /// Whether `float` and `angle` inputs stay weights of the circuit also where they have a value.
  public var keepsParameters: Bool
  /// Folders in which includes are looked for after the folder of the file that includes them; nil where files
  /// may not be included at all, apart from the libraries that are built in.
  public var includeFolders: [String]?
  /// The bounds.
  public var limits: ReadingLimits
  /// The number of time steps of a qsim file that are read: gates at times up to it; nil for all.
  public var lastTime: Int?

  /// Creates options.
  public init(
    values: [String: [Double]] = [:], keepsParameters: Bool = false,
    includeFolders: [String]? = nil, limits: ReadingLimits = ReadingLimits(), lastTime: Int? = nil
  ) {
    self.values = values
    self.keepsParameters = keepsParameters
    self.includeFolders = includeFolders
    self.limits = limits
    self.lastTime = lastTime
  }
}

/// How much a circuit file may hold, so that no file takes the machine's time or memory.
public struct ReadingLimits: Hashable, Sendable {
  /// How many instructions the circuit may have, definitions, loops and calls expanded; a barrier counts once more for
  /// every 63 qubits across it.
  public var instructions: Int
  /// How many steps may be taken: statements run, calls of gates and subroutines, operators of expressions.
  public var steps: Int

  /// Creates limits.
  public init(instructions: Int = 1 << 20, steps: Int = 1 << 22) {
    self.instructions = instructions
    self.steps = steps
  }

  /// How deeply blocks, definitions, calls and expressions may stand in each other, taken together.
  public static let depth = 128
  /// How deeply includes may stand in each other.
  public static let includeDepth = 16
  /// How many bytes a file and its includes may have.
  public static let bytes = 256 << 20
  /// How many qubits a file may declare.
  public static let qubits = 4096
  /// How many classical bits a file may declare.
  public static let bits = 1 << 16
  /// How many numbers the arrays of a file may hold.
  public static let elements = 1 << 20
  /// How many measured bits a classical value may depend on.
  public static let outcomeBits = 12
  /// How many terms an angle that depends on open inputs may have.
  public static let terms = 1 << 10
  /// How many inputs may be multiplied in a term of an angle.
  public static let degree = 8
  /// How many faults are reported.
  public static let faults = 20
}
