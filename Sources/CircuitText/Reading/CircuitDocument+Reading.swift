public import Circuits

extension CircuitDocument {
  /// Reads a circuit file.
  ///
  /// Registers follow each other in the order in which they are declared: the first qubit of the first is qubit 0, the
  /// least significant bit. docs/circuit-files.md says what each language comes to.
  ///
  /// - Parameters:
  ///   - bytes: The content; it need not be valid UTF-8.
  ///   - file: The file's name, for messages, and for the folder in which its includes are looked for.
  ///   - language: The language; nil to tell it from the text (``language(of:)``).
  ///   - options: Values of inputs, includes and bounds.
  /// - Throws: ``CircuitParseError`` with every fault that was found, up to ``ReadingLimits/faults``.
  /// - Complexity: O(bytes + steps). Files nested as deeply as the bounds allow take up to 1 MiB of stack.
  public init(
    reading bytes: [UInt8], file: String = "<text>", as language: CircuitFormat? = nil,
    options: ReadingOptions = ReadingOptions()
  ) throws(CircuitParseError) {
    let source = SourceText(bytes, file: file)
    let language = language ?? Self.language(of: bytes)
    switch language {
    case .openQASM2: self = try OpenQASMReader.read(source, as: .two, options: options)
    case .openQASM3: self = try OpenQASMReader.read(source, as: nil, options: options)
    case .qsim: self = try QSimFormatReader.read(source, options: options)
    case .json: self = try CircuitJSONReader.read(source, options: options)
    }
  }

  /// Reads the text of a circuit file, as ``init(reading:file:as:options:)-([UInt8],_,_,_)``.
  public init(
    reading text: String, file: String = "<text>", as language: CircuitFormat? = nil,
    options: ReadingOptions = ReadingOptions()
  ) throws(CircuitParseError) {
    try self.init(reading: Array(text.utf8), file: file, as: language, options: options)
  }

  /// The language of a text, told from its first line that is not empty or a comment.
  ///
  /// JSON begins with a brace, a qsim file with a number. All else is OpenQASM, version 3 unless the header says 2.
  public static func language(of bytes: [UInt8]) -> CircuitFormat {
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    let blanks = Set(" \t\r".utf8)
    for line in content.split(separator: UInt8(ascii: "\n")) {
      let text = line.drop { blanks.contains($0) }
      guard let first = text.first else { continue }
      switch first {
      case UInt8(ascii: "{"): return .json
      case UInt8(ascii: "0")...UInt8(ascii: "9"): return .qsim
      // A comment of the qsim format; OpenQASM 3 has '#pragma' and '#dim'.
      case UInt8(ascii: "#") where !text.starts(with: Array("#pragma".utf8)): continue
      case UInt8(ascii: "/"): continue
      default: return .openQASM3
      }
    }
    return .openQASM3
  }
}
