public import Arrays
public import Compute

extension Tensor {
  /// A single number.
  public init(_ value: Double, dtype: DType = .float32, requiresGradient: Bool = false) {
    self.init(.full([], value, dtype: dtype), requiresGradient: requiresGradient)
  }

  /// The tensor of `elements`, row by row, in their type; of one axis if no shape is given.
  ///
  /// Numbers in the source are float32 if one has a point, int64 otherwise.
  ///
  /// - Precondition: As many elements as the shape asks for.
  public init(_ elements: [Float], shape: Shape? = nil, requiresGradient: Bool = false) {
    self.init(NDArray(elements, shape: shape), requiresGradient: requiresGradient)
  }

  /// The int64 tensor of `elements`, row by row; of one axis if no shape is given.
  ///
  /// - Precondition: As many elements as the shape asks for.
  public init(_ elements: [Int], shape: Shape? = nil) {
    self.init(NDArray(elements, shape: shape), requiresGradient: false)
  }

  /// The tensor of `elements`, row by row, in their type; of one axis if no shape is given.
  @_disfavoredOverload
  public init<Element: ArrayElement>(
    _ elements: [Element], shape: Shape? = nil, requiresGradient: Bool = false
  ) {
    self.init(NDArray(elements, shape: shape), requiresGradient: requiresGradient)
  }

  /// The matrix of given rows.
  ///
  /// - Precondition: Rows of one length.
  public init(_ rows: [[Float]], requiresGradient: Bool = false) {
    self.init(NDArray(rows), requiresGradient: requiresGradient)
  }

  /// The int64 matrix of given rows.
  ///
  /// - Precondition: Rows of one length.
  public init(_ rows: [[Int]]) { self.init(NDArray(rows), requiresGradient: false) }

  /// The matrix of given rows, in their type.
  @_disfavoredOverload
  public init<Element: ArrayElement>(_ rows: [[Element]], requiresGradient: Bool = false) {
    self.init(NDArray(rows), requiresGradient: requiresGradient)
  }

  /// Zeros.
  public static func zeros(_ shape: Shape, dtype: DType = .float32) -> Tensor {
    Tensor(.zeros(shape, dtype: dtype))
  }

  /// Ones.
  public static func ones(_ shape: Shape, dtype: DType = .float32) -> Tensor {
    Tensor(.ones(shape, dtype: dtype))
  }

  /// One number everywhere.
  public static func full(_ shape: Shape, _ value: Double, dtype: DType = .float32) -> Tensor {
    Tensor(.full(shape, value, dtype: dtype))
  }

  /// The identity matrix of size `n`.
  public static func eye(_ n: Int, dtype: DType = .float32) -> Tensor {
    Tensor(.eye(n, dtype: dtype))
  }

  /// The integers of a range, in `dtype`.
  public static func arange(_ range: Range<Int>, dtype: DType = .int64) -> Tensor {
    Tensor(NDArray.arange(range).cast(to: dtype))
  }

  /// Numbers drawn uniformly from `range`; the upper bound does not occur.
  ///
  /// - Precondition: A floating type.
  public static func uniform(
    _ shape: Shape, in range: ClosedRange<Double> = 0...1, dtype: DType = .float32,
    using stream: inout RandomStream
  ) -> Tensor {
    let width = range.upperBound - range.lowerBound
    return drawn(shape, dtype) { range.lowerBound + width * stream.nextUniform() }
  }

  /// Numbers drawn from a normal distribution.
  ///
  /// - Precondition: A floating type.
  public static func normal(
    _ shape: Shape, mean: Double = 0, standardDeviation: Double = 1, dtype: DType = .float32,
    using stream: inout RandomStream
  ) -> Tensor {
    drawn(shape, dtype) { mean + standardDeviation * stream.nextNormal() }
  }

  private static func drawn(
    _ shape: Shape, _ dtype: DType, _ next: () -> Double
  ) -> Tensor {
    require(
      dtype.isFloatingPoint, "random numbers of \(dtype): expected a type of floating point")
    return Tensor(NDArray((0..<shape.count).map { _ in next() }, shape: shape).cast(to: dtype))
  }

  /// The elements, row by row, as numbers of type `Element`.
  ///
  /// - Precondition: `Element` is the Swift type of the tensor's kind of number.
  public func scalars<Element: ArrayElement>(as type: Element.Type) -> [Element] {
    array.scalars(as: type)
  }
}
