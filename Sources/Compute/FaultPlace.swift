/// Where in a larger whole the running code is: the layers of a model, the innermost last.
///
/// ``stop(_:)`` puts it before its message, so that a shape that does not fit is found in the model that was written
/// and not only in the operation that met it. A task carries the place; child tasks and loops over threads do not
/// change it.
///
/// `Sendable` by promise: the step is written by the one task that runs the whole, and read where it stops.
@safe package final class FaultPlace: @unchecked Sendable {
  @TaskLocal private static var current: FaultPlace?

  /// The part that runs now.
  package var step = 0
  private let outer: FaultPlace?
  private let name: (Int) -> String

  private init(inside outer: FaultPlace?, _ name: @escaping (Int) -> String) {
    self.outer = outer
    self.name = name
  }

  /// Runs `body`, which sets the step as it goes; faults meanwhile are said to be at `name(step)`.
  ///
  /// Costs an allocation, whatever the number of steps: names are made where something stops alone.
  package static func within<Result>(
    _ name: @escaping (Int) -> String, _ body: (FaultPlace) -> Result
  ) -> Result {
    let place = FaultPlace(inside: current, name)
    return $current.withValue(place) { body(place) }
  }

  private var path: [String] { (outer?.path ?? []) + [name(step)] }

  /// The names from the outermost to the innermost, each followed by a colon; empty outside of all.
  static var prefix: String { (current?.path ?? []).map { $0 + ": " }.joined() }
}
