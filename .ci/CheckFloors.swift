// Checks the targets of the package against the table of floors in docs/architecture.md.
//
//     swift package dump-package | swift .ci/CheckFloors.swift
//
// A target depends only on targets of lower floors; neither tower reaches the other; what a file
// imports of this package, its target declares. One line a fault on stderr, exit code 1.
import Foundation

struct Place {
  let floor: Int
  let tower: String
}

struct Target {
  let name: String
  let kind: String
  let directory: String
  let dependencies: [String]
}

/// Reads the rows ``| `Target` | floor | tower | ...``.
func places(inTableOf page: String) -> [String: Place] {
  var found: [String: Place] = [:]
  for line in page.split(separator: "\n") where line.hasPrefix("| `") {
    let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count >= 3, let floor = Int(cells[1]) else { continue }
    found[cells[0].trimmingCharacters(in: ["`"])] = Place(floor: floor, tower: cells[2])
  }
  return found
}

/// Reads the targets of a package dump; a dependency on a product of another package is left out.
func targets(inDump data: Data) throws -> [Target] {
  let dump = try JSONSerialization.jsonObject(with: data) as? [String: Any]
  let records = dump?["targets"] as? [[String: Any]] ?? []
  return records.compactMap { record in
    guard let name = record["name"] as? String, let kind = record["type"] as? String else {
      return nil
    }
    let dependencies = (record["dependencies"] as? [[String: [Any]]] ?? []).compactMap {
      ($0["byName"]?.first ?? $0["target"]?.first) as? String
    }
    let directory = record["path"] as? String ?? "\(kind == "test" ? "Tests" : "Sources")/\(name)"
    return Target(name: name, kind: kind, directory: directory, dependencies: dependencies)
  }
}

/// The modules that the Swift files under a directory import, each with one file that does.
func imports(under directory: String) -> [String: String] {
  var found: [String: String] = [:]
  let files = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
  for file in files.sorted() where file.hasSuffix(".swift") {
    let path = "\(directory)/\(file)"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
        words[..<position].allSatisfy({
          $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0)
        })
      else { continue }
      found[String(words[position + 1])] = path
    }
  }
  return found
}

/// What breaks the order of the floors, a sentence each.
func faults(of targets: [Target], on places: [String: Place]) -> [String] {
  let known = Set(targets.map(\.name))
  let table = "docs/architecture.md"
  var faults = places.keys.filter { !known.contains($0) }
    .map { "\($0) stands in \(table) and not in Package.swift" }

  for target in targets {
    let declared = Set(target.dependencies)
    for (module, file) in imports(under: target.directory)
    where known.contains(module) && module != target.name && !declared.contains(module) {
      faults.append("\(file) imports \(module), which \(target.name) does not declare")
    }
    // Tests and examples may reach whatever they declare.
    let isExample = target.directory.hasPrefix("examples/")
    if target.kind == "test" || target.directory.hasPrefix("Tests/") || isExample { continue }
    guard let place = places[target.name] else {
      faults.append("\(target.name) has no floor in \(table)")
      continue
    }
    for name in target.dependencies where known.contains(name) {
      guard let below = places[name] else { continue }
      if below.floor >= place.floor {
        faults.append(
          "\(target.name) (floor \(place.floor)) depends on \(name) (floor \(below.floor)): "
            + "only lower floors may be imported")
      }
      if Set([place.tower, below.tower]) == ["classical", "quantum"] {
        faults.append(
          "\(target.name) (\(place.tower)) depends on \(name) (\(below.tower)): "
            + "the towers meet only in the bridge")
      }
    }
  }
  return faults.sorted()
}

let page = try String(contentsOfFile: "docs/architecture.md", encoding: .utf8)
let declared = try targets(inDump: FileHandle.standardInput.readDataToEndOfFile())
var found = faults(of: declared, on: places(inTableOf: page))
if declared.isEmpty { found.append("the package dump on stdin holds no targets") }
for fault in found {
  FileHandle.standardError.write(Data("lint: \(fault)\n".utf8))
}
if !found.isEmpty { exit(1) }
print("lint: \(declared.count) targets keep to their floors")
