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

  private static func array(
    _ code: String, order: String = "False", _ shape: String, _ bytes: [UInt8]
  ) throws -> NDArray {
    let header = "{'descr': '\(code)', 'fortran_order': \(order), 'shape': \(shape), }"
    return try NumPyFile.array(
      reading: [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
        + Array(header.utf8) + bytes, file: "a.npy")
  }

  /// The bytes are those of NumPy's `astype('>f8').tobytes()`, and so on.
  @Test("may have the most significant byte first")
  func bigEndian() throws {
    let doubles = try Self.array(
      ">f8", "(2,)", [0x3F, 0xF8] + [0, 0, 0, 0, 0, 0, 0xC0] + Array(repeating: 0, count: 7))
    #expect(doubles.dtype == .float64 && doubles.doubles() == [1.5, -2])
    let floats = try Self.array(">f4", "(2,)", [0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0])
    #expect(floats.dtype == .float32 && floats.doubles() == [1.5, -2])
    let integers = try Self.array(">i2", "(2,)", [0x01, 0x02, 0xFF, 0xFE])
    #expect(integers.scalars(as: Int.self) == [258, -2])
    let complex = try Self.array(">c8", "(1,)", [0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0])
    #expect(complex.scalars(as: Complex<Float>.self) == [Complex(1.5, -2)])
  }

  /// The bits are those of IEEE 754: the least and the largest of the smaller and of the normal numbers, and no numbers.
  @Test("may be of two bytes")
  func halves() throws {
    let words: [UInt16] = [
      0x3E00, 0xC000, 0x0001, 0x03FF, 0x0400, 0x7BFF, 0x7C00, 0xFC00, 0x7E00, 0x8000, 0x3555,
    ]
    let array = try Self.array(
      "<f2", "(11,)", words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
    #expect(array.dtype == .float32)
    let found = array.doubles()
    #expect(
      found[..<8] == [
        1.5, -2, 0x1p-24, 1023 * 0x1p-24, 0x1p-14, 65504, .infinity, -.infinity,
      ])
    #expect(found[8].isNaN && found[9] == 0 && found[9].sign == .minus)
    #expect(found[10] == 1365 * 0x1p-12)
  }

  @Test("may have the first axis run fastest")
  func columnMajor() throws {
    let pair = try Self.array("|i1", order: "True", "(2, 3)", [1, 4, 2, 5, 3, 6])
    #expect(pair.shape == [2, 3] && pair.scalars(as: Int.self) == [1, 2, 3, 4, 5, 6])
    let cube = try Self.array("|i1", order: "True", "(2, 1, 3)", [1, 4, 2, 5, 3, 6])
    #expect(cube.shape == [2, 1, 3] && cube.scalars(as: Int.self) == [1, 2, 3, 4, 5, 6])
    let line = try Self.array("|i1", order: "True", "(3,)", [1, 2, 3])
    #expect(line.shape == [3] && line.scalars(as: Int.self) == [1, 2, 3])
  }

  @Test("are refused where they are cut off or something else")
  func faults() {
    for count in 0..<Self.saved.count {
      #expect(throws: DatasetError.self) {
        try NumPyFile.array(reading: Array(Self.saved.prefix(count)), file: "a.npy")
      }
    }
    for (descr, order, shape) in [
      ("<f16", "False", "(1,)"), ("|O", "False", "(1,)"), ("<u8", "False", "(1,)"),
      ("<f8", "False", "(9223372036854775807, 2)"), ("<f8", "False", "(-1,)"),
      ("<f8", "False", "(1,1,1,1,1,1,1,1,1)"), ("#f8", "False", "(1,)"),
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
      ("1,2,x3\n4,5,6\n", "s.csv:1:5: error: found 'x3' in column '3', expected a number"),
      ("pi,1,2\n4,5,6\n", "s.csv:1:1: error: found 'pi' in column '1', expected a number"),
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
