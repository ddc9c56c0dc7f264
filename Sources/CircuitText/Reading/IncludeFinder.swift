import Foundation

/// Why an include cannot be read.
public enum IncludeFault: Error, Hashable, Sendable {
  /// Includes are not allowed where the text comes from.
  case notAllowed
  /// There is no such file in any of the folders.
  case notFound(folders: [String])
  /// It is there and cannot be read.
  case unreadable(path: String)
  /// It and what has been read before are larger than the limit.
  case tooLarge(limit: Int)
}

extension IncludeFault: CustomStringConvertible {
  /// What is wrong, as the end of a sentence.
  public var description: String {
    switch self {
    case .notAllowed:
      "found where no files can be included, expected \"qelib1.inc\" or \"stdgates.inc\""
    case .notFound(let folders):
      "not found in \(folders.map { "'\($0)'" }.joined(separator: ", ")), expected a file there"
    case .unreadable(let path): "cannot be read at '\(path)'"
    case .tooLarge(let limit): "too large: expected at most \(limit >> 20) MiB with all includes"
    }
  }
}

/// Finds the files that circuit files include.
struct IncludeFinder {
  /// The folders to look in after that of the including file; nil where nothing may be included.
  let folders: [String]?

  /// The file of a name.
  ///
  /// - Parameters:
  ///   - name: The name, as the file says it.
  ///   - file: The including file.
  ///   - byteLimit: How large it may be.
  /// - Returns: The file.
  /// - Throws: ``IncludeFault``.
  func file(
    named name: String, from file: String, byteLimit: Int
  ) throws(IncludeFault) -> SourceText {
    guard let folders else { throw .notAllowed }
    let own = (file as NSString).deletingLastPathComponent
    let places = name.hasPrefix("/") ? [""] : [own.isEmpty ? "." : own] + folders
    for place in places {
      let path = place.isEmpty ? name : (place as NSString).appendingPathComponent(name)
      var isFolder: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      return try read(path, byteLimit: byteLimit)
    }
    throw .notFound(folders: places)
  }

  /// Reads in pieces, so that a device without end is refused.
  private func read(_ path: String, byteLimit: Int) throws(IncludeFault) -> SourceText {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable(path: path) }
    var bytes: [UInt8] = []
    do {
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        bytes += piece
        if bytes.count > byteLimit { break }
      }
    } catch {
      throw .unreadable(path: path)
    }
    guard bytes.count <= byteLimit else { throw .tooLarge(limit: ReadingLimits.bytes) }
    return SourceText(bytes, file: path)
  }
}
