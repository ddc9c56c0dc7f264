import Foundation
import Testing

/// `qsim draw`, `convert`, `info` and `gates`.
@Suite struct CircuitCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aDrawingFoldsToItsWidth() throws {
    let wide = try Program.qsim("draw", "circuits/qft.qasm", "--width", "200")
    #expect(wide.exitCode == 0 && wide.errors.isEmpty)
    #expect(wide.output.contains("┤ H ├"))
    let narrow = try Program.qsim("draw", "circuits/qft.qasm", "--width", "40")
    #expect(narrow.output.split(separator: "\n").allSatisfy { $0.count <= 40 })
    #expect(narrow.output.split(separator: "\n").count > wide.output.split(separator: "\n").count)
  }

  @Test func aPhaseAndAWideGateFoldToTheWidthToo() throws {
    let names = (0..<12).map { "angle_number_\($0)" }
    let file = try folder.file(
      "wide.qasm",
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n" + names.map { "input float \($0);\n" }.joined()
        + "qubit[2] q;\ngphase(\(names.joined(separator: " + ")));\n"
        + "rx(\(names[0]) + \(names[1])) q[0];\ncu(\(names[2]), 0.1, 0.2, 0.3) q[0], q[1];\n")
    for width in [20, 24, 30, 60] {
      let drawing = try Program.qsim("draw", file, "--width", "\(width)")
      #expect(drawing.exitCode == 0)
      let lines = drawing.output.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= width }, "\(drawing.output)")
      #expect(drawing.output.hasPrefix("global phase:"))
      #expect(drawing.output.contains("angle_number_11") && drawing.output.contains("RX(an"))
    }
  }

  @Test func aPictureIsWrittenWhole() throws {
    let path = folder.path + "/qft.svg"
    let outcome = try Program.qsim("draw", "circuits/qft.qasm", "--svg", path)
    #expect(outcome.exitCode == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
    #expect(try folder.text("qft.svg").contains("</svg>"))
    #expect(folder.names == ["qft.svg"])
    let nowhere = try Program.qsim("draw", "circuits/qft.qasm", "--svg", "/nowhere/qft.svg")
    #expect(nowhere.exitCode == 74)
    let thin = try Program.qsim("draw", "circuits/qft.qasm", "--width", "3")
    #expect(thin.exitCode == 64)
    #expect(thin.errors.hasPrefix("Error: found --width 3, expected 20 to 100000."))
  }

  @Test func whatIsConvertedHasTheSameProbabilities() throws {
    let path = folder.path + "/adder.qasm"
    let outcome = try Program.qsim(
      "convert", "circuits/adder.qasm", "--to", "openqasm2", "--out", path)
    #expect(outcome.exitCode == 0 && outcome.output.isEmpty)
    let (first, second) = (
      try Program.json(["run", "circuits/adder.qasm", "--probabilities"]),
      try Program.json(["run", path, "--probabilities"])
    )
    let (one, other) = (
      try #require(first["probabilities"] as? [String: Double]),
      try #require(second["probabilities"] as? [String: Double])
    )
    #expect(Set(one.keys) == Set(other.keys))
    for (bits, probability) in one { #expect(abs(probability - (other[bits] ?? 0)) < 1e-12) }
    let piped = try Program.qsim("convert", "circuits/bell.qasm", "--to", "openqasm2")
    #expect(piped.output.hasPrefix("OPENQASM 2.0;\n"))
    #expect(piped.output.hasSuffix(";\n") && !piped.output.hasSuffix("\n\n"))
  }

  @Test func anOpenInputIsNotWrittenInALanguageWithoutThem() throws {
    let outcome = try Program.qsim(
      "convert", "circuits/variational/encoding.qasm", "--to", "openqasm2")
    #expect(outcome.exitCode == 64 && outcome.output.isEmpty)
    #expect(
      outcome.errors
        == "qsim convert: circuits/variational/encoding.qasm: found inputs without a value, expected numbers in a "
        + "file of OpenQASM 2; give them by --set x=0.1,0.2,… or --param-file\n")
    let closed = try Program.qsim(
      "convert", "circuits/variational/encoding.qasm", "--to", "openqasm2", "--set", "x=1,2,3")
    #expect(closed.exitCode == 0, "\(closed.errors)")
  }

  @Test func registersOfQubitsKeepTheirNames() throws {
    let info = try Program.json(["info", "circuits/adder.qasm", "--no-time"])
    #expect(info["qubitRegisters"] as? [String: Int] == ["cin": 1, "a": 4, "b": 4, "cout": 1])
    let drawing = try Program.qsim("draw", "circuits/adder.qasm")
    #expect(drawing.output.contains("\ncout[0]: ") && drawing.output.contains("\n   a[3]: "))
    let text = try Program.qsim("convert", "circuits/adder.qasm", "--to", "openqasm3")
    #expect(text.output.contains("qubit[4] b;\n") && text.output.contains("\nh a[0];\n"))
  }

  @Test func infoCountsWhatAFileHolds() throws {
    let members = try Program.json(["info", "circuits/bell.qasm", "--no-time"])
    #expect(members["language"] as? String == "OpenQASM 2")
    #expect(members["qubits"] as? Int == 2 && members["bits"] as? Int == 2)
    #expect(members["depth"] as? Int == 3 && members["twoQubitGates"] as? Int == 1)
    #expect(members["gates"] as? [String: Int] == ["h": 1, "cx": 1, "measure": 2])
    #expect(members["clifford"] as? Bool == true && members["dynamic"] as? Bool == false)
    #expect(
      members["bytes"] as? [String: Double] == ["single": 32, "double": 64, "density": 128])
    #expect(members["predictedSeconds"] == nil)
    let open = try Program.json(["info", "circuits/variational/encoding.qasm"])
    #expect(open["parameters"] as? [String] == ["x[0]", "x[1]", "x[2]"])
    #expect(try #require(open["predictedSeconds"] as? Double) > 0)
    let text = try Program.qsim("info", "circuits/bell.qasm", "--no-time")
    #expect(
      text.output == """
        circuits/bell.qasm

          language         OpenQASM 2
          qubits           2: q[2]
          classical bits   2: c[2]
          instructions     4
          depth            3
          two-qubit gates  1
          kind             Clifford
          memory           32 bytes single, 64 bytes double, 128 bytes density

        instructions by name
          measure  2
          cx       1
          h        1

        """, "\(text.output)")
  }

  @Test func gatesAreTheCatalogue() throws {
    let list = try Program.qsim("gates")
    #expect(list.exitCode == 0)
    #expect(list.output.hasPrefix("gate "))
    #expect(list.output.contains("\nrx "))
    let gate = try Program.qsim("gates", "rx", "--angles", "pi")
    #expect(gate.exitCode == 0)
    #expect(gate.output.hasPrefix("rx(theta) on 1 qubit\n"))
    #expect(
      gate.output.hasSuffix("\n           0  -1.000000i\n  -1.000000i           0\n"),
      "\(gate.output)")
    let members = try Program.json(["gates", "cu1"])
    #expect(members["name"] as? String == "cp")
    #expect((members["matrix"] as? [[[Double]]])?.count == 4)
    let all = try Program.json(["gates"])
    #expect(try #require(all["gates"] as? [[String: Any]]).count > 30)
    try Program.expect(
      ["gates", "hh"], fails: 64,
      with: "qsim gates: found 'hh', expected the name of a gate; qsim gates lists them\n")
    try Program.expect(
      ["gates", "rx", "--angles", "1,2"], fails: 64,
      with: "qsim gates: found --angles 1,2, expected 1 number for rx\n")
  }
}
