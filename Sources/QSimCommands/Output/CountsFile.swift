import ArgumentParser

/// Counts as a file of their own: JSON, an object from bits to counts, or CSV with a header.
struct CountsFile {
  let counts: [(bits: String, count: Int)]

  /// Writes them whole or not at all, as the name's end says.
  ///
  /// - Throws: The exit code of results that cannot be written.
  func write(to path: String, of command: String) throws(ExitCode) {
    let text =
      path.hasSuffix(".json")
      ? JSONValue.object(counts.map { ($0.bits, .integer($0.count)) }).text() + "\n"
      : "bits,count\n" + counts.map { "\($0.bits),\($0.count)\n" }.joined()
    try ResultFile.write(text, to: path, of: command)
  }
}
