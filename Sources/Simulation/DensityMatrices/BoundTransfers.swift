import Circuits

/// The matrices of a plan at values of its weights and inputs.
struct BoundTransfers {
  /// The matrix of every step.
  let matrices: [TransferMatrix]
  private let forms: [TransferForm.Bound]
  private let plan: TransferPlan

  init(_ plan: TransferPlan, weights: [Double], inputs: [Double]) {
    let forms = plan.forms.map { $0.bound(weights: weights, inputs: inputs) }
    self.plan = plan
    self.forms = forms
    matrices = plan.steps.map { step in
      let parts = Self.matrices(step, forms)
      return parts.dropFirst().reduce(parts[0]) { $1.after($0) }
    }
  }

  private static func matrices(
    _ step: TransferPlan.Step, _ forms: [TransferForm.Bound]
  ) -> [TransferMatrix] {
    step.parts.map { part in
      switch part {
      case .constant(let matrix): matrix
      case .form(let number): forms[number].transfer
      }
    }
  }

  /// Adds to the slopes of every form's angles what d loss / d entries of a step's matrix gives.
  ///
  /// With R = R_m … R_1 and H_j = (R_m … R_{j+1})ᵀ G, the gradient of R_j is H_j (R_{j-1} … R_1)ᵀ.
  func addSlopes(of gradient: TransferMatrix, step number: Int, to slopes: inout [[Double]]) {
    let step = plan.steps[number]
    let parts = Self.matrices(step, forms)
    var before: [TransferMatrix] = []
    for (index, matrix) in parts.dropLast().enumerated() {
      before.append(index == 0 ? matrix : matrix.after(before[index - 1]))
    }
    var outer = gradient
    for index in step.parts.indices.reversed() {
      if case .form(let form) = step.parts[index] {
        let own = index == 0 ? outer : outer.after(before[index - 1].transposed())
        plan.forms[form].addSlopes(of: own, at: forms[form], to: &slopes[form])
      }
      if index > 0 { outer = parts[index].transposed().after(outer) }
    }
  }
}
