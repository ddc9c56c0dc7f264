import Arrays

// Choices between elements, and comparisons, which have no gradient.

extension Operation {
  static let choose = Operation("where") { d in
    let condition = d.first
    let zero = Tensor(.zeros([], dtype: d.upstream.dtype))
    d.pass(Tensor.where(condition, d.upstream, zero), to: 0)
    d.pass(Tensor.where(condition, zero, d.upstream), to: 1)
  }

  // Where both are equal each takes half.
  static let maximum = Operation("maximum") { d in
    d.passShares(ofFirst: d.first .> d.second, tied: d.first .== d.second)
  }

  static let minimum = Operation("minimum") { d in
    d.passShares(ofFirst: d.first .< d.second, tied: d.first .== d.second)
  }

  // 1 between the limits, and at them; 0 outside. The mask was computed with the result.
  static let clamp = Operation("clamp") { d in
    let zero = Tensor(.zeros([], dtype: d.upstream.dtype))
    d.pass(Tensor.where(d.first, d.upstream, zero), to: 0)
  }
}

extension Derivation {
  fileprivate func passShares(ofFirst wins: Tensor, tied: Tensor) {
    let half = Tensor(tied.array.cast(to: upstream.dtype)) * 0.5
    let share = Tensor(wins.array.cast(to: upstream.dtype)) + half
    pass(upstream * share, to: 0)
    pass(upstream * (1 - share), to: 1)
  }
}

extension Tensor {
  /// The elements of `first` where `condition` is true, those of `second` elsewhere, broadcast.
  public static func `where`(_ condition: Tensor, _ first: Tensor, _ second: Tensor) -> Tensor {
    recorded(.choose, .select(condition.array, first.array, second.array), first, second) {
      $0.save(condition.array, from: .constant)
    }
  }

  /// The larger of two elements, broadcast; where they are equal each takes half of the gradient.
  public func maximum(_ other: Tensor) -> Tensor {
    Self.recorded(.maximum, array.maximum(with: other.array), self, other) {
      $0.save(self, asInput: 0)
      $0.save(other, asInput: 1)
    }
  }

  /// The smaller of two elements, broadcast; where they are equal each takes half of the gradient.
  public func minimum(_ other: Tensor) -> Tensor {
    Self.recorded(.minimum, array.minimum(with: other.array), self, other) {
      $0.save(self, asInput: 0)
      $0.save(other, asInput: 1)
    }
  }

  /// Each element, or the limit that it lies beyond; the gradient passes where no limit was
  /// exceeded.
  public func clamp(min lower: Double? = nil, max upper: Double? = nil) -> Tensor {
    var result = array
    if let lower { result = result.maximum(with: Tensor.full([], lower, dtype: dtype).array) }
    if let upper { result = result.minimum(with: Tensor.full([], upper, dtype: dtype).array) }
    return Self.recorded(.clamp, result, self) {
      $0.save(array.isEqual(to: result), from: .constant)
    }
  }

  /// Where elements are equal, broadcast; of type bool.
  public static func .== (first: Tensor, second: Tensor) -> Tensor {
    Tensor(first.array.isEqual(to: second.array))
  }
  /// Where elements equal a number; of type bool.
  public static func .== (tensor: Tensor, number: Double) -> Tensor {
    Tensor(tensor.array.isEqual(to: number))
  }
  /// Where elements differ, broadcast; of type bool.
  public static func .!= (first: Tensor, second: Tensor) -> Tensor {
    Tensor(first.array.isEqual(to: second.array).logicalNot())
  }
  /// Where elements differ from a number; of type bool.
  public static func .!= (tensor: Tensor, number: Double) -> Tensor {
    Tensor(tensor.array.isEqual(to: number).logicalNot())
  }
  /// Where the first element is less, broadcast; of type bool.
  public static func .< (first: Tensor, second: Tensor) -> Tensor {
    Tensor(first.array.isLess(than: second.array))
  }
  /// Where elements are less than a number; of type bool.
  public static func .< (tensor: Tensor, number: Double) -> Tensor {
    Tensor(tensor.array.isLess(than: number))
  }
  /// Where the first element is less or equal, broadcast; of type bool.
  public static func .<= (first: Tensor, second: Tensor) -> Tensor {
    Tensor(first.array.isLessOrEqual(to: second.array))
  }
  /// Where elements are less than or equal to a number; of type bool.
  public static func .<= (tensor: Tensor, number: Double) -> Tensor {
    Tensor(tensor.array.isLessOrEqual(to: number))
  }
  /// Where the first element is greater, broadcast; of type bool.
  public static func .> (first: Tensor, second: Tensor) -> Tensor { second .< first }
  /// Where elements are greater than a number; of type bool.
  public static func .> (tensor: Tensor, number: Double) -> Tensor {
    Tensor.full([], number, dtype: tensor.dtype) .< tensor
  }
  /// Where the first element is greater or equal, broadcast; of type bool.
  public static func .>= (first: Tensor, second: Tensor) -> Tensor { second .<= first }
  /// Where elements are greater than or equal to a number; of type bool.
  public static func .>= (tensor: Tensor, number: Double) -> Tensor {
    Tensor.full([], number, dtype: tensor.dtype) .<= tensor
  }

  /// Whether no element is infinite or not a number.
  public var isFinite: Bool { array.isFiniteEverywhere }
}
