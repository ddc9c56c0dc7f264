import Arrays

/// What the rule of a derivative sees: the gradient that arrived, what was saved, and where to pass
/// gradients on.
struct Derivation {
  private let sweep: Sweep
  /// The place of the record, counted as the sweep counts.
  private let place: Int
  /// The gradient of the loss with respect to the result, of the result's shape and type.
  let upstream: Tensor

  init(_ sweep: Sweep, at place: Int, upstream: Tensor) {
    self.sweep = sweep
    self.place = place
    self.upstream = upstream
  }

  /// The value saved first.
  var first: Tensor { sweep.firstSaved(at: place) }
  /// The value saved second.
  var second: Tensor { sweep.secondSaved(at: place) }
  /// The value saved of input number `index`.
  func input(_ index: Int) -> Tensor {
    sweep[place].firstSource.rawValue == index + 1 ? first : second
  }
  /// The number that the operation took.
  var number: Double { sweep[place].number }
  /// The whole number that the operation took.
  var integer: Int { sweep[place].integer }
  /// The axes that the operation took.
  var axes: AxisList { sweep[place].axes }
  /// What else the operation held.
  var keeper: AnyObject? { sweep[place].keeper }
  /// The number of inputs.
  var inputCount: Int { Int(sweep[place].inputCount) }
  /// Whether the rule runs to be differentiated again: its steps must then be differentiable ones.
  var createsGraph: Bool { sweep.createsGraph }

  /// Whether a gradient with respect to input number `index` is of use.
  func needs(_ index: Int) -> Bool { sweep.needs(sweep[place].input(index)) }

  /// The shape of input number `index`, which needs a gradient.
  func shape(of index: Int) -> Shape { sweep.shape(of: sweep[place].input(index)) }

  /// Adds `gradient` to that of input number `index`, if it needs one.
  ///
  /// Axes along which the input was broadcast are summed away; a complex gradient of a real input
  /// becomes its real part; the type becomes the input's.
  func pass(_ gradient: @autoclosure () -> Tensor, to index: Int) {
    guard needs(index) else { return }
    let gradient = gradient()
    // Looked up only now: computing the gradient may have moved the tape.
    sweep.add(gradient, at: sweep[place].input(index))
  }
}
