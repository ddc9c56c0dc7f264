public import Autograd
import Compute

/// Layers one after another, each fed by the one before.
///
/// ```swift
/// let model = Sequential {
///   Linear(inputs: 13, outputs: 16)
///   ReLU()
///   Linear(inputs: 16, outputs: 3)
/// }
/// ```
///
/// Parameters are named by the place of their layer, as torch names them: `0.weight`, `0.bias`,
/// `2.weight`, …
public struct Sequential: Layer {
  /// The layers in order.
  public let layers: [any Layer]

  /// The layers listed in braces, drawn from one seed.
  ///
  /// Layers without a seed of their own are numbered in the order of the braces, so that the same code
  /// gives the same weights each time, and layers of equal shape get different ones.
  ///
  /// - Parameters:
  ///   - seed: The seed of the layers. Where it is nil, a sequence inside the braces of another, or
  ///     inside ``seeded(_:_:)``, goes on with the numbers of that one; any other takes 0.
  ///   - layers: The layers; `if`, `for` and arrays of layers are allowed.
  public init(seed: UInt64? = nil, @LayerList layers: () -> [any Layer]) {
    if seed == nil && SeedScope.current != nil {
      self.layers = layers()
    } else {
      self.layers = seeded(seed ?? 0, layers)
    }
  }

  /// The layers of an array.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// Returns the image of `x` under all layers in turn.
  ///
  /// Where a layer stops, at a shape that does not fit for instance, the message names it:
  /// "layer 2 (Linear): …".
  public func callAsFunction(_ x: Tensor) -> Tensor {
    FaultPlace.within({ "layer \($0) (\(type(of: layers[$0])))" }) { place in
      var x = x
      for (step, layer) in layers.enumerated() {
        place.step = step
        x = layer(x)
      }
      return x
    }
  }

  /// The layers under the names of their places.
  public var parts: [(name: String, layer: any Layer)] {
    layers.enumerated().map { ("\($0)", $1) }
  }

  /// Visits the parameters of each layer in turn, the layer's place before their names.
  public func visitParameters(_ visit: (String, Parameter) -> Void) {
    for (place, layer) in layers.enumerated() {
      layer.visitParameters { visit("\(place).\($0)", $1) }
    }
  }

  /// Turns training behaviour on or off in all layers.
  public func setTraining(_ isTraining: Bool) {
    for layer in layers { layer.setTraining(isTraining) }
  }
}

/// Lists the layers of a ``Sequential``.
@resultBuilder
public enum LayerList {
  /// One layer.
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  /// Several layers.
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
  /// The layers of all statements.
  public static func buildBlock(_ layers: [any Layer]...) -> [any Layer] { layers.flatMap(\.self) }
  /// The layers of all turns of a loop.
  public static func buildArray(_ layers: [[any Layer]]) -> [any Layer] { layers.flatMap(\.self) }
  /// The layers of an `if` without `else`.
  public static func buildOptional(_ layers: [any Layer]?) -> [any Layer] { layers ?? [] }
  /// The layers of an `if`.
  public static func buildEither(first layers: [any Layer]) -> [any Layer] { layers }
  /// The layers of an `else`.
  public static func buildEither(second layers: [any Layer]) -> [any Layer] { layers }
}
