import Compute

/// How a circuit is drawn, as text and as a figure alike.
///
/// ```swift
/// let options = DrawingOptions(
///   parameterNames: ["gamma", "beta"], qubitNames: DrawingOptions.names(ofRegisters: [("a", 2), ("b", 2)]))
/// print(circuit.drawing(width: 80, options: options))
/// ```
public struct DrawingOptions: Hashable, Sendable {
  /// The names of the circuit's weights, in order; weights beyond the list are `w[i]`.
  public var parameterNames: [String]
  /// The names of the circuit's inputs, in order; inputs beyond the list are `x[j]`.
  public var inputNames: [String]
  /// The names of the qubits, in order; qubits beyond the list are `q_i`.
  public var qubitNames: [String]
  /// Whether what depends on a condition, and the body of a loop, is drawn gate by gate between two marks; otherwise
  /// it is one box that says how many instructions it stands for.
  public var expandsConditionals: Bool
  /// The longest list of angles in a box, in characters; longer ones end in `…`.
  public var angleLimit: Int

  /// Creates options.
  ///
  /// - Precondition: `angleLimit` is positive.
  public init(
    parameterNames: [String] = [], inputNames: [String] = [], qubitNames: [String] = [],
    expandsConditionals: Bool = true, angleLimit: Int = 28
  ) {
    require(angleLimit > 0, "drawing: expected a positive limit of angles, found \(angleLimit)")
    self.parameterNames = parameterNames
    self.inputNames = inputNames
    self.qubitNames = qubitNames
    self.expandsConditionals = expandsConditionals
    self.angleLimit = angleLimit
  }

  /// The names of the qubits of quantum registers: `a[0]`, `a[1]`, `b[0]` of registers `a` of 2 and `b` of 1.
  public static func names(ofRegisters registers: [(name: String, size: Int)]) -> [String] {
    registers.flatMap { register in
      (0..<max(register.size, 0)).map { "\(register.name)[\($0)]" }
    }
  }

  /// The name of a weight.
  func weight(_ index: Int) -> String {
    index < parameterNames.count ? parameterNames[index] : "w[\(index)]"
  }

  /// The name of an input.
  func input(_ index: Int) -> String {
    index < inputNames.count ? inputNames[index] : "x[\(index)]"
  }
}
