import Arrays
import CLibSVM
import Circuits
import Datasets
import HybridModels
import Testing

@Suite("Support vector classifier") struct SupportVectorTests {
  /// libsvm's own answers for a kernel matrix: labels and decision values of new samples.
  private func libsvm(
    _ gram: NDArray, _ classes: [Int], _ across: NDArray, cost: Double
  ) -> (labels: [Int], decisions: [[Double]]) {
    func nodes(_ row: [Double], _ serial: Int) -> UnsafeMutablePointer<svm_node> {
      let line = UnsafeMutablePointer<svm_node>.allocate(capacity: row.count + 2)
      unsafe line[0] = svm_node(index: 0, value: Double(serial))
      for (j, value) in row.enumerated() {
        unsafe line[j + 1] = svm_node(index: Int32(j + 1), value: value)
      }
      unsafe line[row.count + 1] = svm_node(index: -1, value: 0)
      return unsafe line
    }
    func rows(_ matrix: NDArray) -> [[Double]] {
      (0..<matrix.shape[0]).map { matrix[$0].doubles() }
    }
    var lines: [UnsafeMutablePointer<svm_node>?] = unsafe rows(gram).enumerated().map {
      unsafe nodes($1, $0 + 1)
    }
    var labels = classes.map(Double.init)
    var parameter = unsafe svm_parameter()
    unsafe parameter.svm_type = Int32(C_SVC)
    unsafe parameter.kernel_type = Int32(PRECOMPUTED)
    unsafe parameter.cache_size = 10
    unsafe parameter.eps = 1e-8
    unsafe parameter.C = cost
    unsafe parameter.shrinking = 1
    unsafe svm_set_print_string_function { _ in }
    return unsafe lines.withUnsafeMutableBufferPointer { lines in
      unsafe labels.withUnsafeMutableBufferPointer { labels in
        var problem = unsafe svm_problem(
          l: Int32(classes.count), y: labels.baseAddress, x: lines.baseAddress)
        var model: UnsafeMutablePointer<svm_model>? = unsafe svm_train(&problem, &parameter)
        let count = unsafe Int(svm_get_nr_class(model))
        var answers: (labels: [Int], decisions: [[Double]]) = ([], [])
        for row in rows(across) {
          let line = unsafe nodes(row, 0)
          var values = [Double](repeating: 0, count: count * (count - 1) / 2)
          unsafe answers.labels.append(Int(svm_predict_values(model, line, &values)))
          answers.decisions.append(values)
          unsafe line.deallocate()
        }
        unsafe svm_free_and_destroy_model(&model)
        for index in lines.indices { unsafe lines[index]?.deallocate() }
        return answers
      }
    }
  }

  @Test("predicts as libsvm's own svm_predict", arguments: [2, 3, 4])
  func agreement(_ classCount: Int) throws {
    let data = Dataset.blobs(
      count: 40 * classCount,
      centers: Array([[0.0, 0], [4, 1], [1, 5], [-4, 2]].prefix(classCount)),
      deviation: 2, seed: 5)
    let split = data.split(test: 0.5, stratified: true, seed: 2)
    // In the order of their classes libsvm numbers them as we do.
    let order = split.train.classes.indices.sorted {
      (split.train.classes[$0], $0) < (split.train.classes[$1], $1)
    }
    let sorted = split.train.selecting(order)
    let kernel = RBFKernel(gamma: 0.1)
    let expected = libsvm(
      try kernel.matrix(sorted.features), sorted.classes,
      try kernel.matrix(split.test.features, sorted.features), cost: 2)
    let fitted = try SupportVectorClassifier(kernel: kernel, cost: 2, tolerance: 1e-8)
      .fit(split.train)
    #expect(try fitted.predict(split.test.features) == expected.labels)
    #expect(Set(expected.labels).count == classCount)
    let decisions = try fitted.decisionFunction(split.test.features)
    let pairs = classCount * (classCount - 1) / 2
    #expect(decisions.shape == [split.test.count, pairs])
    // libsvm's are positive for the first class of a pair, ours for the second.
    for (found, value) in zip(decisions.doubles(), expected.decisions.flatMap { $0 }) {
      #expect(abs(found + value) < 1e-9)
    }
    let right = zip(expected.labels, split.test.classes).count { $0 == $1 }
    #expect(try fitted.score(split.test) == Double(right) / Double(split.test.count))
  }

  /// Points at -1 and 1: w = 1, b = 0, both support vectors with α = 1/2.
  @Test("finds the known machine of two points")
  func twoPoints() throws {
    let data = Dataset(
      features: NDArray([1.0, -1, 3], shape: [3, 1]), labels: NDArray([1, 0, 1]))
    let fitted = try SupportVectorClassifier(
      kernel: LinearKernel(), cost: 10, tolerance: 1e-10
    ).fit(data)
    #expect(fitted.machine.classes == [0, 1])
    #expect(fitted.machine.supportRows == [1, 0])
    #expect(abs(fitted.machine.coefficients[0][0] + 0.5) < 1e-9)
    #expect(abs(fitted.machine.coefficients[0][1] - 0.5) < 1e-9)
    #expect(abs(fitted.machine.offsets[0]) < 1e-9)
    let places = NDArray([-4.0, -0.25, 0.25, 7], shape: [4, 1])
    let decisions = try fitted.decisionFunction(places).doubles()
    for (found, expected) in zip(decisions, [-4, -0.25, 0.25, 7]) {
      #expect(abs(found - expected) < 1e-8)
    }
    #expect(try fitted.predict(places) == [0, 0, 1, 1])
  }

  @Test("does not depend on the order of classes, and skips those that have no samples")
  func classNumbers() throws {
    let data = Dataset(
      features: NDArray([5.0, 0, 5.5, 0.5], shape: [4, 1]), labels: NDArray([4, 1, 4, 1]))
    let fitted = try SupportVectorClassifier(kernel: LinearKernel()).fit(data)
    #expect(fitted.machine.classes == [1, 4])
    #expect(try fitted.predict(NDArray([0.0, 6], shape: [2, 1])) == [1, 4])
  }

  @Test("separates circles by a quantum kernel, which a line cannot")
  func circles() throws {
    let (train, test) = Dataset.circles(count: 120, noise: 0.05, factor: 0.4, seed: 3)
      .split(test: 0.5, stratified: true, seed: 3).scaled(to: 0 ... .pi)
    let kernel = try FidelityKernel(Circuit(qubits: 2) { AngleEncoding(.y) })
    let quantum = try SupportVectorClassifier(kernel: kernel, cost: 10).fit(train).score(test)
    let linear = try SupportVectorClassifier(kernel: LinearKernel()).fit(train).score(test)
    #expect(quantum > 0.95)
    #expect(linear < 0.75)
  }

  @Test("refuses bad settings, single classes and kernels that are not finite")
  func refusals() throws {
    let data = Dataset(features: NDArray([0.0, 1], shape: [2, 1]), labels: NDArray([0, 1]))
    #expect(throws: SupportVectorError.setting("C <= 0")) {
      try SupportVectorClassifier(kernel: LinearKernel(), cost: 0).fit(data)
    }
    #expect(throws: SupportVectorError.classCount(found: 1)) {
      try SupportVectorClassifier(kernel: LinearKernel()).fit(data.selecting([0, 0]))
    }
    let infinite = data.replacingFeatures(NDArray([0.0, .infinity], shape: [2, 1]))
    #expect(throws: SupportVectorError.kernelNotFinite(row: 0, column: 1)) {
      try SupportVectorClassifier(kernel: LinearKernel()).fit(infinite)
    }
    #expect("\(SupportVectorError.setting("C <= 0"))" == "support vector machine: C <= 0")
  }

  @Test("a grid search gives what cross-validation of each point gives, and its best")
  func search() throws {
    let data = Dataset.twoMoons(count: 90, noise: 0.3, seed: 4)
    let folds = data.folds(3, stratified: true, seed: 1)
    let gammas = [0.01, 1, 100]
    let costs = [0.1, 10]
    let search = try SupportVectorSearch(gammas: gammas, costs: costs, folds: folds)
    #expect(search.entries.count == 6)
    for entry in search.entries {
      let classifier = SupportVectorClassifier(
        kernel: RBFKernel(gamma: gammas[entry.kernelIndex]), cost: entry.cost)
      #expect(try classifier.crossValidated(folds) == entry.scores)
      #expect(entry.meanScore <= search.bestEntry.meanScore)
    }
    #expect(search.best.cost == search.bestEntry.cost)
    #expect(search.bestEntry.meanScore > 0.85)
  }
}
