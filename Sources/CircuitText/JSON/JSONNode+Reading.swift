import Circuits
import ComplexModule
import LinearAlgebra

/// What a value is read as; each throws a fault at the value where it is something else.
extension JSONNode {
  func integer(_ range: ClosedRange<Int>, _ what: String) throws(JSONFault) -> Int {
    guard case .number(let text) = value, let number = Int(text), range.contains(number) else {
      throw JSONFault(
        self, expected: "\(what), a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func unsigned(_ what: String) throws(JSONFault) -> UInt64 {
    guard case .number(let text) = value, let number = UInt64(text) else {
      throw JSONFault(self, expected: "\(what), a whole number of at most 64 bits")
    }
    return number
  }

  func real(_ what: String) throws(JSONFault) -> Double {
    guard case .number(let text) = value, let number = Double(text) else {
      throw JSONFault(self, expected: "\(what), a number")
    }
    guard number.isFinite else { throw JSONFault(offset, .notFinite) }
    return number
  }

  func text(_ what: String) throws(JSONFault) -> String {
    guard case .text(let text) = value else { throw JSONFault(self, expected: "\(what), a text") }
    return text
  }

  func truth(_ what: String) throws(JSONFault) -> Bool {
    guard case .truth(let truth) = value else {
      throw JSONFault(self, expected: "\(what), true or false")
    }
    return truth
  }

  func list(_ what: String) throws(JSONFault) -> [JSONNode] {
    guard case .list(let list) = value else { throw JSONFault(self, expected: "\(what), a list") }
    return list
  }

  func integers(_ range: ClosedRange<Int>, _ what: String) throws(JSONFault) -> [Int] {
    try list(what + "s").map { (node) throws(JSONFault) in try node.integer(range, what) }
  }

  func texts(_ what: String) throws(JSONFault) -> [String] {
    try list("texts").map { (node) throws(JSONFault) in try node.text(what) }
  }

  func reals(_ what: String) throws(JSONFault) -> [Double] {
    try list(what + "s").map { (node) throws(JSONFault) in try node.real(what) }
  }

  /// A complex number: a pair of its parts.
  func complex() throws(JSONFault) -> Complex<Double> {
    let parts = try list("a complex number")
    guard parts.count == 2 else {
      throw JSONFault(self, expected: "a complex number, a list of its two parts")
    }
    return Complex(try parts[0].real("the real part"), try parts[1].real("the imaginary part"))
  }

  /// A square matrix: a list of its rows.
  func matrix() throws(JSONFault) -> ComplexMatrix {
    let rows = try list("a matrix").map { (row) throws(JSONFault) in
      try row.list("a row of a matrix").map { (entry) throws(JSONFault) in try entry.complex() }
    }
    guard !rows.isEmpty, rows.allSatisfy({ $0.count == rows.count }) else {
      throw JSONFault(self, expected: "a matrix with as many columns as rows")
    }
    return ComplexMatrix(rows)
  }

  /// What `body` gives; its fault stands at this value.
  func checking<Result>(
    _ body: () throws(CircuitError) -> Result
  ) throws(JSONFault) -> Result {
    do throws(CircuitError) {
      return try body()
    } catch {
      throw JSONFault(offset, .circuit(error))
    }
  }

  func object(_ what: String) throws(JSONFault) -> JSONObject {
    guard case .object(let members) = value else {
      throw JSONFault(self, expected: "\(what), an object")
    }
    return JSONObject(members: members, offset: offset, what: what)
  }
}

/// An object of a JSON text, by its keys.
struct JSONObject {
  let members: [JSONNode.Member]
  let offset: Int
  /// What the object says, for messages.
  let what: String

  subscript(_ key: String) -> JSONNode? { members.first { $0.key == key }?.node }

  /// The value of a key that must be there.
  func required(_ key: String) throws(JSONFault) -> JSONNode {
    guard let node = self[key] else {
      throw JSONFault(
        offset, found: "\(what) without the key \"\(key)\"", expected: "one that has it")
    }
    return node
  }

  /// Checks that there are no other keys.
  func check(_ keys: [String]) throws(JSONFault) {
    guard let other = members.first(where: { !keys.contains($0.key) }) else { return }
    let near = NearestName.nearest(to: other.key, among: keys)
    let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
    throw JSONFault(
      other.offset, found: "the key \"\(JSONNode.clipped(other.key))\"",
      expected: near.map { "a key of \(what); did you mean \"\($0)\"?" }
        ?? "a key of \(what), \(names)")
  }
}
