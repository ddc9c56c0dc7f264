import Arrays
import CArrayKernels
import Compute
import Foundation
import Testing

@Suite("Optimizer step kernels")
struct StepKernelTests {
  /// Five steps by the definition, in double, and by the kernels; float32 loses a unit a step.
  private func tolerance<Number: KernelScalar>(_: Number.Type) -> Double {
    40 * Double(Number.ulpOfOne)
  }

  private func sgd<Number: KernelScalar>(_ type: Number.Type, _ options: hk_sgd, _ length: Int) {
    for table in ArrayKernelTable.all {
      var parameter = numbers(type, length, in: -1...1, seed: 21)
      var buffer = [Number](repeating: 9, count: length)
      var p = parameter.map { Double($0) }
      var v = [Double](repeating: 0, count: length)
      for step in 0..<5 {
        let gradient = numbers(type, length, in: -1...1, seed: UInt64(30 + step))
        var now = options
        now.first = step == 0 ? 1 : 0
        unsafe hk_step_sgd(
          table.table, Number.kernelType, &now, &parameter, gradient, &buffer, Int64(length))
        for i in 0..<length {
          var g = Double(gradient[i]) + options.decay * p[i]
          if options.momentum != 0 {
            v[i] = step == 0 ? g : options.momentum * v[i] + (1 - options.dampening) * g
            g = options.nesterov != 0 ? g + options.momentum * v[i] : v[i]
          }
          p[i] -= options.learning_rate * g
        }
      }
      for i in 0..<length {
        #expect(abs(Double(parameter[i]) - p[i]) <= tolerance(type), "\(table.name) \(options)")
      }
    }
  }

  @Test("gradient descent with momentum, Nesterov's, dampening and decay", arguments: 0..<8)
  func descent(_ variant: Int) {
    let options = hk_sgd(
      learning_rate: 0.1, momentum: variant & 1 == 0 ? 0 : 0.9,
      dampening: variant & 4 == 0 ? 0 : 0.3, decay: variant & 2 == 0 ? 0 : 0.01,
      nesterov: variant == 3 ? 1 : 0, first: 0)
    for length in [1, 7, 16, 100] {
      sgd(Float.self, options, length)
      sgd(Double.self, options, length)
    }
  }

  private func adam<Number: KernelScalar>(
    _ type: Number.Type, _ options: hk_adam, amsgrad: Bool, _ length: Int
  ) {
    for table in ArrayKernelTable.all {
      var parameter = numbers(type, length, in: -1...1, seed: 21)
      var (first, second) = (parameter.map { _ in Number(0) }, parameter.map { _ in Number(0) })
      var largest = first
      var p = parameter.map { Double($0) }
      var (m, v, x) = (p.map { _ in 0.0 }, p.map { _ in 0.0 }, p.map { _ in 0.0 })
      for step in 1...5 {
        let gradient = numbers(type, length, in: -1...1, seed: UInt64(30 + step))
        var now = options
        now.correction1 = 1 - pow(options.beta1, Double(step))
        now.correction2 = 1 - pow(options.beta2, Double(step))
        unsafe largest.withUnsafeMutableBytes { bytes in
          unsafe hk_step_adam(
            table.table, Number.kernelType, &now, &parameter, gradient, &first, &second,
            amsgrad ? bytes.baseAddress : nil, Int64(length))
        }
        for i in 0..<length {
          var g = Double(gradient[i])
          if options.decoupled == 0 {
            g += options.decay * p[i]
          } else {
            p[i] -= options.learning_rate * options.decay * p[i]
          }
          m[i] = options.beta1 * m[i] + (1 - options.beta1) * g
          v[i] = options.beta2 * v[i] + (1 - options.beta2) * g * g
          x[i] = max(x[i], v[i])
          let root = ((amsgrad ? x[i] : v[i]) / now.correction2).squareRoot()
          p[i] -= options.learning_rate * m[i] / now.correction1 / (root + options.epsilon)
        }
      }
      for i in 0..<length {
        #expect(abs(Double(parameter[i]) - p[i]) <= tolerance(type), "\(table.name) \(options)")
      }
    }
  }

  @Test("Adam, AdamW and amsgrad", arguments: [false, true], [false, true])
  func adaptive(decoupled: Bool, amsgrad: Bool) {
    let options = hk_adam(
      learning_rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.05, correction1: 1,
      correction2: 1, decoupled: decoupled ? 1 : 0)
    for length in [1, 7, 16, 100] {
      adam(Float.self, options, amsgrad: amsgrad, length)
      adam(Double.self, options, amsgrad: amsgrad, length)
    }
  }
}
