import Arrays
import Autograd

/// What an optimizer remembers between steps, as plain numbers: with it a training goes on exactly.
///
/// ```swift
/// let saved = optimizer.state
/// let resumed = Adam(parameters, learningRate: 0.01)   // the same settings, parameters as they were
/// try resumed.restore(saved)
/// ```
public struct OptimizerState: Hashable, Sendable, Codable {
  /// What is remembered of one parameter.
  public struct Memory: Hashable, Sendable, Codable {
    /// The steps that the parameter has taken; 0 where it has taken none.
    public var stepCount: Int
    /// The running means, in double precision, one after the other: none, or a multiple of the parameter's count;
    /// complex parameters have twice as many numbers.
    public var numbers: [Double]

    /// Creates the memory of a parameter.
    public init(stepCount: Int, numbers: [Double]) {
      self.stepCount = stepCount
      self.numbers = numbers
    }
  }

  /// The steps of the optimizer.
  public var stepCount: Int
  /// What is remembered of each parameter, in the order of the groups.
  public var memories: [Memory]

  /// Creates a state.
  public init(stepCount: Int, memories: [Memory]) {
    self.stepCount = stepCount
    self.memories = memories
  }
}

/// Why the state of an optimizer cannot be taken over.
public enum OptimizerStateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The state remembers another number of parameters.
  case parameterCount(found: Int, expected: Int)
  /// The state has another number of running means for a parameter than the optimizer keeps.
  case numberCount(parameter: Int, found: Int, expected: Int)

  /// A sentence that says what was found and what was expected.
  public var description: String {
    switch self {
    case .parameterCount(let found, let expected):
      "found the state of \(found) parameters, expected \(expected)"
    case .numberCount(let parameter, let found, let expected):
      "found \(found) running means of parameter \(parameter), expected \(expected)"
    }
  }
}

extension [ObjectIdentifier: ParameterState] {
  /// What is remembered of parameters, in their order.
  func memories(of parameters: [Parameter]) -> [OptimizerState.Memory] {
    parameters.map { parameter in
      guard let state = self[ObjectIdentifier(parameter)] else {
        return OptimizerState.Memory(stepCount: 0, numbers: [])
      }
      return OptimizerState.Memory(stepCount: state.stepCount, numbers: state.numbers)
    }
  }

  /// Takes over what is remembered of parameters, `arrayCount` state arrays each.
  init(
    _ memories: [OptimizerState.Memory], of parameters: [Parameter], arrayCount: Int
  ) throws(OptimizerStateError) {
    self.init()
    guard memories.count == parameters.count else {
      throw .parameterCount(found: memories.count, expected: parameters.count)
    }
    for (place, (memory, parameter)) in zip(memories, parameters).enumerated() {
      if memory.stepCount == 0 && memory.numbers.isEmpty { continue }
      let expected = arrayCount * parameter.count * (parameter.dtype.isComplex ? 2 : 1)
      guard memory.numbers.count == expected, memory.stepCount >= 0 else {
        throw .numberCount(parameter: place, found: memory.numbers.count, expected: expected)
      }
      self[ObjectIdentifier(parameter)] = ParameterState(
        parameter, arrayCount: arrayCount, stepCount: memory.stepCount, numbers: memory.numbers)
    }
  }
}
