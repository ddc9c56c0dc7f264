import Circuits

extension GateApplication {
  /// The only factor of the gate, where it is applied once.
  private var onlyFactor: ElementaryOperation? {
    gate.factors.count == 1 && exponent == 1 ? gate.factors.first : nil
  }

  /// Whether the gate exchanges two qubits.
  var isExchange: Bool {
    guard case .swap = onlyFactor?.kind else { return false }
    return true
  }

  /// Whether the gate is an X of one qubit.
  var isFlip: Bool {
    guard case .pauli(let string) = onlyFactor?.kind else { return false }
    return string.weight == 1 && string.z == 0
  }

  /// Whether the gate is a Z of one qubit.
  var isSign: Bool {
    guard case .pauli(let string) = onlyFactor?.kind else { return false }
    return string.weight == 1 && string.x == 0
  }

  /// The exponent as drawings show it: nothing, `†`, or `^` and a number.
  var powerText: String {
    switch exponent {
    case 1: ""
    case -1: "†"
    default: "^" + AngleText.whole(Angle(exponent))
    }
  }

  /// The gate in words: its name, its angles with all their digits, its qubits, and the further controls.
  func words(_ wires: DrawnWires) -> String {
    var text = gate.name
    if !angles.isEmpty {
      let list = angles.map {
        $0.text(weight: wires.options.weight, input: wires.options.input)
      }
      text += "(\(list.joined(separator: ", ")))"
    }
    if exponent != 1 { text += "^\(exponent)" }
    text += " " + wires.list(qubits)
    if !controls.isEmpty {
      let list = controls.map { "\(wires.qubit($0.qubit)) = \($0.state ? 1 : 0)" }
      text += " where " + list.joined(separator: ", ")
    }
    return text
  }
}

extension DrawnWires {
  /// Qubits by their names, separated by commas.
  func list(_ qubits: [Int]) -> String { qubits.map(qubit).joined(separator: ", ") }
}
