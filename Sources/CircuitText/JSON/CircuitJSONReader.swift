import Circuits

/// Reads circuits as JSON, in the form that docs/circuit-files.md describes.
///
/// The whole text is parsed first; then every instruction is looked at, so that all faults are told at once, each with
/// its line, its column and the way to it.
struct CircuitJSONReader {
  private let source: SourceText
  private let options: ReadingOptions
  private let root: JSONNode
  private var faults: [CircuitFault] = []
  private var instructions: CircuitJSONInstructions

  /// The version of the form.
  static let version = 1
  /// The key that says that a file is a circuit, and its version.
  static let versionKey = "hilbert-circuit"

  /// Reads a file.
  ///
  /// - Throws: ``CircuitParseError``: where the text is not JSON the first fault, else those of all instructions.
  static func read(
    _ source: SourceText, options: ReadingOptions
  ) throws(CircuitParseError) -> CircuitDocument {
    let root: JSONNode
    do throws(JSONFault) {
      // An instruction has some ten values.
      root = try JSONParser.parse(
        source.bytes, valueLimit: max(options.limits.steps, 16 * options.limits.instructions))
    } catch {
      throw CircuitParseError([
        source.fault(error.reason, at: source.location(of: error.offset))
      ])
    }
    var reader = CircuitJSONReader(
      source: source, options: options, root: root,
      instructions: CircuitJSONInstructions(limit: options.limits.instructions))
    var document = CircuitDocument(language: .json, circuit: Circuit(qubits: 0))
    do throws(JSONFault) {
      try reader.read(into: &document)
    } catch {
      reader.faults.append(reader.fault(error))
    }
    guard reader.faults.isEmpty else {
      let shown = Array(reader.faults.prefix(ReadingLimits.faults))
      throw CircuitParseError(shown, isCut: shown.count < reader.faults.count)
    }
    return document
  }

  /// The fault at its place, and the way to it in what was expected.
  private func fault(_ fault: JSONFault) -> CircuitFault {
    var reason = fault.reason
    let path = root.path(to: fault.offset).drop { $0 == "." }
    if case .unexpected(let found, let expected) = reason, !path.isEmpty {
      reason = .unexpected(found: found, expected: "\(expected) (at \(path))")
    }
    return source.fault(reason, at: source.location(of: fault.offset))
  }

  private mutating func read(into document: inout CircuitDocument) throws(JSONFault) {
    let object = try root.object("a circuit")
    // The version first: another one may have other keys.
    let version = try object.required(Self.versionKey)
    guard case .number(String(Self.version)) = version.value else {
      throw JSONFault(version, expected: "version \(Self.version)")
    }
    try object.check([
      Self.versionKey, "qubits", "bits", "weights", "inputs", "names", "qubitRegisters",
      "registers",
      "initialState", "pragmas", "annotations", "instructions",
    ])
    let qubits = try object.required("qubits").integer(
      0...ReadingLimits.qubits, "the number of qubits")
    let bits = try object["bits"]?.integer(0...Circuit.bitLimit, "the number of bits") ?? 0
    var circuit = Circuit(qubits: qubits, bits: bits)
    let symbols = 0...CircuitJSONInstructions.symbolLimit
    let weights = try object["weights"]?.integer(symbols, "the number of weights") ?? 0
    let inputs = try object["inputs"]?.integer(symbols, "the number of inputs") ?? 0
    let names = try object["names"]?.texts("the name of a weight") ?? []
    var seen: Set<String> = []
    if let node = object["names"], let twice = names.first(where: { !seen.insert($0).inserted }) {
      throw JSONFault(
        node.offset, found: "the name '\(JSONNode.clipped(twice))' twice",
        expected: "different names")
    }
    if let fault = valueFault(names) {
      throw JSONFault(object["names"]?.offset ?? root.offset, fault)
    }
    let values = names.map { value(of: $0) }
    instructions.bind(values)
    let open = names.indices.filter { values[$0] == nil }
    circuit.reserve(
      weights: weights - min(weights, names.count - open.count), inputs: inputs)
    document.parameterNames = open.map { names[$0] }
    if let registers = object["registers"] { try declare(registers, in: &circuit) }
    if let state = object["initialState"] { try prepare(state, in: &circuit) }
    for node in try object.required("instructions").list("the instructions") {
      do throws(JSONFault) {
        let instruction = try instructions.instruction(node)
        try node.checking { () throws(CircuitError) in try circuit.append(checking: instruction) }
      } catch {
        faults.append(fault(error))
        if faults.count > ReadingLimits.faults { return }
        if case .tooManyInstructions = error.reason { return }
      }
    }
    document.circuit = circuit
    guard faults.isEmpty else { return }
    if let node = object["names"], circuit.weightCount != open.count {
      throw JSONFault(
        node.offset, found: "\(names.count) names",
        expected: "\(names.count - open.count + circuit.weightCount), one for each weight")
    }
    try readNotes(object, into: &document)
  }

  /// A value of the options that fits none of the names; nil where all do.
  private func valueFault(_ names: [String]) -> CircuitFault.Reason? {
    // Weights without names take no values here.
    guard !names.isEmpty else { return nil }
    var counts: [String: Int] = [:]
    for name in names {
      counts[name, default: 0] += 1
      if let bracket = name.firstIndex(of: "[") {
        counts[String(name[..<bracket]), default: 0] += 1
      }
    }
    for (name, values) in options.values.sorted(by: { $0.key < $1.key }) {
      guard let count = counts[name] else {
        return .unknownInput(
          name, suggestion: NearestName.nearest(to: name, among: counts.keys))
      }
      guard values.count == count, values.allSatisfy(\.isFinite) else {
        return .valueCount(name: name, found: values.count, expected: count)
      }
    }
    return nil
  }

  /// The value that the options give a weight, by its name: `theta`, or `phi[2]` of the list of `phi`.
  private func value(of name: String) -> Double? {
    guard !options.keepsParameters, !options.values.isEmpty else { return nil }
    if let values = options.values[name] { return values.first }
    let parts = name.split(separator: "[", maxSplits: 1)
    guard parts.count == 2, parts[1].last == "]", let place = Int(parts[1].dropLast()),
      let values = options.values[String(parts[0])], values.indices.contains(place)
    else { return nil }
    return values[place]
  }

  /// Reads what belongs to the file and not to the circuit.
  private func readNotes(
    _ object: JSONObject, into document: inout CircuitDocument
  ) throws(JSONFault) {
    if let node = object["qubitRegisters"] {
      document.qubitRegisters = try qubitRegisters(node, count: document.circuit.qubitCount)
    }
    document.pragmas = try object["pragmas"]?.texts("a pragma") ?? []
    if let node = object["annotations"] {
      let places = 0...document.circuit.instructions.count
      document.annotations = try node.list("the annotations").map {
        (node) throws(JSONFault) in
        let object = try node.object("an annotation")
        try object.check(["text", "place"])
        return CircuitAnnotation(
          text: try object.required("text").text("the annotation"),
          place: try object.required("place").integer(places, "the place of the annotation"))
      }
    }
  }

  private func qubitRegisters(
    _ node: JSONNode, count: Int
  ) throws(JSONFault) -> [QubitRegister] {
    var left = count
    return try node.list("the registers of qubits").map { (node) throws(JSONFault) in
      let object = try node.object("a register of qubits")
      try object.check(["name", "size"])
      let size = try object.required("size").integer(1...max(left, 1), "the size of the register")
      guard size <= left else {
        throw JSONFault(node, expected: "registers of no more than \(count) qubits together")
      }
      left -= size
      return QubitRegister(
        name: try object.required("name").text("the name of the register"), size: size)
    }
  }

  private func declare(
    _ node: JSONNode, in circuit: inout Circuit
  ) throws(JSONFault) {
    for node in try node.list("the registers") {
      let object = try node.object("a register")
      try object.check(["name", "first", "size"])
      let name = try object.required("name").text("the name of the register")
      let limit = 0...Circuit.bitLimit
      let first = try object.required("first").integer(limit, "the first bit of the register")
      let size = try object.required("size").integer(limit, "the size of the register")
      try node.checking { () throws(CircuitError) in
        try circuit.declare(
          checking: ClassicalRegister(name: name, bits: first..<(first + size)))
      }
    }
  }

  private func prepare(_ node: JSONNode, in circuit: inout Circuit) throws(JSONFault) {
    let object = try node.object("an initial state")
    let qubits = try object.required("qubits").integers(0...Circuit.qubitLimit - 1, "qubit")
    if let amplitudes = object["amplitudes"] {
      try object.check(["qubits", "amplitudes"])
      let numbers = try amplitudes.list("the amplitudes").map { (number) throws(JSONFault) in
        try number.complex()
      }
      try node.checking { () throws(CircuitError) in
        try circuit.prepare(checking: try InitialState(exact: numbers, on: qubits))
      }
    } else {
      try object.check(["qubits", "inputs", "padding"])
      let range = try object.required("inputs").object("inputs of an initial state")
      try range.check(["first", "count"])
      let limit = 0...CircuitJSONInstructions.symbolLimit
      let first = try range.required("first").integer(limit, "the first input")
      let count = try range.required("count").integer(limit, "the number of inputs")
      let padding = try object["padding"]?.real("the padding") ?? 0
      try node.checking { () throws(CircuitError) in
        try circuit.prepare(
          checking: try InitialState(
            inputs: first..<(first + count), on: qubits, padding: padding))
      }
    }
  }
}
