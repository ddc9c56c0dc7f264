import Figures

/// The colours of figures: a strong edge and a pale inside of one hue for each family.
///
/// Gray is what is classical or leaves the qubits; hues are those of a palette that colour-blind readers tell apart.
/// Text is dark on the pale insides and edges stand on white: both at a contrast of 4.5 to 1 or more, as the
/// accessibility guidelines (WCAG 2.1, level AA) ask for text.
extension GateFamily {
  /// The colour of borders, lines and discs.
  var edge: Color {
    switch self {
    case .fixed: Color(0x0068A6)
    case .numbers: Color(0x5A4FA2)
    case .weights: Color(0xA65200)
    case .inputs: Color(0x007A58)
    case .measuring, .classical: Color(0x555555)
    case .noise: Color(0xB3261E)
    }
  }

  /// The colour inside boxes.
  var inside: Color {
    switch self {
    case .fixed: Color(0xE9F2F9)
    case .numbers: Color(0xF0EEF9)
    case .weights: Color(0xFDF0E2)
    case .inputs: Color(0xE6F5EF)
    case .measuring: Color(0xF2F2F2)
    case .classical: Color(0xECECEC)
    case .noise: Color(0xFCEDEB)
    }
  }

  /// The colour of the frame at some depth behind what depends on a condition.
  static func frame(depth: Int) -> Color {
    depth.isMultiple(of: 2) ? Color(0xF7F7F4) : Color(0xEFEFEA)
  }
}
