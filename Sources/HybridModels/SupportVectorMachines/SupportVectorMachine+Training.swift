public import Arrays
import CLibSVM
import Compute

extension SupportVectorMachine {
  /// libsvm's messages go nowhere: errors are thrown.
  ///
  /// The library's only global state, set once.
  private static let silenced: Void = unsafe svm_set_print_string_function { _ in }

  /// Trains a machine on a kernel matrix by libsvm's C-SVC (Chang and Lin, ACM TIST 2, 27, 2011).
  ///
  /// - Parameters:
  ///   - gram: float64 of shape `[n, n]`, the kernel of all training samples.
  ///   - classes: The class of each sample.
  ///   - cost: C, the price of a sample on the wrong side; positive.
  ///   - tolerance: How far from optimal the solution may be, in the gradient of the dual.
  /// - Returns: The machine; it depends neither on the order of classes nor on threads.
  /// - Throws: ``SupportVectorError``.
  /// - Precondition: `gram` has a row and a column for each sample.
  /// - Complexity: O(n²) memory, O(n²) to O(n³) time.
  public static func trained(
    gram: NDArray, classes: [Int], cost: Double = 1, tolerance: Double = 1e-3
  ) throws(SupportVectorError) -> SupportVectorMachine {
    let count = classes.count
    require(
      gram.shape == [count, count],
      "support vector machine: found a matrix \(gram.shape) for \(count) samples")
    let present = Set(classes).sorted()
    guard present.count >= 2 else { throw .classCount(found: present.count) }
    let values = gram.doubles()
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw .kernelNotFinite(row: place / count, column: place % count)
    }
    // In the order of their classes, libsvm numbers classes in ascending order.
    let order = (0..<count).sorted { (classes[$0], $0) < (classes[$1], $1) }
    let problem = try PrecomputedProblem(values, order: order, classes: classes)
    return try problem.solved(cost: cost, tolerance: tolerance, order: order)
  }

  /// A training problem as libsvm reads it: each row a serial number, kernel values, and an end mark.
  private struct PrecomputedProblem {
    let count: Int
    let nodes: AlignedBuffer
    let rows: AlignedBuffer
    var labels: [Double]

    init(_ values: [Double], order: [Int], classes: [Int]) throws(SupportVectorError) {
      count = order.count
      let width = count + 2
      do throws(MemoryBudgetError) {
        nodes = try .allocate(
          byteCount: count * width * MemoryLayout<svm_node>.stride,
          for: "a support vector problem of \(count) samples")
        rows = unsafe try .allocate(
          byteCount: count * MemoryLayout<UnsafeMutablePointer<svm_node>?>.stride,
          for: "a support vector problem of \(count) samples")
      } catch {
        throw .kernel(.memory(error))
      }
      labels = order.map { Double(classes[$0]) }
      let node = unsafe nodes.pointer.bindMemory(to: svm_node.self, capacity: count * width)
      let row = unsafe rows.pointer.bindMemory(
        to: UnsafeMutablePointer<svm_node>?.self, capacity: count)
      for (i, place) in order.enumerated() {
        let line = unsafe node + i * width
        unsafe row[i] = line
        unsafe line[0] = svm_node(index: 0, value: Double(i + 1))
        for (j, other) in order.enumerated() {
          unsafe line[j + 1] = svm_node(
            index: Int32(j + 1), value: values[place * count + other])
        }
        unsafe line[count + 1] = svm_node(index: -1, value: 0)
      }
    }

    func solved(
      cost: Double, tolerance: Double, order: [Int]
    ) throws(SupportVectorError) -> SupportVectorMachine {
      silenced
      var parameter = unsafe svm_parameter()
      unsafe parameter.svm_type = Int32(C_SVC)
      unsafe parameter.kernel_type = Int32(PRECOMPUTED)
      unsafe parameter.cache_size = 100
      unsafe parameter.eps = tolerance
      unsafe parameter.C = cost
      unsafe parameter.shrinking = 1
      var labels = labels
      let (machine, message): (SupportVectorMachine?, String?) =
        unsafe labels.withUnsafeMutableBufferPointer { labels in
          var problem = unsafe svm_problem(
            l: Int32(count), y: labels.baseAddress,
            x: rows.pointer.assumingMemoryBound(to: UnsafeMutablePointer<svm_node>?.self))
          if let message = unsafe svm_check_parameter(&problem, &parameter) {
            return (nil, unsafe String(cString: message))
          }
          guard let model = unsafe svm_train(&problem, &parameter) as Optional else {
            return (nil, "libsvm found no model")
          }
          let machine = unsafe SupportVectorMachine(copying: model.pointee, order: order)
          var owned: UnsafeMutablePointer<svm_model>? = unsafe model
          unsafe svm_free_and_destroy_model(&owned)
          return (machine, nil)
        }
      guard let machine else { throw .setting(message ?? "no model") }
      return machine
    }
  }

  /// Copies what a model needs to predict; coefficients are listed pair by pair, and their sign turned so
  /// that decisions are positive for the later class.
  private init(copying model: svm_model, order: [Int]) {
    let classCount = Int(unsafe model.nr_class)
    let supportCount = Int(unsafe model.l)
    let classes = (0..<classCount).map { unsafe Int(model.label[$0]) }
    let sizes = (0..<classCount).map { unsafe Int(model.nSV[$0]) }
    let starts = sizes.indices.map { sizes[..<$0].reduce(0, +) }
    var coefficients: [[Double]] = []
    var offsets: [Double] = []
    for p in 0..<classCount {
      for q in (p + 1)..<max(classCount, p + 1) {
        var line = [Double](repeating: 0, count: supportCount)
        for s in starts[p]..<(starts[p] + sizes[p]) {
          unsafe line[s] = -(model.sv_coef[q - 1]?[s] ?? 0)
        }
        for s in starts[q]..<(starts[q] + sizes[q]) {
          unsafe line[s] = -(model.sv_coef[p]?[s] ?? 0)
        }
        unsafe offsets.append(-model.rho[offsets.count])
        coefficients.append(line)
      }
    }
    let rows = (0..<supportCount).map { unsafe order[Int(model.sv_indices[$0]) - 1] }
    self.init(
      classes: classes, supportRows: rows, coefficients: coefficients, offsets: offsets)
  }
}
