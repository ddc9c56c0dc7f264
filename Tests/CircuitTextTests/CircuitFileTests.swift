import CircuitText
import Circuits
import ComplexModule
import Foundation
import TestSupport
import Testing

/// Every construct of every language, one a file; expectations are worked out by hand and checked with dense matrices.
@Suite("Circuit files, one for each construct") struct CircuitFileTests {
  /// A dozen gates, and decimals rounded in the file.
  private let tolerance = 1e-12

  @Test("there are files for all languages, each with an expectation")
  func counts() {
    #expect(CircuitFileCase.all.count >= 60)
    for file in CircuitFileCase.all {
      let hasExpectation =
        file.state != nil || file.outcomes != nil || !file.lines("error").isEmpty
      #expect(hasExpectation, "\(file.name)")
    }
  }

  @Test("give the state or the outcomes that they should", arguments: CircuitFileCase.all)
  func results(_ file: CircuitFileCase) throws {
    guard file.lines("error").isEmpty else { return }
    let document = try file.document()
    if let expected = file.state {
      let state = ReferenceSimulator.state(of: document.circuit)
      for (basis, amplitude) in state.enumerated() {
        let difference = (amplitude - (expected[basis] ?? 0)).length
        #expect(difference < tolerance, "\(file.name) \(basis): \(amplitude)")
      }
    }
    if let expected = file.outcomes {
      let found = outcomes(of: document.circuit)
      #expect(found == expected, "\(file.name)")
    }
    for note in file.lines("note") {
      #expect(
        document.notes.contains {
          "\($0.location.line):\($0.location.column): \($0.text)" == note
        })
    }
    for pragma in file.lines("pragma") { #expect(document.pragmas.contains(pragma)) }
    for annotation in file.lines("annotation") {
      #expect(document.annotations.contains { "\($0.place) \($0.text)" == annotation })
    }
  }

  /// The keys of the outcomes that have any probability.
  private func outcomes(of circuit: Circuit) -> Set<String> {
    var found: Set<String> = []
    for (bits, probability) in ReferenceBranches.distribution(of: circuit)
    where probability > 1e-9 {
      found.insert(
        circuit.registers.reversed().map { register in
          register.bits.reversed().map { bits[$0] ? "1" : "0" }.joined()
        }.joined(separator: " "))
    }
    return found
  }

  @Test(
    "written as OpenQASM 3 give the same outcomes, bits of no register among them",
    arguments: CircuitFileCase.all)
  func writtenAgain(_ file: CircuitFileCase) throws {
    guard let expected = file.outcomes else { return }
    let text = try file.document().text(as: .openQASM3)
    let again = try CircuitDocument(reading: text, as: .openQASM3)
    #expect(outcomes(of: again.circuit) == expected, "\(text)")
  }

  @Test("written as JSON are the same document but for its notes", arguments: CircuitFileCase.all)
  func writtenAsJSON(_ file: CircuitFileCase) throws {
    guard file.lines("error").isEmpty else { return }
    var document = try file.document()
    let again = try CircuitDocument(reading: document.text(as: .json), as: .json)
    (document.language, document.notes) = (.json, [])
    #expect(again == document)
  }

  @Test("are refused with the place and the reason of each fault", arguments: CircuitFileCase.all)
  func faults(_ file: CircuitFileCase) {
    let expected = file.lines("error")
    guard !expected.isEmpty else { return }
    do {
      _ = try file.document()
      Issue.record("\(file.name): read without a fault")
    } catch let error as CircuitParseError {
      let found = error.faults.map {
        "\($0.location.line):\($0.location.column): \($0.reason)"
      }
      #expect(found == expected, "\(file.name)")
      for fault in error.faults { #expect(fault.file == file.path && fault.line != nil) }
    } catch {
      Issue.record("\(file.name): \(error)")
    }
  }
}
