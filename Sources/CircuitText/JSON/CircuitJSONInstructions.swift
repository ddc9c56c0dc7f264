import Circuits

/// Reads the instructions of a circuit from JSON.
struct CircuitJSONInstructions {
  private let limit: Int
  private var count = 0
  /// What stands for each weight where some have values.
  private var weights: [Angle] = []

  /// The largest index of a weight or an input.
  static let symbolLimit = ReadingLimits.elements

  init(limit: Int) { self.limit = limit }

  /// Puts in the values of weights; those without one are counted anew.
  mutating func bind(_ values: [Double?]) {
    guard values.contains(where: { $0 != nil }) else { return }
    weights = []
    var open = 0
    for value in values {
      weights.append(value.map { Angle($0) } ?? .weight(open))
      if value == nil { open += 1 }
    }
  }

  /// Reads one instruction, and those inside it.
  mutating func instruction(_ node: JSONNode) throws(JSONFault) -> Instruction {
    count += 1
    guard count <= limit else { throw JSONFault(node.offset, .tooManyInstructions(limit: limit)) }
    let object = try node.object("an instruction")
    guard let kind = Self.kinds.first(where: { object[$0] != nil }), let head = object[kind] else {
      let names = Self.kinds.map { "\"\($0)\"" }.joined(separator: ", ")
      throw JSONFault(
        node.offset, found: "an instruction without a kind",
        expected: "one of the keys \(names)")
    }
    let qubits = 0...Circuit.qubitLimit - 1
    let bits = 0...Circuit.bitLimit - 1
    switch kind {
    case "gate": return .gate(try application(node, object, head))
    case "barrier":
      try object.check([kind])
      let across = try head.integers(qubits, "qubit")
      // A barrier across many qubits counts as several instructions.
      count += across.count / PauliString.qubitLimit
      return .barrier(across)
    case "channel":
      try object.check([kind, "parameters", "kraus", "qubits"])
      let places = try object.required("qubits").integers(qubits, "qubit")
      return .channel(try channel(object, head, qubitCount: places.count), places)
    case "measure":
      try object.check([kind, "bit"])
      return .measure(
        qubit: try head.integer(qubits, "the qubit"),
        bit: try object.required("bit").integer(bits, "the bit"))
    case "reset":
      try object.check([kind])
      return .reset(try head.integer(qubits, "the qubit"))
    case "if":
      try object.check([kind, "then", "else"])
      return .conditional(
        try condition(head), then: try body(object.required("then")),
        otherwise: try object["else"].map { (node) throws(JSONFault) in try body(node) } ?? [])
    case "while":
      try object.check([kind, "body"])
      return .loop(while: try condition(head), body: try body(object.required("body")))
    default:
      try object.check([kind, "value"])
      return .assign(
        bit: try head.integer(bits, "the bit"), try condition(object.required("value")))
    }
  }

  /// The keys that tell what an instruction is.
  private static let kinds = [
    "gate", "barrier", "channel", "measure", "reset", "if", "while", "assign",
  ]

  private mutating func body(_ node: JSONNode) throws(JSONFault) -> [Instruction] {
    var body: [Instruction] = []
    for inner in try node.list("instructions") { body.append(try instruction(inner)) }
    return body
  }

  // MARK: Gates

  private func application(
    _ node: JSONNode, _ object: JSONObject, _ name: JSONNode
  ) throws(JSONFault) -> GateApplication {
    let gate = try gate(object, name)
    try object.check([
      "gate", "string", "matrix", "tolerance", "angles", "qubits", "controls", "power", "inverse",
    ])
    var angles: [Angle] = []
    for node in try object["angles"]?.list("the angles") ?? [] { angles.append(try angle(node)) }
    let places = 0...Circuit.qubitLimit - 1
    let qubits = try object["qubits"]?.integers(places, "qubit") ?? []
    var controls: [Control] = []
    for node in try object["controls"]?.list("the controls") ?? [] {
      controls.append(try control(node))
    }
    let power = try object["power"]?.real("the power") ?? 1
    let isInverse = try object["inverse"]?.truth("the inverse") ?? false
    return try node.checking { () throws(CircuitError) in
      var application = try GateApplication(
        checking: gate, angles: angles, on: qubits, controls: controls)
      if power != 1 { application = try application.power(power) }
      return isInverse ? application.inverse() : application
    }
  }

  private func gate(_ object: JSONObject, _ name: JSONNode) throws(JSONFault) -> Gate {
    let text = try name.text("the name of a gate")
    if let letters = object["string"] {
      guard text == CircuitJSONWriter.pauliRotation else {
        throw JSONFault(name, expected: "\"\(CircuitJSONWriter.pauliRotation)\" with a string")
      }
      let string = try letters.text("a Pauli string")
      do throws(ObservableParseError) {
        return .pauliRotation(try PauliString(string))
      } catch {
        throw JSONFault(letters, expected: "at most 63 letters I, X, Y and Z")
      }
    }
    if let matrix = object["matrix"] {
      guard text == CircuitJSONWriter.unitary else {
        throw JSONFault(name, expected: "\"\(CircuitJSONWriter.unitary)\" with a matrix")
      }
      let entries = try matrix.matrix()
      let tolerance = try object["tolerance"]?.real("the tolerance") ?? 0
      return try matrix.checking { () throws(CircuitError) in
        try .unitary(entries, tolerance: max(tolerance, CircuitJSONWriter.matrixTolerance))
      }
    }
    if let gate = Gate.named(text) { return gate }
    let expected = [
      CircuitJSONWriter.pauliRotation: "string", CircuitJSONWriter.unitary: "matrix",
    ]
    if let key = expected[text] { _ = try object.required(key) }
    let names = Gate.all.map(\.name) + expected.keys
    throw JSONFault(
      name.offset,
      .unknownGate(
        JSONNode.clipped(text), suggestion: NearestName.nearest(to: text, among: names)))
  }

  /// A control: a qubit that must be 1, or a qubit and its state.
  private func control(_ node: JSONNode) throws(JSONFault) -> Control {
    let places = 0...Circuit.qubitLimit - 1
    guard case .object = node.value else {
      return Control(try node.integer(places, "a control qubit"))
    }
    let object = try node.object("a control")
    try object.check(["qubit", "state"])
    let state = try object.required("state").integer(0...1, "the state of the control")
    return Control(
      try object.required("qubit").integer(places, "a control qubit"), state: state == 1)
  }

  /// An angle: a number, or a list of products of a coefficient, weights and inputs.
  private func angle(_ node: JSONNode) throws(JSONFault) -> Angle {
    if case .number = node.value { return Angle(try node.real("an angle")) }
    var terms: [(coefficient: Double, weights: [Int], inputs: [Int])] = []
    for node in try node.list("an angle") {
      let object = try node.object("a term of an angle")
      try object.check(["coefficient", "weights", "inputs"])
      let symbols = 0...Self.symbolLimit - 1
      terms.append(
        (
          try object.required("coefficient").real("the coefficient"),
          try object["weights"]?.integers(symbols, "weight") ?? [],
          try object["inputs"]?.integers(symbols, "input") ?? []
        ))
    }
    let angle = Angle(terms: terms)
    guard !weights.isEmpty else { return angle }
    return angle.substituting(weight: { $0 < weights.count ? weights[$0] : .weight($0) })
  }

  // MARK: Channels and conditions

  private func channel(
    _ object: JSONObject, _ name: JSONNode, qubitCount: Int
  ) throws(JSONFault) -> Channel {
    let text = try name.text("the name of a channel")
    let parameters = try object["parameters"]?.reals("parameter") ?? []
    var operators: [JSONNode]?
    if let node = object["kraus"] { operators = try node.list("the Kraus operators") }
    let matrices = try operators?.map { (node) throws(JSONFault) in try node.matrix() }
    let found: Channel?
    do throws(ChannelError) {
      if let matrices {
        found = try Channel(kraus: matrices, name: text, parameters: parameters)
      } else {
        found = try .named(text, parameters: parameters, qubitCount: qubitCount)
      }
    } catch {
      throw JSONFault(
        name.offset, found: "a channel that is none: \(error)", expected: "one that is")
    }
    guard let found else {
      throw JSONFault(
        name,
        expected: "the name of a channel that takes \(parameters.count) parameters, or the "
          + "key \"kraus\" with its operators")
    }
    return found
  }

  /// A condition on classical bits.
  private func condition(_ node: JSONNode) throws(JSONFault) -> ClassicalCondition {
    let object = try node.object("a condition")
    let bits = 0...Circuit.bitLimit - 1
    if let bit = object["bit"] {
      try object.check(["bit"])
      return .bit(try bit.integer(bits, "the bit"))
    }
    if let register = object["register"] {
      try object.check(["register", "equals"])
      return .register(
        try register.integers(bits, "bit"),
        equals: try object.required("equals").unsigned("the number of the register"))
    }
    if let inner = object["not"] {
      try object.check(["not"])
      return .not(try condition(inner))
    }
    guard let key = ["and", "or", "xor"].first(where: { object[$0] != nil }),
      let pair = try object[key]?.list("two conditions"), pair.count == 2
    else {
      throw JSONFault(
        node,
        expected: "a condition, with the key \"bit\", \"register\", \"not\", or one of "
          + "\"and\", \"or\" and \"xor\" with two conditions")
    }
    try object.check([key])
    let (first, second) = (try condition(pair[0]), try condition(pair[1]))
    switch key {
    case "and": return .and(first, second)
    case "or": return .or(first, second)
    default: return .exclusiveOr(first, second)
    }
  }
}
