import Arrays
import Compute

/// The numbers of a `[rows, columns]` array in double precision.
struct ColumnTable {
  let rows: Int
  let columns: Int
  let shape: Shape
  private let dtype: DType
  private let values: [Double]

  /// Reads `array`; `purpose` names the caller in what traps.
  ///
  /// - Precondition: `array` is float32 or float64, of shape `[rows, columns]`.
  init(_ array: NDArray, columns expected: Int? = nil, purpose: String) {
    require(
      array.dtype.isFloatingPoint,
      "\(purpose): expected float32 or float64 features, found \(array.dtype)")
    require(
      array.rank == 2 && (expected == nil || array.shape[1] == expected),
      "\(purpose): expected features of shape [samples, \(expected.map(String.init) ?? "features")], "
        + "found \(array.shape)")
    rows = array.shape[0]
    columns = array.shape[1]
    shape = array.shape
    dtype = array.dtype
    values = array.doubles()
  }

  /// The numbers of one column.
  func column(_ index: Int) -> [Double] {
    (0..<rows).map { values[$0 * columns + index] }
  }

  /// The array of `change(column, value)` for each number, in the type of the array read.
  func mapped(_ change: (Int, Double) -> Double) -> NDArray {
    var changed = values
    for index in changed.indices { changed[index] = change(index % columns, changed[index]) }
    return NDArray(changed, shape: shape).cast(to: dtype)
  }
}
