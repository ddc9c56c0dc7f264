/// Returns the gradient of `function` at `point` by central differences.
///
/// Each component is `(f(x + h) - f(x - h)) / 2h`: its error falls with `h²` and grows with the rounding of
/// `f` over `h`; at the default step both are about 1e-10 for functions of size 1.
public func centralDifferences(
  of function: ([Double]) -> Double, at point: [Double], step: Double = 1e-5
) -> [Double] {
  point.indices.map { index in
    var above = point
    var below = point
    above[index] += step
    below[index] -= step
    return (function(above) - function(below)) / (2 * step)
  }
}
