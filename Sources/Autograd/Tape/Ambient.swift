import CArrayKernels

/// The state of automatic differentiation on the calling thread.
enum Ambient {
  /// Whether operations on tracked tensors are recorded.
  @inline(__always)
  static var isRecording: Bool { unsafe hk_ambient_state().pointee.silenced == 0 }

  /// Whether results are searched for values that are not finite.
  @inline(__always)
  static var isWatching: Bool { unsafe hk_ambient_state().pointee.watching != 0 }

  /// Runs `body` with recording on or off, whatever it was before, and puts it back.
  static func recording<Result>(
    _ on: Bool, _ body: () throws -> Result
  ) rethrows -> Result {
    let before = unsafe hk_ambient_state().pointee.silenced
    unsafe hk_ambient_state().pointee.silenced = on ? 0 : 1
    defer { unsafe hk_ambient_state().pointee.silenced = before }
    return try body()
  }

  /// The name of an operation, on its way through the thread's state.
  private final class Culprit {
    let name: String

    init(_ name: String) { self.name = name }
  }

  /// Runs `body` and returns the name of the first operation recorded in it whose result was not
  /// finite.
  static func watching(_ body: () throws -> Void) rethrows -> String? {
    let before = unsafe hk_ambient_state().pointee
    unsafe hk_ambient_state().pointee.watching = 1
    unsafe hk_ambient_state().pointee.culprit = nil
    do {
      try body()
    } catch {
      _ = unsafe takeCulprit(restoring: before)
      throw error
    }
    return unsafe takeCulprit(restoring: before)?.name
  }

  private static func takeCulprit(restoring before: hk_ambient) -> Culprit? {
    let found = unsafe hk_ambient_state().pointee.culprit
    unsafe hk_ambient_state().pointee = before
    guard let found = unsafe found else { return nil }
    return unsafe Unmanaged<Culprit>.fromOpaque(found).takeRetainedValue()
  }

  /// Notes that the result of the operation called `name` was not finite, if it is the first one.
  static func blame(_ name: String) {
    guard unsafe hk_ambient_state().pointee.culprit == nil else { return }
    let culprit = unsafe Unmanaged.passRetained(Culprit(name)).toOpaque()
    unsafe hk_ambient_state().pointee.culprit = UnsafeRawPointer(culprit)
  }
}

/// Runs `body` without recording: its results are constants, whatever they are computed from.
///
/// Evaluation needs it only for speed; graphs that nobody holds free themselves.
public func noGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
  try Ambient.recording(false, body)
}
