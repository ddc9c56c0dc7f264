import CLAPACKE
import Foundation
import LinearAlgebra
import Testing

/// Memory for the elements that ends where a page without access begins; it is never given back.
private func guarded<Element: BitwiseCopyable>(
  repeating element: Element, count: Int
) throws -> UnsafeMutablePointer<Element> {
  let page = Int(getpagesize())
  let bytes = count * MemoryLayout<Element>.stride
  let room = (bytes + page - 1) / page * page
  let memory = try unsafe #require(
    mmap(nil, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
  try unsafe #require(memory != MAP_FAILED)
  try unsafe #require(mprotect(memory + room, page, PROT_NONE) == 0)
  let start = unsafe (memory + (room - bytes)).bindMemory(to: Element.self, capacity: count)
  unsafe start.initialize(repeating: element, count: count)
  return unsafe start
}

/// LAPACK's zheev, as ``ComplexMatrix/hermitianEigen()`` calls it, of the matrix of ones.
///
/// - Returns: The largest eigenvalue, which is `size`.
private func largestEigenvalueOfOnes(_ size: Int) throws -> Double {
  let one = lapack_complex_double(real: 1, imag: 0)
  let length = 33 * size  // Of the workspace: a column and blocks of 32, as LAPACK asks for.
  let matrix = try unsafe guarded(repeating: one, count: size * size)
  let values = try unsafe guarded(repeating: 0.0, count: size)
  let work = try unsafe guarded(repeating: one, count: length)
  let realWork = try unsafe guarded(repeating: 0.0, count: 3 * size - 2)
  let code = unsafe LAPACKE_zheev_work(
    LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), hermitianTriangle, Int32(size), matrix, Int32(size),
    values, work, Int32(length), realWork)
  try #require(code == 0)
  return unsafe values[size - 1]
}

@Suite("Memory of eigenvalue problems") struct EigenMemoryTests {
  @Test("LAPACK stays within a Hermitian matrix and its workspace")
  func hermitian() async {
    // Up to 32 rows LAPACK does without the routine that reads too far from the upper triangle.
    await #expect(processExitsWith: .success) {
      for size in 33...64 {
        let largest = try largestEigenvalueOfOnes(size)
        #expect(abs(largest - Double(size)) < 1e-12 * Double(size))
      }
    }
  }
}
