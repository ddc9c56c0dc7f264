import Hilbert
import ReaderFuzzing

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  ReaderFuzzing.read(UnsafeBufferPointer(start: bytes, count: count), as: .qsim)
  return 0
}
