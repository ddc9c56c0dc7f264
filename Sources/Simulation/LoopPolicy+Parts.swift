import Compute

extension LoopPolicy {
  /// The parts that a pass over one state is cut into at most, whatever the number of threads: sums over parts have a
  /// fixed order.
  static var partLimit: Int { 64 }
}
