import Circuits

/// Reads a file of OpenQASM 2 or 3: statement by statement, gathering the faults of all of them.
struct OpenQASMReader {
  private var elaborator: Elaborator
  private var faults: [CircuitFault] = []
  private let includes: IncludeFinder
  /// The files being read, the innermost last.
  private var files: [String]
  private var byteCount: Int

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - dialect: The language; nil where the header tells, OpenQASM 3 without one.
  ///   - options: How it is read.
  /// - Returns: The circuit, and what the file says besides.
  /// - Throws: ``CircuitParseError`` with all faults that were found.
  static func read(
    _ source: SourceText, as dialect: SyntaxParser.Dialect?, options: ReadingOptions
  ) throws(CircuitParseError) -> CircuitDocument {
    var reader = OpenQASMReader(source, dialect ?? .three, options)
    reader.read(source, expecting: dialect)
    return try reader.document()
  }

  private init(_ source: SourceText, _ dialect: SyntaxParser.Dialect, _ options: ReadingOptions) {
    elaborator = Elaborator(source, dialect: dialect, options: options)
    includes = IncludeFinder(folders: options.includeFolders)
    files = [source.file]
    byteCount = source.bytes.count
  }

  private var isFull: Bool { faults.count > ReadingLimits.faults }

  /// Takes a fault, unless it only follows from one before.
  private mutating func take(_ fault: CircuitFault) {
    // A subroutine called twice is at fault once.
    if fault.reason != .followsFromOther, !faults.contains(fault) { faults.append(fault) }
  }

  /// Reads a file or an include from its header on.
  private mutating func read(_ source: SourceText, expecting dialect: SyntaxParser.Dialect?) {
    elaborator.source = source
    do throws(CircuitFault) {
      var parser = try SyntaxParser(source, dialect: dialect ?? elaborator.dialect)
      if let version = try parser.version() {
        parser.dialect = version
        elaborator.dialect = version
      } else if dialect == .two, files.count == 1 {
        throw parser.unexpected("'OPENQASM 2.0;'")
      } else if files.count == 1, parser.token.kind == .end {
        throw parser.unexpected("'OPENQASM 3.0;' or a statement")
      }
      readStatements(&parser)
    } catch {
      take(error)
    }
  }

  private mutating func readStatements(_ parser: inout SyntaxParser) {
    while parser.token.kind != .end, !isFull, elaborator.isRunning {
      var declared: [String] = []
      do throws(CircuitFault) {
        let statement: StatementSyntax
        do throws(CircuitFault) {
          statement = try parser.statement()
          parser.endStatement()
          for fault in parser.takeFaults() { take(fault) }
        } catch {
          for fault in parser.takeFaults() { take(fault) }
          declared = parser.declaredName.map { [$0] } ?? []
          parser.recover()
          throw error
        }
        declared = statement.declaredNames
        if case .include(let name) = statement.kind {
          try include(name.text, from: parser.source, at: name.location)
        } else {
          try elaborator.runOutermost(statement)
        }
      } catch {
        take(error)
        elaborator.forget(declared)
        if error.reason.endsReading { return }
      }
    }
  }

  private mutating func include(
    _ name: String, from source: SourceText, at place: SourceLocation
  ) throws(CircuitFault) {
    if let library = GateLibrary.all[name] { return elaborator.include(library) }
    guard files.count < ReadingLimits.includeDepth else {
      throw source.fault(.includesTooDeep(limit: ReadingLimits.includeDepth), at: place)
    }
    let found: SourceText
    do throws(IncludeFault) {
      found = try includes.file(
        named: name, from: source.file, byteLimit: ReadingLimits.bytes - byteCount)
    } catch {
      throw source.fault(.include(name: Token.clipped(name), error), at: place)
    }
    guard !files.contains(found.file) else {
      throw source.fault(.includeCycle(Token.clipped(name)), at: place)
    }
    byteCount += found.bytes.count
    files.append(found.file)
    read(found, expecting: nil)
    files.removeLast()
    elaborator.source = source
  }

  /// The circuit, or all faults.
  private mutating func document() throws(CircuitParseError) -> CircuitDocument {
    if faults.isEmpty {
      do throws(CircuitFault) {
        return try elaborator.document()
      } catch {
        take(error)
      }
    }
    throw CircuitParseError(
      Array(faults.prefix(ReadingLimits.faults)), isCut: faults.count > ReadingLimits.faults)
  }
}
