import Arrays

// Elements and slices picked by index, and their adjoints: what is added up where indices point.

extension Operation {
  static let gather = Operation("gather") { d in
    let zeros = Tensor(.zeros(d.shape(of: 0), dtype: d.upstream.dtype))
    d.pass(zeros.scatterAdd(axis: d.integer, indices: d.first, source: d.upstream), to: 0)
  }

  static let scatterAdd = Operation("scatterAdd") { d in
    d.pass(d.upstream, to: 0)
    d.pass(d.upstream.gather(axis: d.integer, indices: d.first), to: 1)
  }

  static let select = Operation("select") { d in
    let zeros = Tensor(.zeros(d.shape(of: 0), dtype: d.upstream.dtype))
    d.pass(zeros.add(axis: d.integer, indices: d.first, source: d.upstream), to: 0)
  }

  static let addAtIndices = Operation("addAtIndices") { d in
    d.pass(d.upstream, to: 0)
    d.pass(d.upstream.select(axis: d.integer, indices: d.first), to: 1)
  }
}

extension Tensor {
  /// Elements picked along an axis, as torch's gather: `out[i, j] = self[indices[i, j], j]` for
  /// axis 0 of two.
  ///
  /// - Precondition: Indices are int64 and within the axis, of as many axes as the tensor.
  public func gather(axis: Int, indices: Tensor) -> Tensor {
    Self.recorded(.gather, array.gathered(axis: axis, indices: indices.array), self) {
      $0.integer = shape.resolved(axis)
      $0.save(indices.array, from: .constant)
    }
  }

  /// This tensor with the elements of `source` added where ``gather(axis:indices:)`` would take
  /// them from.
  ///
  /// - Precondition: `source` has the shape of `indices`.
  public func scatterAdd(axis: Int, indices: Tensor, source: Tensor) -> Tensor {
    let result = array.scatterAdded(axis: axis, indices: indices.array, source: source.array)
    return Self.recorded(.scatterAdd, result, self, source) {
      $0.integer = shape.resolved(axis)
      $0.save(indices.array, from: .constant)
    }
  }

  /// The slices of an axis that a list of indices names, in its order; torch's index_select.
  ///
  /// - Precondition: Indices are int64 and within the axis, of one axis.
  public func select(axis: Int = 0, indices: Tensor) -> Tensor {
    Self.recorded(.select, array.selecting(axis: axis, indices: indices.array), self) {
      $0.integer = shape.resolved(axis)
      $0.save(indices.array, from: .constant)
    }
  }

  /// The slices of an axis that a list of indices names, in its order.
  public func select(axis: Int = 0, indices: [Int]) -> Tensor {
    select(axis: axis, indices: Tensor(NDArray(indices)))
  }

  /// This tensor with the slices of `source` added to those that a list of indices names; torch's
  /// index_add.
  public func add(axis: Int = 0, indices: Tensor, source: Tensor) -> Tensor {
    let result = array.adding(at: indices.array, axis: axis, source.array)
    return Self.recorded(.addAtIndices, result, self, source) {
      $0.integer = shape.resolved(axis)
      $0.save(indices.array, from: .constant)
    }
  }
}
