public import Arrays
import Compute

/// A value that is trained: a leaf with a gradient, shared by the layers and optimizers that hold
/// it.
public final class Parameter {
  /// What the parameter is called, for messages and files.
  public var name: String?
  /// Whether gradients are collected; false freezes the parameter.
  public var requiresGradient = true

  private let leaf: Leaf
  private var current: NDArray

  /// A parameter with the values of `array`.
  ///
  /// - Precondition: A floating or complex type.
  public init(_ array: NDArray, name: String? = nil) {
    current = array
    leaf = Leaf(of: array)
    self.name = name
  }

  /// A parameter with the values of `tensor`; how they were computed is forgotten.
  public convenience init(_ tensor: Tensor, name: String? = nil) {
    self.init(tensor.array, name: name)
  }

  /// The value as a tensor to compute with; the leaf that gradients are collected for.
  public var value: Tensor { Tensor(current, node: requiresGradient ? leaf : nil) }

  /// The values.
  ///
  /// - Precondition: What is set has the same shape and type.
  public var array: NDArray {
    get { current }
    set {
      require(
        newValue.shape == leaf.shape && newValue.dtype == leaf.dtype,
        "parameter \(name ?? ""): expected \(leaf.shape) of \(leaf.dtype), found \(newValue.shape) of \(newValue.dtype)"
      )
      current = newValue
    }
  }

  /// The sum of the gradients since it was last set to nil; nil before a sweep reaches the
  /// parameter.
  ///
  /// - Precondition: What is set has the parameter's shape.
  public var gradient: NDArray? {
    get { leaf.gradient }
    set {
      require(
        newValue.map { $0.shape == leaf.shape } ?? true,
        "parameter \(name ?? ""): a gradient of shape \(newValue?.shape ?? []) for one of shape \(leaf.shape)"
      )
      leaf.gradient = newValue
    }
  }

  /// The length of each axis.
  public var shape: Shape { leaf.shape }
  /// The type of the elements.
  public var dtype: DType { leaf.dtype }
  /// The number of elements.
  public var count: Int { current.count }

  /// Forgets the gradient.
  public func zeroGradient() { leaf.gradient = nil }

  /// Changes the values where they are, unless a graph that is still alive holds them: then it
  /// keeps the old ones.
  package func update<Result>(_ body: (inout NDArray) throws -> Result) rethrows -> Result {
    try body(&current)
  }
}
