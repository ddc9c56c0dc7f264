import Arrays
import Compute

// Matrix products. With A·B = C the gradients are C'·Bᴴ and Aᴴ·C', summed over broadcast batches.

extension Operation {
  static let matmul = Operation("matmul") { d in
    if d.needs(0) {
      let right = d.input(1).conjugated
      d.pass(d.upstream.matmul(right.transposed()), to: 0)
    }
    if d.needs(1) {
      let left = d.input(0).conjugated
      // Where the right factor had no batch, its gradient is one product over all rows.
      if d.shape(of: 1).rank == 2, left.rank > 2 {
        d.pass(left.rows.transposed().matmul(d.upstream.rows), to: 1)
      } else {
        d.pass(left.transposed().matmul(d.upstream), to: 1)
      }
    }
  }

  // x·Wᵀ + b, with x as rows.
  static let linear = Operation("linear") { d in
    if d.needs(0) { d.pass(d.upstream.matmul(d.input(1).conjugated), to: 0) }
    guard d.needs(1) || d.needs(2) else { return }
    let upstream = d.upstream.rows
    d.pass(upstream.transposed().matmul(d.input(0).conjugated.rows), to: 1)
    d.pass(upstream.sum(axis: 0), to: 2)
  }
}

extension Tensor {
  /// All the axes but the last as one.
  fileprivate var rows: Tensor {
    rank == 2 ? self : reshape(to: [shape[-1] == 0 ? 0 : count / shape[-1], shape[-1]])
  }

  /// The matrix product over the last two axes; the axes before them broadcast.
  ///
  /// As torch: a vector on the left is a row, on the right a column, and its axis disappears.
  ///
  /// - Precondition: The inner lengths agree.
  public func matmul(_ other: Tensor) -> Tensor {
    require(
      rank >= 1 && other.rank >= 1, "matmul: shapes \(shape) and \(other.shape) need an axis each")
    if rank == 1 { return unsqueeze(axis: 0).matmul(other).squeeze(axis: other.rank == 1 ? 0 : -2) }
    if other.rank == 1 { return matmul(other.unsqueeze(axis: -1)).squeeze(axis: -1) }
    return Self.recorded(.matmul, array.matmul(other.array), self, other) {
      if other.node != nil { $0.save(self, asInput: 0) }
      if node != nil { $0.save(other, asInput: 1) }
    }
  }

  /// An affine map of the last axis, `x·Wᵀ + b`, as one record.
  ///
  /// - Parameters:
  ///   - weight: `W`, of shape `[outputs, inputs]`.
  ///   - bias: `b`, of shape `[outputs]`; none if nil.
  /// - Returns: A tensor of this shape with the last axis of length `outputs`.
  /// - Precondition: The last axis has length `inputs`.
  public func linear(weight: Tensor, bias: Tensor? = nil) -> Tensor {
    require(
      rank >= 1 && weight.rank == 2 && shape[-1] == weight.shape[1],
      "linear: input \(shape) and weight \(weight.shape): expected [..., inputs] and [outputs, inputs]"
    )
    require(
      bias.map { $0.shape == [weight.shape[0]] } ?? true,
      "linear: bias \(bias?.shape ?? []) for weight \(weight.shape): expected [outputs]")
    guard rank >= 2 else {
      return unsqueeze(axis: 0).linear(weight: weight, bias: bias).squeeze(axis: 0)
    }
    var result = array.matmul(weight.array.transposed())
    if let bias { result.addToRows(bias.array) }
    return Self.recorded(.linear, result, self, weight, bias?.node) {
      if weight.node != nil { $0.save(self, asInput: 0) }
      if node != nil { $0.save(weight, asInput: 1) }
    }
  }
}
