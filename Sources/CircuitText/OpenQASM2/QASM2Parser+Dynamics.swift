import Circuits

extension QASM2Parser {
  /// Parses `reset qubits;`.
  mutating func reset() throws(CircuitParseError) {
    let place = token.location
    try advance()
    let operand = try operand(isQuantum: true)
    try expect(";", "';'")
    for qubit in operand.range { try emit(.reset(qubit), at: place) }
  }

  /// Parses `if (register == number)` and the operation that it stands before.
  mutating func conditional() throws(CircuitParseError) {
    let place = token.location
    try advance()
    try expect("(", "'('")
    let register = try operand(isQuantum: false)
    guard register.isWhole else { throw unexpected("a whole classical register") }
    try expect("==", "'=='")
    guard token.kind == .integer, let number = UInt64(token.text) else {
      throw unexpected("a number of at most 64 bits")
    }
    try advance()
    try expect(")", "')'")
    let count = instructions.count
    guard token.kind == .identifier else { throw unexpected("a gate, 'measure' or 'reset'") }
    switch token.text {
    case "measure": try measurement()
    case "reset": try reset()
    case "if", "barrier", "gate", "opaque", "qreg", "creg", "include":
      throw unexpected("a gate, 'measure' or 'reset'")
    default: try application()
    }
    let body = takeInstructions(from: count)
    try emit(
      .conditional(.register(Array(register.range), equals: number), then: body, otherwise: []),
      at: place)
  }
}
