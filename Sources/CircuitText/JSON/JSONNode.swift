/// A value of a JSON text, and where it stands.
struct JSONNode {
  enum Value {
    case null
    case truth(Bool)
    /// A number as it stands, so that no digit of it is lost.
    case number(String)
    case text(String)
    case list([JSONNode])
    case object([Member])
  }

  /// A key of an object, and its value.
  struct Member {
    let key: String
    /// The place of the key's first byte.
    let offset: Int
    let node: JSONNode
  }

  let value: Value
  /// The place of the first byte.
  let offset: Int

  /// The value in words, for messages.
  var found: String {
    switch value {
    case .null: "null"
    case .truth(let value): "\(value)"
    case .number(let text): "the number \(Self.clipped(text))"
    case .text(let text): "\"\(Self.clipped(text))\""
    case .list(let list): list.isEmpty ? "an empty list" : "a list"
    case .object: "an object"
    }
  }

  static func clipped(_ text: String) -> String {
    text.utf8.count <= 48 ? text : String(text.prefix(40)) + "..."
  }

  /// The way from this value to the one that begins at a byte, such as `.instructions[3].qubits`; as far as it goes.
  func path(to target: Int) -> String {
    switch value {
    case .list(let list):
      guard let place = list.lastIndex(where: { $0.offset <= target }) else { return "" }
      return "[\(place)]" + list[place].path(to: target)
    case .object(let members):
      guard let member = members.last(where: { $0.offset <= target }) else { return "" }
      return ".\(Self.clipped(member.key))" + member.node.path(to: target)
    case .null, .truth, .number, .text: return ""
    }
  }
}

/// A fault of a JSON text or of what it says.
struct JSONFault: Error {
  /// The place of the byte.
  let offset: Int
  let reason: CircuitFault.Reason

  init(_ offset: Int, _ reason: CircuitFault.Reason) {
    self.offset = offset
    self.reason = reason
  }

  init(_ offset: Int, found: String, expected: String) {
    self.init(offset, .unexpected(found: found, expected: expected))
  }

  init(_ node: JSONNode, expected: String) {
    self.init(node.offset, found: node.found, expected: expected)
  }
}
