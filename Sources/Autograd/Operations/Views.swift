public import Arrays

// The same elements in other shapes and orders.

extension Operation {
  static let reshape = Operation("reshape") { d in
    d.pass(d.upstream.reshape(to: d.shape(of: 0)), to: 0)
  }

  static let permute = Operation("permute") { d in
    let order = d.axes.array
    var inverse = order
    for (place, axis) in order.enumerated() { inverse[axis] = place }
    d.pass(d.upstream.permute(inverse), to: 0)
  }

  static let expand = Operation("expand") { d in
    d.pass(d.upstream.sum(to: d.shape(of: 0)), to: 0)
  }
}

extension Tensor {
  /// The same elements in another shape; one length may be -1, which stands for what is left.
  public func reshape(_ lengths: [Int]) -> Tensor {
    Self.recorded(.reshape, array.reshaped(lengths), self)
  }

  /// The same elements in another shape.
  ///
  /// - Precondition: The number of elements is the same.
  public func reshape(to shape: Shape) -> Tensor {
    shape == self.shape ? self : Self.recorded(.reshape, array.reshaped(to: shape), self)
  }

  /// The axes from `axis` on as one.
  public func flatten(from axis: Int = 0) -> Tensor {
    if rank == 0 { return reshape([1]) }
    let axis = shape.resolved(axis)
    return reshape(Array(shape.array[..<axis]) + [shape.array[axis...].reduce(1, *)])
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]` of this tensor.
  ///
  /// - Precondition: Each axis appears once.
  public func permute(_ order: [Int]) -> Tensor {
    Self.recorded(.permute, array.permuted(order), self) {
      $0.axes = AxisList(order.map { shape.resolved($0) })
    }
  }

  /// Two axes exchanged.
  public func transpose(_ first: Int, _ second: Int) -> Tensor {
    Self.recorded(.permute, array.transposed(first, second), self) {
      var order = Array(0..<rank)
      order.swapAt(shape.resolved(first), shape.resolved(second))
      $0.axes = AxisList(order)
    }
  }

  /// The last two axes exchanged.
  public func transposed() -> Tensor { transpose(-2, -1) }

  /// The tensor repeated along axes of length 1, and along new ones before the first, without a
  /// copy.
  ///
  /// - Precondition: The shape broadcasts to `shape`.
  public func expand(to shape: Shape) -> Tensor {
    shape == self.shape ? self : Self.recorded(.expand, array.broadcast(to: shape), self)
  }

  /// Without an axis of length 1.
  public func squeeze(axis: Int) -> Tensor { Self.recorded(.reshape, array.squeezed(axis), self) }

  /// Without the axes of length 1.
  public func squeeze() -> Tensor { reshape(to: Shape(shape.array.filter { $0 != 1 })) }

  /// With an axis of length 1 before axis `axis`; -1 adds it after the last.
  public func unsqueeze(axis: Int) -> Tensor {
    Self.recorded(.reshape, array.unsqueezed(axis), self)
  }
}
