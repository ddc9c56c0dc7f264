import Foundation

/// Stops the program with a message if `condition` does not hold: the fault of whoever wrote the call.
///
/// As `precondition`, but the message is there in release builds too, where the compiler drops that of
/// a precondition: shapes that do not fit are found in programs as they are run, not debugged.
@inline(__always)
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { stop(message()) }
}

/// Stops the program with a message on standard error, after the ``FaultPlace`` where there is one.
@inline(never)
package func stop(_ message: String) -> Never {
  FileHandle.standardError.write(Data("error: \(FaultPlace.prefix)\(message)\n".utf8))
  preconditionFailure()
}
