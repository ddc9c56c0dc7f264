import Foundation
import RealModule

/// An expression of a gate's parameter, as steps of a stack machine: flat, whatever its length.
struct QASM2Expression: Hashable {
  enum Function: String, CaseIterable, Hashable {
    case sin, cos, tan, exp, ln, sqrt

    func callAsFunction(_ x: Double) -> Double {
      switch self {
      case .sin: Double.sin(x)
      case .cos: Double.cos(x)
      case .tan: Double.tan(x)
      case .exp: Double.exp(x)
      case .ln: Double.log(x)
      case .sqrt: x.squareRoot()
      }
    }
  }

  enum Step: Hashable {
    case number(Double)
    case parameter(Int)
    case negate
    case add
    case subtract
    case multiply
    case divide
    case power
    case function(Function)
  }

  private(set) var steps: [Step] = []

  mutating func append(_ step: Step) { steps.append(step) }

  /// The value; nil where it is not finite.
  func value(parameters: [Double]) -> Double? {
    var stack: [Double] = []
    for step in steps {
      switch step {
      case .number(let value): stack.append(value)
      case .parameter(let place): stack.append(parameters[place])
      case .negate: Self.replaceLast(in: &stack) { -$0 }
      case .function(let function): Self.replaceLast(in: &stack) { function($0) }
      case .add: Self.join(&stack) { $0 + $1 }
      case .subtract: Self.join(&stack) { $0 - $1 }
      case .multiply: Self.join(&stack) { $0 * $1 }
      case .divide: Self.join(&stack) { $0 / $1 }
      case .power: Self.join(&stack) { Foundation.pow($0, $1) }
      }
    }
    return stack.last.flatMap { $0.isFinite ? $0 : nil }
  }

  private static func replaceLast(in stack: inout [Double], by change: (Double) -> Double) {
    if let last = stack.popLast() { stack.append(change(last)) }
  }

  private static func join(_ stack: inout [Double], by operation: (Double, Double) -> Double) {
    if let right = stack.popLast(), let left = stack.popLast() {
      stack.append(operation(left, right))
    }
  }
}
