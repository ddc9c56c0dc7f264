import ArgumentParser
import Foundation

/// `qsim manual`: the manual page, as `make man` writes it.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, for man -l.", shouldDisplay: false)

  func run() throws {
    do {
      let tool = try JSONDecoder().decode(ManualPage.Tool.self, from: Data(QSim._dumpHelp().utf8))
      try StandardOutput.write(ManualPage(command: tool.command).text)
    } catch let exit as ExitCode {
      throw exit
    } catch {
      throw CommandFailure.internal("qsim manual: \(error)")
    }
  }
}

/// The help of all commands as a manual page in roff, with the macros of man(7).
struct ManualPage {
  struct Tool: Decodable {
    let command: Command
  }

  struct Command: Decodable {
    let shouldDisplay: Bool
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var flag: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
  }

  let command: Command

  var text: String {
    var lines = [
      ".TH QSIM 1", ".SH NAME", "qsim \\- \(Self.escaped(command.abstract ?? ""))",
      ".SH SYNOPSIS", ".B qsim", ".I command", "[options]", ".SH DESCRIPTION",
    ]
    lines += Self.paragraphs(command.discussion)
    lines.append(".SH COMMANDS")
    for command in (command.subcommands ?? [])
    where command.shouldDisplay && command.commandName != "help" {
      lines += Self.section(command)
    }
    return lines.joined(separator: "\n")
  }

  private static func section(_ command: Command) -> [String] {
    let arguments = (command.arguments ?? []).filter {
      $0.shouldDisplay && $0.names?.contains { $0.name == "help" || $0.name == "version" } != true
    }
    let operands = arguments.filter { $0.kind == "positional" }.map { argument in
      let name = "<\(argument.valueName ?? "value")>" + (argument.isRepeating ? " ..." : "")
      return argument.isOptional ? "[\(name)]" : name
    }
    var lines = [
      ".SS qsim \(command.commandName) \(escaped(operands.joined(separator: " ")))",
      escaped(command.abstract ?? ""),
    ]
    lines += paragraphs(command.discussion)
    for argument in arguments {
      let names = (argument.names ?? []).map(\.flag).joined(separator: ", ")
      let value = argument.kind == "flag" ? "" : "<\(argument.valueName ?? "value")>"
      lines += [
        ".TP",
        ".B \(escaped(names.isEmpty ? value : names + (value.isEmpty ? "" : " " + value)))",
      ]
      var text = argument.abstract ?? ""
      if let values = argument.allValues, !values.isEmpty {
        text += " One of \(values.joined(separator: ", "))."
      }
      if let value = argument.defaultValue, argument.kind != "flag" {
        text += " Default: \(value)."
      }
      lines.append(escaped(text))
    }
    return lines
  }

  /// Paragraphs; lines that are indented stay as they are.
  private static func paragraphs(_ text: String?) -> [String] {
    var lines: [String] = []
    var isExample = false
    for line in (text ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("  ") != isExample {
        lines.append(isExample ? ".fi" : ".nf")
        isExample.toggle()
      }
      lines.append(line.isEmpty ? ".PP" : escaped(String(line)))
    }
    return (lines.isEmpty ? [] : [".PP"]) + lines + (isExample ? [".fi"] : [])
  }

  /// Text in which nothing is a request or an escape.
  private static func escaped(_ text: String) -> String {
    let text = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("\n", with: " ")
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }
}
