import Arrays
import Autograd

extension GradientCase {
  /// The one table of differentiable operations: to add one, add its row.
  static let all: [GradientCase] =
    arithmetic + functions + activations + selections + reductions + products + views + parts
    + complexNumbers

  private static let matrix = Input.real([2, 3])
  private static let positive = Input.real([2, 3], 0.5...2)

  static let arithmetic: [GradientCase] = [
    GradientCase("add", [matrix, matrix]) { $0[0] + $0[1] },
    GradientCase("add", "broadcast", [matrix, .real([3])]) { $0[0] + $0[1] },
    GradientCase("add", "to itself", [matrix]) { $0[0] + $0[0] },
    GradientCase("addNumber", [matrix]) { 1.5 + $0[0] + 2 - 0.5 },
    GradientCase("subtract", "broadcast both", [.real([2, 1]), .real([1, 3])]) { $0[0] - $0[1] },
    GradientCase("negate", [matrix]) { -$0[0] },
    GradientCase("negate", "number minus", [matrix]) { 3 - $0[0] },
    GradientCase("multiply", [matrix, matrix]) { $0[0] * $0[1] },
    GradientCase("multiply", "broadcast", [matrix, .real([2, 1])]) { $0[0] * $0[1] },
    GradientCase("multiply", "by itself", [matrix]) { $0[0] * $0[0] },
    GradientCase("multiplyByNumber", [matrix]) { 3 * $0[0] * 0.5 / 4 },
    GradientCase("divide", [matrix, positive]) { $0[0] / $0[1] },
    GradientCase("divide", "broadcast", [.real([3]), positive]) { $0[0] / $0[1] },
    GradientCase("reciprocal", [positive]) { 2 / $0[0] },
  ]

  static let functions: [GradientCase] = [
    GradientCase("powerOfNumber", [positive]) { $0[0].pow(2.5) },
    GradientCase("powerOfNumber", "cube of negative numbers", [.awayFromZero([4])]) {
      $0[0].pow(3)
    },
    GradientCase("powerOfNumber", "zero", [matrix]) { $0[0].pow(0) },
    GradientCase("power", [positive, matrix]) { $0[0].pow($0[1]) },
    GradientCase("power", "broadcast", [positive, .real([])]) { $0[0].pow($0[1]) },
    GradientCase("square", [matrix]) { $0[0].pow(2) },
    GradientCase("sqrt", [positive]) { $0[0].sqrt() },
    GradientCase("exp", [matrix]) { $0[0].exp() },
    GradientCase("log", [positive]) { $0[0].log() },
    GradientCase("sin", [matrix]) { $0[0].sin() },
    GradientCase("cos", [matrix]) { $0[0].cos() },
    GradientCase("tanh", [matrix]) { $0[0].tanh() },
    GradientCase("erf", [matrix]) { $0[0].erf() },
    GradientCase("abs", [.awayFromZero([2, 3])]) { $0[0].abs() },
  ]

  static let activations: [GradientCase] = [
    GradientCase("sigmoid", [matrix]) { $0[0].sigmoid() },
    GradientCase("relu", [.awayFromZero([3, 4])]) { $0[0].relu() },
    GradientCase("softplus", [matrix]) { $0[0].softplus() },
    GradientCase("gelu", [matrix]) { $0[0].gelu() },
    GradientCase("tanh", "approximate gelu", [matrix]) { $0[0].gelu(tanhApproximation: true) },
    GradientCase("softmax", [matrix]) { $0[0].softmax() },
    GradientCase("softmax", "first axis", [.real([3, 2])]) { $0[0].softmax(axis: 0) },
    GradientCase("logSoftmax", [matrix]) { $0[0].logSoftmax() },
    GradientCase("logSoftmax", "middle axis", [.real([2, 3, 2])]) { $0[0].logSoftmax(axis: 1) },
    GradientCase("exp", "logSumExp", [matrix]) { $0[0].logSumExp(axis: 0) },
  ]

  static let selections: [GradientCase] = [
    GradientCase("where", "broadcast", [matrix, .real([3])]) {
      .where(Tensor([true, false, true, false, false, true], shape: [2, 3]), $0[0], $0[1])
    },
    GradientCase("maximum", [matrix, matrix]) { $0[0].maximum($0[1]) },
    GradientCase("minimum", "broadcast", [matrix, .real([1, 3])]) { $0[0].minimum($0[1]) },
    GradientCase("clamp", [.real([3, 4])]) { $0[0].clamp(min: -0.9, max: 1.1) },
    GradientCase("max", "over an axis", [matrix]) { $0[0].max(axes: [1]) },
    GradientCase("max", "smallest of all", [matrix]) { $0[0].min() },
    GradientCase("max", "kept axes", [.real([2, 3, 2])]) {
      $0[0].max(axes: [0, 2], keepingAxes: true)
    },
  ]

  static let reductions: [GradientCase] = [
    GradientCase("sum", [matrix]) { $0[0].sum() },
    GradientCase("sum", "middle axis", [.real([2, 3, 2])]) { $0[0].sum(axis: 1) },
    GradientCase("sum", "kept axes", [.real([2, 3, 2])]) {
      $0[0].sum(axes: [0, -1], keepingAxes: true)
    },
    GradientCase("mean", [matrix]) { $0[0].mean() },
    GradientCase("mean", "over an axis", [matrix]) { $0[0].mean(axis: 0) },
    GradientCase("square", "variance", [.real([3, 2])]) { $0[0].variance(axes: [0]) },
    GradientCase("square", "biased variance", [matrix]) {
      $0[0].variance(unbiased: false, keepingAxes: true)
    },
    // The adjoint of expand.
    GradientCase("sumToShape", [.real([2, 3])]) { upstream in
      let x = Tensor([1.0, 2, 3] as [Double], shape: [1, 3], requiresGradient: true)
      return grad(
        of: x.expand(to: [2, 3]), withRespectTo: [x], upstream: upstream[0], createGraph: true)[0]
    },
  ]

  static let products: [GradientCase] = [
    GradientCase("matmul", [.real([2, 3]), .real([3, 4])]) { $0[0].matmul($0[1]) },
    GradientCase("matmul", "square of one", [.real([3, 3])]) { $0[0].matmul($0[0]) },
    GradientCase("matmul", "batched", [.real([2, 2, 3]), .real([2, 3, 2])]) {
      $0[0].matmul($0[1])
    },
    GradientCase("matmul", "broadcast right", [.real([2, 2, 3]), .real([3, 2])]) {
      $0[0].matmul($0[1])
    },
    GradientCase("matmul", "broadcast left", [.real([2, 3]), .real([2, 1, 3, 2])]) {
      $0[0].matmul($0[1])
    },
    GradientCase("matmul", "vector on the right", [.real([2, 3]), .real([3])]) {
      $0[0].matmul($0[1])
    },
    GradientCase("matmul", "vectors", [.real([3]), .real([3])]) { $0[0].matmul($0[1]) },
    GradientCase("linear", [.real([2, 3]), .real([4, 3]), .real([4])]) {
      $0[0].linear(weight: $0[1], bias: $0[2])
    },
    GradientCase("linear", "without bias, three axes", [.real([2, 2, 3]), .real([2, 3])]) {
      $0[0].linear(weight: $0[1])
    },
    GradientCase("linear", "vector", [.real([3]), .real([2, 3]), .real([2])]) {
      $0[0].linear(weight: $0[1], bias: $0[2])
    },
  ]

  static let views: [GradientCase] = [
    GradientCase("reshape", [matrix]) { $0[0].reshape([3, -1]) },
    GradientCase("reshape", "flatten", [.real([2, 3, 2])]) { $0[0].flatten(from: 1) },
    GradientCase("reshape", "squeeze and unsqueeze", [.real([2, 1, 3])]) {
      $0[0].squeeze(axis: 1).unsqueeze(axis: 0).squeeze()
    },
    GradientCase("permute", [.real([2, 3, 4])]) { $0[0].permute([2, 0, 1]) },
    GradientCase("permute", "transpose", [.real([2, 3, 2])]) { $0[0].transpose(0, 1) },
    GradientCase("expand", [.real([3, 1])]) { $0[0].expand(to: [2, 3, 2]) },
  ]

  private static let indices = Tensor.Indices([2, 0, 2, 1, 1, 0], shape: [2, 3])

  static let parts: [GradientCase] = [
    GradientCase("slice", [.real([4, 3])]) { $0[0][1..<3, -1] },
    GradientCase("slice", "steps", [.real([2, 5])]) { $0[0].slice(axis: 1, 1..<5, step: 2) },
    GradientCase("slice", "open ranges", [.real([3, 3])]) { $0[0][1..., ..<2] },
    // The adjoint of slice.
    GradientCase("place", [.real([2, 2])]) { upstream in
      let x = Tensor.zeros([3, 4], dtype: .float64).requiringGradient()
      return grad(
        of: x[0..<2, 1...2], withRespectTo: [x], upstream: upstream[0], createGraph: true)[0]
    },
    GradientCase("concatenate", [.real([2, 1]), .real([2, 3]), .real([2, 2]), .real([2, 1])]) {
      .concatenate($0, axis: 1)
    },
    GradientCase("concatenate", "stack", [matrix, matrix]) { .stack($0, axis: -1) },
    GradientCase("gather", [.real([2, 3])]) { $0[0].gather(axis: 1, indices: indices.tensor) },
    GradientCase("scatterAdd", [.real([3, 3]), .real([2, 3])]) {
      $0[0].scatterAdd(axis: 0, indices: indices.tensor, source: $0[1])
    },
    GradientCase("select", [.real([3, 2])]) { $0[0].select(axis: 0, indices: [2, 2, 0, 1]) },
    GradientCase("addAtIndices", [.real([2, 3]), .real([2, 4])]) {
      $0[0].add(axis: 1, indices: Tensor([1, 1, 2, 0]), source: $0[1])
    },
    GradientCase("cast", [matrix]) { $0[0].cast(to: .complex128).cast(to: .complex128) },
    GradientCase("custom", [matrix, matrix]) { inputs in
      let (x, y) = (inputs[0], inputs[1])
      return .custom(
        name: "x²y", inputs: [x, y], output: x.array * x.array * y.array
      ) { upstream in [upstream * 2 * x * y, upstream * x * x] }
    },
  ]

  private static let complexMatrix = Input.complex([2, 3])

  static let complexNumbers: [GradientCase] = [
    GradientCase("real", [complexMatrix]) { $0[0].real() },
    GradientCase("imag", [complexMatrix]) { $0[0].imag() },
    GradientCase("conj", [complexMatrix]) { $0[0].conj() },
    GradientCase("complex", [matrix, .real([3])]) { .complex(real: $0[0], imaginary: $0[1]) },
    GradientCase("abs", "complex", [complexMatrix]) { $0[0].abs() },
    GradientCase("fft", [.complex([2, 5])]) { $0[0].fft() },
    GradientCase("fft", "of real numbers, first axis", [.real([4, 2])]) { $0[0].fft(axis: 0) },
    GradientCase("ifft", [.complex([2, 4])]) { $0[0].ifft() },
    GradientCase("multiply", "complex", [complexMatrix, .complex([3])]) { $0[0] * $0[1] },
    GradientCase("multiply", "real by complex", [matrix, .complex([3])]) { $0[0] * $0[1] },
    GradientCase("divide", "complex", [complexMatrix, complexMatrix]) { $0[0] / $0[1] },
    GradientCase("reciprocal", "complex", [complexMatrix]) { $0[0].reciprocal() },
    GradientCase("matmul", "complex", [.complex([2, 3]), .complex([3, 2])]) {
      $0[0].matmul($0[1])
    },
    GradientCase("linear", "complex", [.complex([2, 3]), .complex([2, 3])]) {
      $0[0].linear(weight: $0[1])
    },
    GradientCase("exp", "complex", [complexMatrix]) { $0[0].exp() },
    GradientCase("log", "complex", [complexMatrix]) { $0[0].log() },
    GradientCase("sqrt", "complex", [complexMatrix]) { $0[0].sqrt() },
    GradientCase("sin", "complex", [complexMatrix]) { $0[0].sin() },
    GradientCase("cos", "complex", [complexMatrix]) { $0[0].cos() },
    GradientCase("tanh", "complex", [.complex([3])]) { ($0[0] * 0.3).tanh() },
    GradientCase("square", "complex", [complexMatrix]) { $0[0].square() },
    GradientCase("powerOfNumber", "complex", [complexMatrix]) { $0[0].pow(3) },
    GradientCase("power", "complex", [complexMatrix, .complex([3])]) { $0[0].pow($0[1] * 0.5) },
    GradientCase("sum", "complex", [complexMatrix]) { $0[0].sum(axis: 0) },
    GradientCase("real", "complex variance", [complexMatrix]) { $0[0].variance(axes: [1]) },
  ]
}

extension Tensor {
  /// Indices as a value that closures of any thread may hold.
  struct Indices: Sendable {
    let array: NDArray

    init(_ values: [Int], shape: Shape) { array = NDArray(values, shape: shape) }

    var tensor: Tensor { Tensor(array) }
  }
}
