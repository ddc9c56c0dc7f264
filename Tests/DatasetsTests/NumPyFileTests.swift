import Arrays
import ComplexModule
import Datasets
import Testing

@Suite("Files of NumPy and of samples") struct NumPyFileTests {
  /// The bytes that `np.save` writes for `np.array([[1.5, -2.0]])`, by NumPy 2.4.6.
  private static let saved: [UInt8] =
    [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]
    + Array("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }".utf8)
    + [UInt8](repeating: 0x20, count: 58) + [0x0A]
    + [0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0]

  @Test("are written as np.save writes them")
  func bytes() {
    #expect(NumPyFile.bytes(of: NDArray([[1.5, -2.0]])) == Self.saved)
    let header = String(
      decoding: NumPyFile.header(dtype: .complex128, shape: [4])[10...], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<c16', 'fortran_order': False, 'shape': (4,), }"))
    let scalar = String(
      decoding: NumPyFile.header(dtype: .float32, shape: [])[10...], as: UTF8.self)
    #expect(scalar.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (), }"))
  }

  @Test("are read back to the same numbers", arguments: DType.allCases)
  func roundTrip(_ dtype: DType) throws {
    let array = NDArray([[0.0, 1, 2], [3, 4, 5]]).cast(to: dtype)
    let read = try NumPyFile.array(reading: NumPyFile.bytes(of: array), file: "a.npy")
    #expect(read.dtype == dtype && read.shape == array.shape)
    #expect(
      read.cast(to: .complex128).scalars(as: Complex<Double>.self)
        == array.cast(to: .complex128).scalars(as: Complex<Double>.self))
  }

  @Test("hold small integers too")
  func integers() throws {
    let header = "{'descr': '|i1', 'fortran_order': False, 'shape': (3,), }"
    let file =
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + [1, 0xFF, 0x80]
    let array = try NumPyFile.array(reading: file, file: "a.npy")
    #expect(array.scalars(as: Int.self) == [1, -1, -128])
  }

  @Test("are refused where they are cut off or something else")
  func faults() {
    for count in 0..<Self.saved.count {
      #expect(throws: DatasetError.self) {
        try NumPyFile.array(reading: Array(Self.saved.prefix(count)), file: "a.npy")
      }
    }
    for (descr, order, shape) in [
      ("<f2", "False", "(1,)"), ("|O", "False", "(1,)"), ("<f8", "True", "(1,)"),
      ("<f8", "False", "(9223372036854775807, 2)"), ("<f8", "False", "(-1,)"),
      ("<f8", "False", "(1,1,1,1,1,1,1,1,1)"), (">f8", "False", "(1,)"),
      ("<f8", "False", "(0, 4611686018427387904, 4611686018427387904)"),
    ] {
      let header = "{'descr': '\(descr)', 'fortran_order': \(order), 'shape': \(shape), }"
      let file =
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        + [UInt8](repeating: 0, count: 16)
      #expect(throws: DatasetError.self, "\(header)") {
        try NumPyFile.array(reading: file, file: "a.npy")
      }
    }
  }

  @Test("of samples have names or none")
  func samples() throws {
    let named = try SampleTable(csv: Array("a, b\n1,2\n\n3,4e1\n".utf8), file: "s.csv")
    #expect(named.names == ["a", "b"])
    #expect(named.features.shape == [2, 2] && named.features.doubles() == [1, 2, 3, 40])
    let bare = try SampleTable(csv: Array("1,2\r\n3,4".utf8), file: "s.csv")
    #expect(bare.names.isEmpty && bare.features.doubles() == [1, 2, 3, 4])
  }

  @Test(
    "of samples tell the place of a fault",
    arguments: [
      ("", "s.csv: error: found an empty file"), ("a,b\n", "s.csv: error: found a header alone"),
      ("1,2\n3\n", "s.csv:2:1: error: found 1 field, expected 2"),
      ("a,b\n1,\n", "s.csv:2:3: error: found nothing in column 'b'"),
      ("1,2\n3,x\n", "s.csv:2:3: error: found 'x' in column '2', expected a number"),
      ("1,2\n3,inf\n", "s.csv:2:3: error: found 'inf' in column '2', expected a number that is"),
    ])
  func sampleFaults(text: String, message: String) {
    do throws(DatasetError) {
      _ = try SampleTable(csv: Array(text.utf8), file: "s.csv")
      Issue.record("expected an error")
    } catch {
      #expect(error.description.hasPrefix(message), "\(error)")
    }
  }
}
