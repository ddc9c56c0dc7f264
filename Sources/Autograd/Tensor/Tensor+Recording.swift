extension Tensor {
  /// Whether operations on this thread are recorded for differentiation now.
  ///
  /// Inside a derivative this is true only where the derivative is to be differentiated again.
  public static var isRecording: Bool { Ambient.isRecording }
}
