import Figures
import Foundation
import TestSupport
import Testing

@Suite("Figure") struct FigureWritingTests {
  private static let chart = Chart.lines([Chart.Series("a", y: [1, 2, 3])])

  private func temporaryDirectory() throws -> URL {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("hilbert-figures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    return directory
  }

  @Test("is written whole, over what was there, and leaves nothing else")
  func isWritten() throws {
    let directory = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("loss.svg").path
    try "old and much longer than nothing".write(toFile: path, atomically: false, encoding: .utf8)
    let figure = Figure(Self.chart)
    try figure.write(to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == figure.svg)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["loss.svg"])
  }

  @Test("names the path and the missing directory")
  func missingDirectory() throws {
    let directory = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let missing = directory.appendingPathComponent("none").path
    let path = missing + "/loss.svg"
    let error = FigureError.directoryMissing(path: path, directory: missing)
    #expect(throws: error) { try Figure(Self.chart).write(to: path) }
    #expect(error.description == "\(path): cannot write: directory '\(missing)' does not exist")
  }

  @Test("goes through links to their file, and keeps its permissions")
  func followsLinks() throws {
    let directory = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let manager = FileManager.default
    let inner = directory.appendingPathComponent("inner").path
    try manager.createDirectory(atPath: inner, withIntermediateDirectories: false)
    let target = inner + "/loss.svg"
    try "old".write(toFile: target, atomically: false, encoding: .utf8)
    try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target)
    // One link names the next, each from its own folder.
    let (first, second) = (
      directory.appendingPathComponent("first.svg").path, inner + "/second.svg"
    )
    try manager.createSymbolicLink(atPath: first, withDestinationPath: "inner/second.svg")
    try manager.createSymbolicLink(atPath: second, withDestinationPath: "loss.svg")
    let figure = Figure(Self.chart)
    try figure.write(to: first)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == figure.svg)
    #expect(try manager.destinationOfSymbolicLink(atPath: first) == "inner/second.svg")
    #expect(try manager.destinationOfSymbolicLink(atPath: second) == "loss.svg")
    let attributes = try manager.attributesOfItem(atPath: target)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(try manager.contentsOfDirectory(atPath: inner).sorted() == ["loss.svg", "second.svg"])
    // A link that names no file yet makes one.
    let dangling = directory.appendingPathComponent("dangling.svg").path
    try manager.createSymbolicLink(atPath: dangling, withDestinationPath: "inner/new.svg")
    try figure.write(to: dangling)
    #expect(try String(contentsOfFile: inner + "/new.svg", encoding: .utf8) == figure.svg)
  }

  /// `/dev/fd/N` is a link that names no path.
  @Test("goes to pipes and to files without a name as it is")
  func goesToDescriptors() throws {
    let figure = Figure(Self.chart)
    let pipe = Pipe()
    try figure.write(to: "/dev/fd/\(pipe.fileHandleForWriting.fileDescriptor)")
    try pipe.fileHandleForWriting.close()
    let piped = try pipe.fileHandleForReading.readToEnd() ?? Data()
    #expect(String(decoding: piped, as: UTF8.self) == figure.svg)
    let directory = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("lost.svg").path
    try "old".write(toFile: path, atomically: false, encoding: .utf8)
    let lost = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try FileManager.default.removeItem(atPath: path)
    try figure.write(to: "/dev/fd/\(lost.fileDescriptor)")
    #expect(String(decoding: try lost.readToEnd() ?? Data(), as: UTF8.self) == figure.svg)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
  }

  @Test("says which step the system refused, and leaves no temporary file")
  func refusedStep() throws {
    let directory = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    // A directory cannot be replaced by a file, whoever runs the test.
    let path = directory.appendingPathComponent("taken.svg").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(
      throws: FigureError.writeFailed(path: path, step: .rename, errorNumber: EISDIR)
    ) { try Figure(Self.chart).write(to: path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["taken.svg"])
    let error = FigureError.writeFailed(path: "x.svg", step: .create, errorNumber: EACCES)
    #expect(error.description == "x.svg: cannot create: permission denied")
  }

  @Test("lays panels out in rows")
  func laysOutPanels() {
    #expect(Figure([Self.chart, Self.chart]).columns == 2)
    #expect(Figure(Array(repeating: Self.chart, count: 7)).columns == 3)
    let figure = Figure(columns: 2) {
      for _ in 0..<3 { Self.chart }
    }
    #expect(figure.charts.count == 3)
    let root = ReadElement.parse(figure.svg)
    #expect(root?.number("width") == 2 * figure.panelWidth + 16)
    #expect(root?.all.filter { $0.attributes["class"] == "panel" }.count == 3)
  }

  @Test("maps numbers to colours by its stops")
  func mapsColors() {
    let map = ColorMap(stops: [Color(0x000000), Color(0x808080), Color(0xFFFFFF)])
    #expect(map.color(at: -1) == Color(0x000000))
    #expect(map.color(at: 0.5).hex == "#808080")
    #expect(map.color(at: 0.25) == Color(red: 64, green: 64, blue: 64))
    #expect(map.color(at: 7) == Color(0xFFFFFF))
  }

  @Test("traps on counts that differ and on ranges that are empty")
  func traps() async {
    await #expect(processExitsWith: .failure) { _ = Chart.Series(x: [1], y: [1, 2]) }
    await #expect(processExitsWith: .failure) { _ = Chart.Grid(rows: 2, columns: 2, values: [1]) }
    await #expect(processExitsWith: .failure) {
      _ = Chart.bars([Chart.Bars(values: [1])], categories: ["a", "b"])
    }
    await #expect(processExitsWith: .failure) { _ = Axis("x", scale: .logarithmic, range: 0...1) }
  }
}
