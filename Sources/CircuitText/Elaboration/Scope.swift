import Circuits

/// The names of a block.
struct Scope {
  /// What a name stands for.
  enum Meaning {
    /// A classical variable, by its place.
    case variable(Int)
    /// Qubits, by their places in the circuit; whether the name is one of a single qubit.
    case qubits([Int], isSingle: Bool)
    /// Elements of classical registers: variables and places in them.
    case bits([BitPlace], isSingle: Bool)
    case gate(Int)
    case subroutine(Int)
    /// The statement that declares the name is at fault, so that what follows from it is not reported.
    case broken
  }

  /// One bit of a variable.
  struct BitPlace: Hashable {
    let variable: Int
    let element: Int
  }

  var meanings: [String: Meaning] = [:]
  /// Whether this is the outermost block of a subroutine or a gate, from which the variables and qubits outside of it
  /// are not seen.
  var isClosed = false
  /// How many variables there were when the block began.
  var firstVariable = 0
}

extension Elaborator {
  /// What a name stands for; nil if it is not known here.
  func meaning(of name: String) -> Scope.Meaning? {
    for scope in scopes.reversed() {
      if let meaning = scope.meanings[name] { return meaning }
      guard scope.isClosed else { continue }
      // Of what is outside, constants, gates and subroutines are seen.
      guard let outer = scopes[1].meanings[name] ?? scopes[0].meanings[name] else { return nil }
      switch outer {
      case .variable(let place): return variables[place].isConstant ? outer : nil
      case .gate, .subroutine, .broken: return outer
      case .qubits, .bits: return nil
      }
    }
    return nil
  }

  /// Whether a name that is not known here is one of what is outside of a subroutine or a gate.
  func isOutside(_ name: String) -> Bool {
    scopes.contains(where: \.isClosed) && scopes[1].meanings[name] != nil
  }

  /// Gives a name a meaning in the innermost block.
  mutating func declare(
    _ name: NameSyntax, _ meaning: Scope.Meaning
  ) throws(CircuitFault) {
    let last = scopes.count - 1
    try checkFree(name)
    scopes[last].meanings[name.text] = meaning
  }

  /// Checks that a name is free in the innermost block.
  func checkFree(_ name: NameSyntax) throws(CircuitFault) {
    switch scopes[scopes.count - 1].meanings[name.text] {
    case nil, .broken: return
    case .gate, .subroutine, .variable, .qubits, .bits:
      throw fault(.redefined(Token.clipped(name.text)), at: name.location)
    }
  }

  /// Whether statements stand outside of all blocks.
  var isGlobal: Bool { scopes.count == 2 }

  /// Adds a variable and gives its place.
  mutating func add(
    _ type: ClassicalType, _ value: ClassicalValue, home: Int? = nil, isConstant: Bool = false
  ) -> Int {
    variables.append(Variable(type: type, value: value, home: home, isConstant: isConstant))
    if home == nil { readBits.formUnion(value.outcomeBits) }
    return variables.count - 1
  }

  /// Runs `body` in a block of its own.
  mutating func scoped(
    isClosed: Bool = false, at place: SourceLocation,
    _ body: (inout Elaborator) throws(CircuitFault) -> Void
  ) throws(CircuitFault) {
    try enter(place)
    scopes.append(Scope(isClosed: isClosed, firstVariable: variables.count))
    let level = scopes.count
    defer {
      scopes.removeLast(scopes.count - level + 1)
      leave()
    }
    let first = variables.count
    try body(&self)
    release(from: first)
  }

  /// Forgets the variables from a place on; bits of the circuit that held them and that nothing reads are free.
  mutating func release(from first: Int) {
    for variable in variables[first...] {
      if case .array(_, let extents) = variable.type { elementCount -= extents.reduce(1, *) }
      guard let home = variable.home, case .bits(let bits) = variable.value else { continue }
      if (home..<(home + bits.count)).allSatisfy({ !readBits.contains($0) }) {
        freeBits[bits.count, default: []].append(home)
      }
    }
    variables.removeLast(variables.count - first)
  }

  /// The names that could have been meant, for suggestions.
  func names(where isMeant: (Scope.Meaning) -> Bool) -> [String] {
    scopes.flatMap { $0.meanings.filter { isMeant($0.value) }.keys }
  }
}
