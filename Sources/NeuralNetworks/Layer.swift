public import Arrays
public import Autograd

/// A differentiable map from a tensor to a tensor, with parameters that are listed, not reflected.
///
/// A model is a layer too: most often a ``Sequential``, or a type of one's own.
///
/// ```swift
/// struct Residual: Layer {
///   let inner: Linear
///   func callAsFunction(_ x: Tensor) -> Tensor { x + inner(x).relu() }
///   func visitParameters(_ visit: (String, Parameter) -> Void) {
///     inner.visitParameters { visit("inner.\($0)", $1) }
///   }
/// }
/// ```
public protocol Layer: CustomStringConvertible {
  /// Returns the image of `x`; each layer says its shapes.
  func callAsFunction(_ x: Tensor) -> Tensor

  /// Calls `visit` for each parameter with its name, always in the same order.
  ///
  /// The names of a part's parameters begin with the part's name and a dot, as in torch's `state_dict`.
  func visitParameters(_ visit: (String, Parameter) -> Void)

  /// Turns what happens in training only (dropout) on or off, in all parts; nothing where there is none.
  func setTraining(_ isTraining: Bool)

  /// The layers it is made of, by the names that their parameters begin with; ``summary`` lists them.
  var parts: [(name: String, layer: any Layer)] { get }
}

extension Layer {
  /// A layer without parameters visits none.
  public func visitParameters(_ visit: (String, Parameter) -> Void) {}

  /// A layer that does the same in training and evaluation.
  public func setTraining(_ isTraining: Bool) {}

  /// A layer that is no whole of others.
  public var parts: [(name: String, layer: any Layer)] { [] }

  /// Returns the image of an array, such as the features of a batch.
  public func callAsFunction(_ x: NDArray) -> Tensor { self(Tensor(x)) }

  /// Turns training behaviour on, so that dropout drops.
  ///
  /// New layers begin so.
  public func train() { setTraining(true) }

  /// Turns training behaviour off, for evaluation.
  public func eval() { setTraining(false) }

  /// Each parameter once, with the first of its names, in the order of visits.
  public var namedParameters: [(name: String, parameter: Parameter)] {
    var seen: Set<ObjectIdentifier> = []
    var result: [(name: String, parameter: Parameter)] = []
    visitParameters { name, parameter in
      if seen.insert(ObjectIdentifier(parameter)).inserted { result.append((name, parameter)) }
    }
    return result
  }

  /// Each parameter once, in the order of visits: what an optimizer takes.
  public var parameters: [Parameter] { namedParameters.map(\.parameter) }

  /// The number of trainable numbers.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Takes the gradients of all parameters away.
  public func zeroGradients() {
    for parameter in parameters { parameter.zeroGradient() }
  }
}
