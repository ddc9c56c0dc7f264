import Foundation
import Testing

/// Runs the built examples as a user does, from a folder that has nothing but examples/data.
@Suite("Examples") struct ExampleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the built programs: that of this test bundle.
  private static var products: URL {
    URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
  }

  private func run(_ name: String) throws -> (output: String, status: Int32, folder: URL) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hilbert-\(UUID())")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "output"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "examples"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "examples/data"),
      withDestinationURL: Self.root.appending(path: "examples/data"))
    let candidates = [
      Self.products.appending(path: name), Self.root.appending(path: ".build/release/\(name)"),
    ]
    let process = Process()
    let built = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    let executable: URL = try #require(built, "\(name) is not built")
    process.executableURL = executable
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: bytes, as: UTF8.self), process.terminationStatus, folder)
  }

  @Test("hybrid-classifier reaches 0.94 for each of five seeds and draws its figures")
  func hybridClassifier() throws {
    let (output, status, folder) = try run("hybrid-classifier")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(status == 0)
    let accuracies = output.split(separator: "\n").filter { $0.hasPrefix("seed ") }
      .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    #expect(accuracies.count == 5)
    #expect(accuracies.allSatisfy { $0 >= 0.94 })
    for figure in ["hybrid-classifier-circuit.svg", "hybrid-classifier-training.svg"] {
      let file = folder.appending(path: "output/\(figure)")
      #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("<svg"))
    }
  }

  @Test("quantum-kernel reaches 0.9 on both data sets for each of five seeds and draws its figures")
  func quantumKernel() throws {
    let (output, status, folder) = try run("quantum-kernel")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(status == 0)
    let lines = output.split(separator: "\n").filter { $0.contains(", seed ") }
    #expect(lines.count == 10)
    for line in lines {
      // "... quantum kernel 0.980 -> 0.980, of the Gaussian one 0.980"
      let numbers = line.split { " ,".contains($0) }.compactMap { Double($0) }
      #expect(numbers.suffix(3).allSatisfy { $0 >= 0.9 && $0 <= 1 }, "\(line)")
    }
    let figures = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "output").path)
    #expect(figures.filter { $0.hasSuffix(".svg") }.count >= 2)
  }

  @Test("quantum-layer-from-scratch learns the exclusive or")
  func fromScratch() throws {
    let (output, status, folder) = try run("quantum-layer-from-scratch")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(status == 0)
    let losses = output.split(separator: "\n").filter { $0.hasPrefix("step") }
      .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    #expect(losses.count == 5)
    #expect((losses.last ?? 1) < 0.01)
  }
}
