import Arrays

// Sums, products and their kin. In each rule the upstream gradient is that of a real loss;
// derivatives of complex operations enter conjugated, as torch has it.

extension Operation {
  static let add = Operation("add") { d in
    d.pass(d.upstream, to: 0)
    d.pass(d.upstream, to: 1)
  }

  static let addNumber = Operation("addNumber") { d in d.pass(d.upstream, to: 0) }

  static let subtract = Operation("subtract") { d in
    d.pass(d.upstream, to: 0)
    d.pass(-d.upstream, to: 1)
  }

  static let negate = Operation("negate") { d in d.pass(-d.upstream, to: 0) }

  static let multiply = Operation("multiply") { d in
    d.pass(d.upstream * d.input(1).conjugated, to: 0)
    d.pass(d.upstream * d.input(0).conjugated, to: 1)
  }

  static let multiplyByNumber = Operation("multiplyByNumber") { d in
    d.pass(d.upstream * d.number, to: 0)
  }

  // a / b: 1/b and -(a/b)/b.
  static let divide = Operation("divide") { d in
    let denominator = d.input(1).conjugated
    d.pass(d.upstream / denominator, to: 0)
    d.pass(-(d.upstream * (d.input(0).conjugated / denominator) / denominator), to: 1)
  }

  // 1/x: -1/x².
  static let reciprocal = Operation("reciprocal") { d in
    let result = d.first.conjugated
    d.pass(-(d.upstream * result * result), to: 0)
  }
}

extension Tensor {
  /// The elementwise sum, broadcast.
  public static func + (first: Tensor, second: Tensor) -> Tensor {
    recorded(.add, first.array + second.array, first, second)
  }

  /// Each element plus a number, in the tensor's type.
  public static func + (tensor: Tensor, number: Double) -> Tensor {
    recorded(.addNumber, tensor.array + number, tensor)
  }

  /// Each element plus a number, in the tensor's type.
  public static func + (number: Double, tensor: Tensor) -> Tensor { tensor + number }

  /// The elementwise difference, broadcast.
  public static func - (first: Tensor, second: Tensor) -> Tensor {
    recorded(.subtract, first.array - second.array, first, second)
  }

  /// Each element minus a number, in the tensor's type.
  public static func - (tensor: Tensor, number: Double) -> Tensor {
    recorded(.addNumber, tensor.array - number, tensor)
  }

  /// A number minus each element, in the tensor's type.
  public static func - (number: Double, tensor: Tensor) -> Tensor {
    recorded(.negate, number - tensor.array, tensor)
  }

  /// Each element with the other sign.
  public static prefix func - (tensor: Tensor) -> Tensor {
    recorded(.negate, -tensor.array, tensor)
  }

  /// The elementwise product, broadcast.
  public static func * (first: Tensor, second: Tensor) -> Tensor {
    recorded(.multiply, first.array * second.array, first, second) {
      if second.node != nil { $0.save(first, asInput: 0) }
      if first.node != nil { $0.save(second, asInput: 1) }
    }
  }

  /// Each element times a number, in the tensor's type.
  public static func * (tensor: Tensor, number: Double) -> Tensor {
    recorded(.multiplyByNumber, tensor.array * number, tensor) { $0.number = number }
  }

  /// Each element times a number, in the tensor's type.
  public static func * (number: Double, tensor: Tensor) -> Tensor { tensor * number }

  /// The elementwise quotient, broadcast.
  public static func / (first: Tensor, second: Tensor) -> Tensor {
    recorded(.divide, first.array / second.array, first, second) {
      if second.node != nil { $0.save(first, asInput: 0) }
      $0.save(second, asInput: 1)
    }
  }

  /// Each element divided by a number, in the tensor's type.
  public static func / (tensor: Tensor, number: Double) -> Tensor {
    recorded(.multiplyByNumber, tensor.array / number, tensor) { $0.number = 1 / number }
  }

  /// A number divided by each element, in the tensor's type.
  public static func / (number: Double, tensor: Tensor) -> Tensor { tensor.reciprocal() * number }

  /// One divided by each element.
  public func reciprocal() -> Tensor {
    let result = array.reciprocal()
    return Self.recorded(.reciprocal, result, self) { $0.save(result, from: .output) }
  }

  /// Replaces a tensor by its sum with another.
  public static func += (first: inout Tensor, second: Tensor) { first = first + second }
  /// Replaces a tensor by its sum with a number.
  public static func += (tensor: inout Tensor, number: Double) { tensor = tensor + number }
  /// Replaces a tensor by its difference from another.
  public static func -= (first: inout Tensor, second: Tensor) { first = first - second }
  /// Replaces a tensor by its difference from a number.
  public static func -= (tensor: inout Tensor, number: Double) { tensor = tensor - number }
  /// Replaces a tensor by its product with another.
  public static func *= (first: inout Tensor, second: Tensor) { first = first * second }
  /// Replaces a tensor by its product with a number.
  public static func *= (tensor: inout Tensor, number: Double) { tensor = tensor * number }
  /// Replaces a tensor by its quotient by another.
  public static func /= (first: inout Tensor, second: Tensor) { first = first / second }
  /// Replaces a tensor by its quotient by a number.
  public static func /= (tensor: inout Tensor, number: Double) { tensor = tensor / number }
}
