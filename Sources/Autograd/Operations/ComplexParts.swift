public import Arrays

// Parts of complex tensors, transforms and types. The gradient of a real loss with respect to z =
// x + iy is ∂L/∂x + i·∂L/∂y.

extension Operation {
  static let real = Operation("real") { d in
    d.pass(d.upstream.cast(to: d.upstream.dtype.complexType), to: 0)
  }

  static let imaginary = Operation("imag") { d in
    let zeros = Tensor(.zeros(d.upstream.shape, dtype: d.upstream.dtype))
    d.pass(.complex(real: zeros, imaginary: d.upstream), to: 0)
  }

  static let complex = Operation("complex") { d in
    d.pass(d.upstream.real(), to: 0)
    d.pass(d.upstream.imag(), to: 1)
  }

  static let conjugate = Operation("conj") { d in d.pass(d.upstream.conj(), to: 0) }

  // The adjoint of the transform is its inverse without the factor 1/n.
  static let fourier = Operation("fft") { d in
    let length = Double(d.upstream.shape[d.integer])
    d.pass(d.upstream.ifft(axis: d.integer) * length, to: 0)
  }

  static let inverseFourier = Operation("ifft") { d in
    let length = Double(d.upstream.shape[d.integer])
    d.pass(d.upstream.fft(axis: d.integer) * (1 / length), to: 0)
  }

  // The gradient takes the input's type on arrival.
  static let cast = Operation("cast") { d in d.pass(d.upstream, to: 0) }
}

extension Tensor {
  /// The conjugate of a complex tensor, a real one itself.
  var conjugated: Tensor { dtype.isComplex ? conj() : self }

  /// The real parts; a real tensor itself.
  public func real() -> Tensor {
    dtype.isComplex ? Self.recorded(.real, array.realPart(), self) : self
  }

  /// The imaginary parts; zeros for a real tensor.
  public func imag() -> Tensor {
    guard dtype.isComplex else { return Tensor(.zeros(shape, dtype: dtype)) }
    return Self.recorded(.imaginary, array.imaginaryPart(), self)
  }

  /// The complex conjugate; a real tensor itself.
  public func conj() -> Tensor {
    dtype.isComplex ? Self.recorded(.conjugate, array.conjugate(), self) : self
  }

  /// The complex tensor of given real and imaginary parts, broadcast.
  public static func complex(real: Tensor, imaginary: Tensor) -> Tensor {
    recorded(.complex, .complex(real: real.array, imaginary: imaginary.array), real, imaginary)
  }

  /// The discrete Fourier transform along an axis, `Xₖ = Σ xⱼ e^{-2πijk/n}`; complex.
  public func fft(axis: Int = -1) -> Tensor {
    Self.recorded(.fourier, array.fft(axis: axis), self) { $0.integer = shape.resolved(axis) }
  }

  /// The inverse discrete Fourier transform along an axis, `xⱼ = 1/n Σ Xₖ e^{+2πijk/n}`; complex.
  public func ifft(axis: Int = -1) -> Tensor {
    Self.recorded(.inverseFourier, array.ifft(axis: axis), self) {
      $0.integer = shape.resolved(axis)
    }
  }

  /// The elements in another type; gradients pass between floating and complex types.
  ///
  /// - Precondition: A complex tensor is not cast to a real type: take ``real()``.
  public func cast(to dtype: DType) -> Tensor {
    if dtype == self.dtype { return self }
    let result = array.cast(to: dtype)
    return dtype.isDifferentiable ? Self.recorded(.cast, result, self) : Tensor(result)
  }
}
