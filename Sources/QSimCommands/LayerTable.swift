import Benchmarks

/// The scores of classical and quantum layers, as a table or as JSON.
struct LayerTable {
  let scores: [LayerComparison.Score]

  func show(_ format: OutputFormat) throws {
    try StandardOutput.write(format == .json ? json : text)
  }

  private var json: String {
    let values = scores.map { score in
      JSONValue.object([
        ("dataset", .string(score.dataset)), ("layer", .string(score.layer)),
        ("parameters", .integer(score.parameters)), ("accuracyMean", .number(score.accuracyMean)),
        ("accuracyStd", .number(score.accuracyDeviation)),
        ("forwardMs", .number(score.forwardMilliseconds)),
        ("backwardMs", .number(score.backwardMilliseconds)),
      ])
    }
    return JSONValue.result(of: "bench", [("scores", .array(values))]).text()
  }

  private var text: String {
    let head = [
      "data set", "layer", "parameters", "accuracy, \(LayerComparison.seeds.count) seeds",
      "forward ms", "backward ms",
    ]
    let rows = scores.map { score in
      [
        score.dataset, score.layer, "\(score.parameters)",
        RunReport.fixed(score.accuracyMean, digits: 4) + " ± "
          + RunReport.fixed(score.accuracyDeviation, digits: 4),
        RunReport.fixed(score.forwardMilliseconds, digits: 4),
        RunReport.fixed(score.backwardMilliseconds, digits: 4),
      ]
    }
    let widths = head.indices.map { column in
      ([head] + rows).map { $0[column].count }.max() ?? 0
    }
    // Words stand left, numbers right.
    let lines = ([head] + rows).map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column < 2 ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
    }
    return lines.joined(separator: "\n")
  }
}
