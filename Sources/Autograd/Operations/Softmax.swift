import Arrays

// Softmax and its logarithm along an axis.

extension Operation {
  // s·(g - Σ g·s).
  static let softmax = Operation("softmax") { d in
    let (result, upstream) = (d.first, d.upstream)
    let weighted = upstream * result
    d.pass(weighted - result * weighted.sum(axis: d.integer, keepingAxes: true), to: 0)
  }

  // g - s·Σ g.
  static let logSoftmax = Operation("logSoftmax") { d in
    let total = d.upstream.sum(axis: d.integer, keepingAxes: true)
    d.pass(d.upstream - d.first.exp() * total, to: 0)
  }
}

extension Tensor {
  /// `eˣ / Σ eˣ` along an axis, without overflow.
  public func softmax(axis: Int = -1) -> Tensor {
    let result = array.softmax(axis: axis)
    return Self.recorded(.softmax, result, self) {
      $0.integer = shape.resolved(axis)
      $0.save(result, from: .output)
    }
  }

  /// The logarithm of ``softmax(axis:)``, without overflow.
  public func logSoftmax(axis: Int = -1) -> Tensor {
    let result = array.logSoftmax(axis: axis)
    return Self.recorded(.logSoftmax, result, self) {
      $0.integer = shape.resolved(axis)
      $0.save(result, from: .output)
    }
  }

  /// `log Σ eˣ` along an axis, without overflow.
  public func logSumExp(axis: Int = -1, keepingAxes: Bool = false) -> Tensor {
    let largest = Tensor(array.maximum(axes: [axis], keepingAxes: true))
    let sum = (self - largest).exp().sum(axis: axis, keepingAxes: true).log() + largest
    return keepingAxes ? sum : sum.squeeze(axis: axis)
  }
}
