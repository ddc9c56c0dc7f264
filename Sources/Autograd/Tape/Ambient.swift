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

  /// Runs `body` and returns the first operation recorded in it whose result was not finite.
  static func watching(_ body: () throws -> Void) rethrows -> Operation? {
    let before = unsafe hk_ambient_state().pointee
    unsafe hk_ambient_state().pointee.watching = 1
    unsafe hk_ambient_state().pointee.culprit = nil
    defer { unsafe hk_ambient_state().pointee = before }
    try body()
    guard let found = unsafe hk_ambient_state().pointee.culprit else { return nil }
    return unsafe Unmanaged<Operation>.fromOpaque(found).takeUnretainedValue()
  }

  /// Notes that the result of `operation` was not finite, if it is the first one.
  static func blame(_ operation: Operation) {
    guard unsafe hk_ambient_state().pointee.culprit == nil else { return }
    unsafe hk_ambient_state().pointee.culprit =
      unsafe UnsafeRawPointer(Unmanaged.passUnretained(operation).toOpaque())
  }
}

/// Runs `body` without recording: its results are constants, whatever they are computed from.
///
/// Evaluation needs it only for speed; graphs that nobody holds free themselves.
public func noGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
  try Ambient.recording(false, body)
}
